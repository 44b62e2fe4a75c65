using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;

namespace Pamps.Core.Follows;

/// <summary>Lists who follows a user, and whom a user follows; the oldest follow first.</summary>
public sealed class ListFollows
{
    private static readonly SqlList<UserView> Followers = UserRows.List(
        "social s JOIN \"user\" u ON u.id = s.\"from\"",
        "s.id",
        of: "s.\"to\""
    );

    private static readonly SqlList<UserView> Following = UserRows.List(
        "social s JOIN \"user\" u ON u.id = s.\"to\"",
        "s.id",
        of: "s.\"from\""
    );

    private readonly Sql sql;

    internal ListFollows(ReplicaSql sql) => this.sql = sql;

    /// <summary>
    /// A page of the users who follow the named one. The page's ids are the follows'. Refused when there is no such
    /// user.
    /// </summary>
    public Task<Result<Page<UserView>>> FollowersAsync(
        string username,
        PageRequest page,
        CancellationToken ct
    ) => ReadAsync(Followers, username, page, ct);

    /// <summary>
    /// A page of the users whom the named one follows. The page's ids are the follows'. Refused when there is no such
    /// user.
    /// </summary>
    public Task<Result<Page<UserView>>> FollowingAsync(
        string username,
        PageRequest page,
        CancellationToken ct
    ) => ReadAsync(Following, username, page, ct);

    private async Task<Result<Page<UserView>>> ReadAsync(
        SqlList<UserView> list,
        string username,
        PageRequest page,
        CancellationToken ct
    ) =>
        await sql.FindUserIdAsync(username, ct) is { } id
            ? await list.ReadAsync(sql, page, ListOrder.Oldest, ct, ("of", id))
            : Error.UserNotFound;
}
