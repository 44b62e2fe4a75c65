using Microsoft.EntityFrameworkCore;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Lets a superuser say who is a superuser, and whose account is closed.</summary>
public sealed class ModerateUser
{
    private readonly RevokingWrites writes;

    internal ModerateUser(RevokingWrites writes) => this.writes = writes;

    /// <summary>Sets the given flags. An account that is no longer active loses all its logins at once.</summary>
    /// <param name="viewer">Must be a superuser.</param>
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
        if (!viewer.Superuser)
        {
            return Error.SuperuserOnly;
        }
        return await writes.RunAsync<AccountView>(
            async (db, ct) =>
            {
                var user = await db.Users.Named(username).SingleOrDefaultAsync(ct);
                if (user is null)
                {
                    return Error.UserNotFound;
                }
                user.Superuser = superuser ?? user.Superuser;
                user.Active = active ?? user.Active;
                await db.SaveChangesAsync(ct);
                if (!user.Active)
                {
                    await db.Logins.Where(x => x.UserId == user.Id).ExecuteDeleteAsync(ct);
                }
                var view = new UserView(user.Id, user.Username, user.Avatar, user.Bio);
                return new AccountView(view, user.Email, user.Superuser, user.Active);
            },
            cancellationToken
        );
    }
}
