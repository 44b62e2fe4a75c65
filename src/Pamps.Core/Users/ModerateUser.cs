using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Lets a superuser say who is a superuser, and whose account is closed.</summary>
public sealed class ModerateUser
{
    private readonly RevokingWriter writer;

    internal ModerateUser(RevokingWriter writer) => this.writer = writer;

    /// <summary>Sets the given flags. An account that is no longer active loses all its logins at once. Refused when no superuser
    /// would be left.</summary>
    /// <param name="viewer">Must be a superuser whose password was given just now.</param>
    /// <param name="username">Whose flags.</param>
    /// <param name="superuser">The new value, or null to leave it.</param>
    /// <param name="active">The new value, or null to leave it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AccountView>> RunAsync(
        Viewer viewer,
        string username,
        bool? superuser,
        bool? active,
        CancellationToken cancellationToken
    )
    {
        if (viewer.ModerationRefusal is { } refusal)
        {
            return refusal;
        }
        return await writer.RunAsync<AccountView>(
            viewer,
            async write =>
            {
                var (isWhom, key) = (UserSql.HasName("@whom"), Names.Key(username));
                LastSuperuser.Lock(write);
                write.LockUser(isWhom, key);
                var was = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT {UserRows.Columns}, a.email, a.superuser, {UserSql.IsActive}
                        FROM {UserSql.WithAccount}
                        WHERE {isWhom}
                        """,
                        ("whom", key)
                    ),
                    row => new AccountView(
                        UserRows.ReadAt(row, 0),
                        row.GetString(5),
                        row.GetBoolean(6),
                        row.GetBoolean(7)
                    )
                );
                if (was is null)
                {
                    return Error.UserNotFound;
                }
                var user = was with { Superuser = superuser ?? was.Superuser, Active = active ?? was.Active };
                if (
                    was is { Superuser: true, Active: true }
                    && user is not { Superuser: true, Active: true }
                    && await LastSuperuser.RefusalOfAsync(write, user.User.Id) is { } last
                )
                {
                    return last;
                }
                write.Then(
                    new Statement(
                        "UPDATE account SET superuser = @superuser WHERE user_id = @id",
                        ("superuser", user.Superuser),
                        ("id", user.User.Id)
                    )
                );
                write.Then(
                    new Statement(
                        """
                        UPDATE "user" SET suspended_at = CASE WHEN @active THEN NULL ELSE COALESCE(suspended_at, @now) END
                        WHERE id = @id
                        """,
                        ("active", user.Active),
                        ("now", write.Now),
                        ("id", user.User.Id)
                    )
                );
                if (!user.Active)
                {
                    write.Then(new Statement("DELETE FROM login WHERE user_id = @id", ("id", user.User.Id)));
                }
                if (user.Active != was.Active)
                {
                    write.Record(
                        user.Active
                            ? new AccountRestored(viewer.Id, user.User.Id)
                            : new AccountSuspended(viewer.Id, user.User.Id)
                    );
                    write.Audit(
                        SecurityEvent.By(
                            viewer,
                            user.Active
                                ? SecurityEventKinds.AccountRestored
                                : SecurityEventKinds.AccountSuspended,
                            user.User.Id
                        )
                    );
                }
                if (user.Superuser != was.Superuser)
                {
                    write.Audit(
                        SecurityEvent.By(
                            viewer,
                            SecurityEventKinds.RoleChanged,
                            user.User.Id,
                            user.Superuser ? SecurityEventKinds.Superuser : SecurityEventKinds.User
                        )
                    );
                }
                return user;
            },
            cancellationToken
        );
    }
}
