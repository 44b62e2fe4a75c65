using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;

namespace Pamps.Core.Posts;

/// <summary>The lists of posts: everyone's, one user's, a post's replies, what a user likes.</summary>
public sealed class ListPosts
{
    private readonly Sql sql;

    internal ListPosts(ReplicaSql sql) => this.sql = sql;

    /// <summary>Everyone's posts that are not replies, newest first.</summary>
    public Task<Page<PostView>> HomeAsync(Viewer? viewer, PageRequest page, CancellationToken ct) =>
        PostRows
            .List(viewer, "p.parent_id IS NULL")
            .ReadAsync(sql, page, ListOrder.Newest, ct, PostRows.Parameters(viewer));

    /// <summary>One user's posts, oldest first unless the page says otherwise. Refused when there is no such user.</summary>
    /// <param name="viewer">Who looks; null when nobody is signed in.</param>
    /// <param name="username">Whose posts; case does not matter.</param>
    /// <param name="includeReplies">Whether replies are among them.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<Page<PostView>>> OfUserAsync(
        Viewer? viewer,
        string username,
        bool includeReplies,
        PageRequest page,
        CancellationToken ct
    )
    {
        if (await sql.FindUserIdAsync(username, ct) is not { } id)
        {
            return Error.UserNotFound;
        }
        var where = includeReplies ? "true" : "p.parent_id IS NULL";
        return await PostRows
            .List(viewer, where, from: "post p JOIN \"user\" u ON u.id = @of", of: "p.user_id")
            .ReadAsync(sql, page, ListOrder.Oldest, ct, [.. PostRows.Parameters(viewer), ("of", id)]);
    }

    /// <summary>The replies to a post, oldest first. Refused when there is no such post.</summary>
    public async Task<Result<Page<PostView>>> RepliesAsync(
        Viewer? viewer,
        long postId,
        PageRequest page,
        CancellationToken ct
    ) =>
        await ExistsAsync(postId, ct)
            ? await PostRows
                .List(viewer, of: "p.parent_id")
                .ReadAsync(sql, page, ListOrder.Oldest, ct, [.. PostRows.Parameters(viewer), ("of", postId)])
            : Error.PostNotFound;

    /// <summary>
    /// The posts that a user likes, the newest like first. The page's ids are the likes'. Refused when there is no
    /// such user.
    /// </summary>
    public async Task<Result<Page<PostView>>> LikedByAsync(
        Viewer? viewer,
        string username,
        PageRequest page,
        CancellationToken ct
    ) =>
        await sql.FindUserIdAsync(username, ct) is { } id
            ? await PostRows
                .List(
                    viewer,
                    from: "\"like\" k JOIN post p ON p.id = k.post_id JOIN \"user\" u ON u.id = p.user_id",
                    idColumn: "k.id",
                    of: "k.user_id"
                )
                .ReadAsync(sql, page, ListOrder.Newest, ct, [.. PostRows.Parameters(viewer), ("of", id)])
            : Error.UserNotFound;

    /// <summary>
    /// The users who like a post, the oldest like first. The page's ids are the likes'. Refused when there is no
    /// such post.
    /// </summary>
    public async Task<Result<Page<UserView>>> LikersAsync(
        long postId,
        PageRequest page,
        CancellationToken ct
    ) =>
        await ExistsAsync(postId, ct)
            ? await UserRows
                .List("\"like\" k JOIN \"user\" u ON u.id = k.user_id", "k.id", of: "k.post_id")
                .ReadAsync(sql, page, ListOrder.Oldest, ct, ("of", postId))
            : Error.PostNotFound;

    private Task<bool> ExistsAsync(long postId, CancellationToken ct) =>
        sql.FirstAsync("SELECT 1 FROM post p WHERE p.id = @id", _ => true, ct, ("id", postId));
}
