using Microsoft.EntityFrameworkCore;

namespace Pamps.Core.Users;

/// <summary>What several operations ask of accounts inside their transaction.</summary>
internal static class Accounts
{
    /// <summary>
    /// Whether the viewer may still act: the account can end or be closed between the token's check and the write.
    /// </summary>
    public static Task<bool> IsStillActiveAsync(this PampsDb db, Viewer viewer, CancellationToken ct) =>
        db.Users.AnyAsync(x => x.Id == viewer.Id && x.Active, ct);

    /// <summary>The user of that name, ignoring case.</summary>
    public static IQueryable<User> Named(this IQueryable<User> users, string username)
    {
        var key = Names.Key(username);
        return users.Where(x => x.UsernameKey == key);
    }
}
