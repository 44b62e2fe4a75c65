using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Posts;

/// <summary>Reads one post, alone or with its replies: one of the hottest reads, so plain SQL.</summary>
public sealed class ReadPost
{
    private readonly Sql sql;

    internal ReadPost(Sql sql) => this.sql = sql;

    /// <summary>The post as the viewer, or anyone, sees it. Refused when there is no such post.</summary>
    public async Task<Result<PostView>> RunAsync(Viewer? viewer, long id, CancellationToken ct)
    {
        var post = await sql.FirstAsync(
            $"SELECT 0, {PostRows.Columns(viewer)} FROM {PostRows.From} WHERE p.id = @id",
            PostRows.Read,
            ct,
            [.. PostRows.Parameters(viewer), ("id", id)]
        );
        return post is null ? Error.PostNotFound : post;
    }

    /// <summary>
    /// The post with the first <see cref="PostWithReplies.MaxReplies"/> of its replies, oldest first. Refused when
    /// there is no such post.
    /// </summary>
    public async Task<Result<PostWithReplies>> WithRepliesAsync(Viewer? viewer, long id, CancellationToken ct)
    {
        var post = await RunAsync(viewer, id, ct);
        if (post.IsRefused(out var error))
        {
            return error;
        }

        IReadOnlyList<PostView> replies =
            post.Value.RepliesCount == 0
                ? []
                : await sql.ListAsync(
                    $"""
                    SELECT 0, {PostRows.Columns(viewer)} FROM {PostRows.From} WHERE p.parent_id = @id
                    ORDER BY p.id LIMIT @take
                    """,
                    PostRows.Read,
                    ct,
                    [.. PostRows.Parameters(viewer), ("id", id), ("take", PostWithReplies.MaxReplies)]
                );
        return new PostWithReplies(post.Value, replies);
    }
}
