using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Jobs;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Lets an admin say who has which role, and whose account is closed.</summary>
public sealed class ModerateUser
{
    private readonly RevokingWriter writer;

    internal ModerateUser(RevokingWriter writer) => this.writer = writer;

    /// <summary>As below; in the workshop's words, in which a superuser is an admin or an owner.</summary>
    public Task<Result<AccountView>> RunAsync(
        Viewer viewer,
        string username,
        bool? superuser,
        bool? active,
        CancellationToken cancellationToken
    ) => RunAsync(viewer, username, superuser, role: null, active, cancellationToken);

    /// <summary>
    /// Sets what is given. An account that is no longer active loses all its logins at once; one that is suspended is restored by
    /// becoming active; one that waits to be approved is not there yet. Refused when no superuser would be left, and where an owner is concerned to all but owners.
    /// </summary>
    /// <param name="viewer">Must be an admin whose password was given just now.</param>
    /// <param name="username">Whose account.</param>
    /// <param name="superuser">Whether they are one; null to leave it, and where a role is given.</param>
    /// <param name="role">The new role, or null to leave it.</param>
    /// <param name="active">The new value, or null to leave it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AccountView>> RunAsync(
        Viewer viewer,
        string username,
        bool? superuser,
        Role? role,
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
                        SELECT {UserRows.Columns}, a.email, a.superuser, {UserSql.IsActive}, a.role
                        FROM {UserSql.WithAccount}
                        WHERE {isWhom} AND NOT ({UserSql.Waits})
                        """,
                        ("whom", key)
                    ),
                    row => new AccountView(
                        UserRows.ReadAt(row, 0),
                        row.GetString(5),
                        row.GetBoolean(6),
                        row.GetBoolean(7),
                        Roles.Of(row.GetBoolean(6), row.GetInt16(8))
                    )
                );
                if (was is null)
                {
                    return Error.UserNotFound;
                }
                var becomes = role
                    ?? (
                        superuser is not { } isSuperuser || isSuperuser == was.Superuser ? was.Role
                        : isSuperuser ? Role.Admin
                        : Role.Member
                    );
                var user = was with
                {
                    Role = becomes,
                    Superuser = becomes.May(Powers.Administer),
                    Active = active ?? was.Active,
                };
                if (
                    user != was
                    && !(viewer.Role.MayAdminister(was.Role) && viewer.Role.MayAdminister(becomes))
                )
                {
                    return Error.NotBelow;
                }
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
                        "UPDATE account SET superuser = @superuser, role = @role WHERE user_id = @id",
                        ("superuser", user.Superuser),
                        ("role", (short)user.Role),
                        ("id", user.User.Id)
                    )
                );
                write.Then(
                    new Statement(
                        """
                        UPDATE "user" SET suspended_at = CASE WHEN @active THEN NULL ELSE COALESCE(suspended_at, @now) END,
                            erase_at = CASE WHEN @active THEN NULL ELSE erase_at END
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
                    write.Then(Registration.Forget(user.User.Id));
                }
                if (user.Active && active == true)
                {
                    write.Enqueue(ShowPosts.Of(user.User.Id));
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
                if (user.Role != was.Role)
                {
                    write.Audit(
                        SecurityEvent.By(
                            viewer,
                            SecurityEventKinds.RoleChanged,
                            user.User.Id,
                            user.Role switch
                            {
                                Role.Admin => SecurityEventKinds.Superuser,
                                Role.Member => SecurityEventKinds.User,
                                _ => user.Role.ToWord(),
                            }
                        )
                    );
                }
                return user;
            },
            cancellationToken
        );
    }
}
