using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Users;

/// <summary>Gives an account a new password, for somebody who has forgotten theirs.</summary>
public sealed class ResetPassword
{
    private readonly RevokingWriter writer;
    private readonly Sql sql;
    private readonly IPasswords passwords;
    private readonly PasswordRules rules;

    internal ResetPassword(RevokingWriter writer, Sql sql, IPasswords passwords, PasswordRules rules) =>
        (this.writer, this.sql, this.passwords, this.rules) = (writer, sql, passwords, rules);

    /// <summary>
    /// Replaces the password and ends every login of the account. Refused to all but superusers whose password was given just
    /// now, when there is no such user, and when the new password breaks a rule.
    /// </summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="username">Whose password.</param>
    /// <param name="newPassword">As long as the settings ask for, at most 256 characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account's user name, as it is written.</returns>
    public async Task<Result<string>> RunAsync(
        Viewer viewer,
        string username,
        string? newPassword,
        CancellationToken cancellationToken
    )
    {
        if (viewer.ModerationRefusal is { } refusal)
        {
            return refusal;
        }
        var account = await sql.FirstAsync(
            $"SELECT u.id, u.username, a.email FROM {UserSql.WithAccount} WHERE {UserSql.HasName("@key")}",
            row =>
                ((long Id, string Username, string Email)?)
                    (row.GetInt64(0), row.GetString(1), row.GetString(2)),
            cancellationToken,
            ("key", Names.Key(username))
        );
        if (account is not var (id, name, email))
        {
            return Error.UserNotFound;
        }
        var checkedPassword = rules.Check("password", newPassword, name, email);
        if (checkedPassword.IsRefused(out var error))
        {
            return error;
        }

        var hash = await passwords.HashAsync(checkedPassword.Value, cancellationToken);
        return await writer.RunAsync<string>(
            viewer,
            async write =>
            {
                UserSql.Lock(write, "u.id = @whom", id);
                var changed = await write.FirstAsync(
                    new Statement(
                        "UPDATE account SET password = @new WHERE user_id = @id RETURNING 1",
                        ("new", hash),
                        ("id", id)
                    ),
                    _ => true
                );
                if (!changed)
                {
                    return Error.UserNotFound;
                }
                write.Then(new Statement("DELETE FROM login WHERE user_id = @id", ("id", id)));
                write.Record(new LoginEnded(id, LoginId: 0));
                write.Audit(SecurityEvent.By(viewer, SecurityEventKinds.PasswordReset, id));
                return name;
            },
            cancellationToken
        );
    }
}
