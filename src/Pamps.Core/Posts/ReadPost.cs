using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Posts;

/// <summary>Reads one post, alone, with its replies or with what it replies to: among the hottest reads, so plain SQL.</summary>
public sealed class ReadPost
{
    private readonly Sql sql;
    private readonly FilterPosts filters;

    /// <summary>The most posts of a conversation that are read above a reply.</summary>
    public const int MaxAncestors = 50;

    /// <summary>The key of the post itself, before those of its replies, which are their ids.</summary>
    private const long ThePost = 0;

    private readonly ByViewer<string> withReplies;

    internal ReadPost(ReplicaSql sql, FilterPosts filters)
    {
        (this.sql, this.filters) = (sql, filters);
        // One statement, and so one journey to the database.
        withReplies = new(viewer =>
            $"""
            {PostSql.OneAlone(viewer)}
            UNION ALL
            SELECT * FROM ({PostSql
                .RepliesTo(viewer)
                .FirstRows(sql.Dialect, PostWithReplies.MaxReplies, ListOrder.Oldest)}) AS reply
            """
        );
    }

    /// <summary>The post as the viewer, or anyone, sees it. Refused when there is no such post.</summary>
    public async Task<Result<PostView>> RunAsync(Viewer? viewer, long id, CancellationToken ct)
    {
        var post = await FromAsync(sql, viewer, id, ct);
        return post.IsRefused(out _) ? post : await filters.OneAsync(viewer, post.Value, ct);
    }

    /// <summary>
    /// The same, read where the caller says: what was just written no replica has yet. It is the viewer's own, which nobody's filters touch.
    /// </summary>
    internal static async Task<Result<PostView>> FromAsync(
        Sql sql,
        Viewer? viewer,
        long id,
        CancellationToken ct
    )
    {
        var post = await sql.FirstAsync(
            PostSql.One(viewer),
            PostSql.Read,
            ct,
            [.. PostSql.Parameters(viewer), ("id", id)]
        );
        return post is null ? Error.PostNotFound : post;
    }

    /// <summary>
    /// The post with the first <see cref="PostWithReplies.MaxReplies"/> of its replies, oldest first. Refused when
    /// there is no such post.
    /// </summary>
    public async Task<Result<PostWithReplies>> WithRepliesAsync(Viewer? viewer, long id, CancellationToken ct)
    {
        var rows = await sql.ListAsync(
            withReplies.For(viewer),
            row => new Keyed<PostView>(row.GetInt64(0), PostSql.Read(row)),
            ct,
            [.. PostSql.Parameters(viewer), ("of", id)]
        );
        // A union promises no order.
        rows.Sort((one, other) => one.Key.CompareTo(other.Key));
        if (rows is not [{ Key: ThePost, Row: var post }, .. var answers])
        {
            return Error.PostNotFound;
        }
        var page = new Page<PostView>(answers.ConvertAll(x => x.Row.Answering(post)), null, null);
        return new PostWithReplies(
            await filters.OneAsync(viewer, await AnsweringAsync(viewer, post, ct), ct),
            (await filters.PageAsync(viewer, FilterPlaces.Thread, page, ct)).Items
        );
    }

    /// <summary>
    /// The post with the name of whom it answers. Most answer nobody; that they should not pay for it, PostgreSQL being slower to
    /// set up two more tables in a statement than to read them, it is a statement of its own.
    /// </summary>
    private async Task<PostView> AnsweringAsync(Viewer? viewer, PostView post, CancellationToken ct) =>
        post.ParentId is null
            ? post
            : post with
            {
                ParentUsername = await sql.FirstAsync(
                    PostSql.AuthorOf(viewer),
                    row => row.GetString(0),
                    ct,
                    [.. PostSql.Parameters(viewer), ("id", post.ParentId)]
                ),
            };

    /// <summary>
    /// The posts that a reply replies to, one to the other, outermost first; of a longer conversation the nearest
    /// <see cref="MaxAncestors"/>. Where one was deleted, those above it are not known any more. Refused when there is no
    /// such post.
    /// </summary>
    public async Task<Result<Page<PostView>>> AncestorsAsync(Viewer? viewer, long id, CancellationToken ct)
    {
        var conversation = await sql.ListAsync(
            PostSql.Above(viewer),
            PostSql.Read,
            ct,
            [.. PostSql.Parameters(viewer), ("id", id), ("most", MaxAncestors)]
        );
        // The post itself comes last, and tells that there is one.
        return conversation.Count == 0
            ? Error.PostNotFound
            : await filters.PageAsync(
                viewer,
                FilterPlaces.Thread,
                new Page<PostView>(conversation[..^1], Next: null, Previous: null),
                ct
            );
    }
}
