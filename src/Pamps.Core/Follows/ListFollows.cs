using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;

namespace Pamps.Core.Follows;

/// <summary>Lists who follows a user, and whom a user follows; the oldest follow first.</summary>
public sealed class ListFollows
{
    private readonly Sql sql;

    internal ListFollows(ReplicaSql sql) => this.sql = sql;

    /// <summary>
    /// A page of the users who follow the named one. The page's ids are the follows'. Refused when there is no such
    /// user.
    /// </summary>
    public Task<Result<Page<UserView>>> FollowersAsync(
        Viewer? viewer,
        string username,
        PageRequest page,
        CancellationToken ct
    ) =>
        ReadAsync(
            viewer,
            UserRows.List(viewer, "social s JOIN \"user\" u ON u.id = s.\"from\"", "s.id", of: "s.\"to\""),
            username,
            page,
            ct
        );

    /// <summary>
    /// A page of the users whom the named one follows. The page's ids are the follows'. Refused when there is no such
    /// user.
    /// </summary>
    public Task<Result<Page<UserView>>> FollowingAsync(
        Viewer? viewer,
        string username,
        PageRequest page,
        CancellationToken ct
    ) =>
        ReadAsync(
            viewer,
            UserRows.List(viewer, "social s JOIN \"user\" u ON u.id = s.\"to\"", "s.id", of: "s.\"from\""),
            username,
            page,
            ct
        );

    private async Task<Result<Page<UserView>>> ReadAsync(
        Viewer? viewer,
        SqlList<UserView> list,
        string username,
        PageRequest page,
        CancellationToken ct
    ) =>
        await sql.FindUserIdAsync(viewer, username, ct) is { } id
            ? await list.ReadAsync(
                sql,
                page,
                ListOrder.Oldest,
                ct,
                [.. UserRows.Parameters(viewer), ("of", id)]
            )
            : Error.UserNotFound;
}
