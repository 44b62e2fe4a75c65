using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;

namespace Pamps.Core.Posts;

/// <summary>The lists of posts: everyone's, one user's, a post's replies, what a user likes.</summary>
public sealed class ListPosts
{
    private readonly Sql sql;
    private readonly FilterPosts filters;

    internal ListPosts(ReplicaSql sql, FilterPosts filters) => (this.sql, this.filters) = (sql, filters);

    /// <summary>Everyone's public posts that are not replies, newest first.</summary>
    public async Task<Page<PostView>> HomeAsync(Viewer? viewer, PageRequest page, CancellationToken ct) =>
        await filters.PageAsync(
            viewer,
            FilterPlaces.Public,
            await PostSql
                .Everyone(viewer)
                .ReadAsync(sql, page, ListOrder.Newest, ct, PostSql.Parameters(viewer)),
            ct
        );

    /// <summary>
    /// One user's posts that the viewer may see, oldest first unless the page says otherwise. Refused when there is no such
    /// user for the viewer.
    /// </summary>
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
    ) =>
        await sql.FindUserIdAsync(viewer, username, ct) is { } id
            ? await ReadAsync(
                PostSql.By(viewer, includeReplies),
                FilterPlaces.Account,
                viewer,
                id,
                page,
                ListOrder.Oldest,
                ct
            )
            : Error.UserNotFound;

    /// <summary>
    /// The posts that a user has pinned, newest first, at most <see cref="PinPost.Most"/>. Refused when there is no such user for the
    /// viewer.
    /// </summary>
    public async Task<Result<Page<PostView>>> PinnedByAsync(
        Viewer? viewer,
        string username,
        PageRequest page,
        CancellationToken ct
    ) =>
        await sql.FindUserIdAsync(viewer, username, ct) is { } id
            ? await ReadAsync(
                PostSql.PinnedBy(viewer),
                FilterPlaces.Account,
                viewer,
                id,
                page,
                ListOrder.Newest,
                ct
            )
            : Error.UserNotFound;

    /// <summary>The replies to a post, oldest first. Refused when there is no such post for the viewer.</summary>
    public async Task<Result<Page<PostView>>> RepliesAsync(
        Viewer? viewer,
        long postId,
        PageRequest page,
        CancellationToken ct
    ) =>
        await FindAsync(viewer, postId, ct) is { } post
            ? Answering(
                post,
                await ReadAsync(
                    PostSql.RepliesTo(viewer),
                    FilterPlaces.Thread,
                    viewer,
                    postId,
                    page,
                    ListOrder.Oldest,
                    ct
                )
            )
            : Error.PostNotFound;

    private static Page<PostView> Answering(PostView post, Page<PostView> replies) =>
        replies with
        {
            Items = [.. replies.Items.Select(x => x.Answering(post))],
        };

    /// <summary>
    /// The posts that a user likes, the newest like first. The page's ids are the likes'. Refused when there is no
    /// such user for the viewer.
    /// </summary>
    public async Task<Result<Page<PostView>>> LikedByAsync(
        Viewer? viewer,
        string username,
        PageRequest page,
        CancellationToken ct
    ) =>
        await sql.FindUserIdAsync(viewer, username, ct) is { } id
            ? await ReadAsync(
                PostSql.LikedBy(viewer),
                FilterPlaces.Account,
                viewer,
                id,
                page,
                ListOrder.Newest,
                ct
            )
            : Error.UserNotFound;

    /// <summary>The posts that are for the viewer and some others only, those too that the viewer wrote, newest first.</summary>
    public Task<Page<PostView>> DirectAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        ReadAsync(PostSql.DirectTo(viewer), FilterPlaces.Home, viewer, viewer.Id, page, ListOrder.Newest, ct);

    /// <summary>The posts that the viewer has bookmarked and may still see, the newest bookmark first. The page's ids are the bookmarks'.</summary>
    public Task<Page<PostView>> BookmarkedAsync(Viewer viewer, PageRequest page, CancellationToken ct) =>
        ReadAsync(
            PostSql.BookmarkedBy(viewer),
            FilterPlaces.Account,
            viewer,
            viewer.Id,
            page,
            ListOrder.Newest,
            ct
        );

    /// <summary>
    /// The users who like a post, the oldest like first. The page's ids are the likes'. Refused when there is no
    /// such post for the viewer.
    /// </summary>
    public async Task<Result<Page<UserView>>> LikersAsync(
        Viewer? viewer,
        long postId,
        PageRequest page,
        CancellationToken ct
    ) =>
        await FindAsync(viewer, postId, ct) is not null
            ? await UserRows
                .List(viewer, "\"like\" k JOIN \"user\" u ON u.id = k.user_id", "k.id", of: "k.post_id")
                .ReadAsync(sql, page, ListOrder.Oldest, ct, [.. PostSql.Parameters(viewer), ("of", postId)])
            : Error.PostNotFound;

    private async Task<Page<PostView>> ReadAsync<TOf>(
        SqlList<PostView> list,
        FilterPlaces place,
        Viewer? viewer,
        TOf of,
        PageRequest page,
        ListOrder order,
        CancellationToken ct
    ) =>
        await filters.PageAsync(
            viewer,
            place,
            await list.ReadAsync(sql, page, order, ct, [.. PostSql.Parameters(viewer), ("of", of)]),
            ct
        );

    private Task<PostView?> FindAsync(Viewer? viewer, long postId, CancellationToken ct) =>
        sql.FirstAsync(
            PostSql.OneAlone(viewer),
            PostSql.Read,
            ct,
            [.. PostSql.Parameters(viewer), ("of", postId)]
        );
}
