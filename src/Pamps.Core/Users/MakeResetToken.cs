using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Makes a token with which somebody who has forgotten their password gives their account a new one.</summary>
public sealed class MakeResetToken
{
    private readonly Writer writer;
    private readonly ResetTokens tokens;

    internal MakeResetToken(Writer writer, ResetTokens tokens) =>
        (this.writer, this.tokens) = (writer, tokens);

    /// <summary>
    /// Makes one that is good for an hour, and until the password changes. Refused to all but superusers whose password was given
    /// just now, and when there is no such user.
    /// </summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="username">Whose account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ResetToken>> RunAsync(
        Viewer viewer,
        string username,
        CancellationToken cancellationToken
    )
    {
        if (viewer.ModerationRefusal is { } refusal)
        {
            return refusal;
        }
        return await writer.RunAsync<ResetToken>(
            viewer,
            async write =>
            {
                var account = await write.FirstAsync(
                    new Statement(
                        $"SELECT u.id, u.username, a.password, a.superuser, a.role, a.email_key FROM {UserSql.WithAccount} WHERE {UserSql.HasName("@key")}",
                        ("key", Names.Key(username))
                    ),
                    row =>
                        ((long Id, string Username, string Hash, Role Role, string EmailKey)?)
                            (
                                row.GetInt64(0),
                                row.GetString(1),
                                row.GetString(2),
                                Roles.Of(row.GetBoolean(3), row.GetInt16(4)),
                                row.GetString(5)
                            )
                );
                if (account is not var (id, name, hash, role, emailKey))
                {
                    return Error.UserNotFound;
                }
                if (!viewer.Role.MayAdminister(role))
                {
                    return Error.NotBelow;
                }
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.ResetLinkMade, id));
                return tokens.Make(id, name, hash, emailKey);
            },
            cancellationToken
        );
    }
}
