using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Who likes which post since when.</summary>
/// <param name="UserId">Who.</param>
/// <param name="PostId">Which post.</param>
/// <param name="Date">Since when, UTC.</param>
public sealed record LikeView(long UserId, long PostId, DateTime Date);

/// <summary>Likes a post, and takes that back.</summary>
public sealed class LikePost
{
    private readonly Writer writer;

    internal LikePost(Writer writer) => this.writer = writer;

    /// <summary>
    /// Likes; answers with the like that stands, and whether this call made it. Refused when there is no such post.
    /// </summary>
    /// <param name="viewer">Who likes.</param>
    /// <param name="postId">What is liked; one's own posts too.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Made<LikeView>>> RunAsync(
        Viewer viewer,
        long postId,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Made<LikeView>>(
            viewer,
            Deed.Like,
            key,
            async write =>
            {
                var post = await LookAsync(write, postId);
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                if (post.LikedAt is { } since)
                {
                    return new Made<LikeView>(new LikeView(viewer.Id, postId, since), IsNew: false);
                }
                write.Then(
                    new Statement(
                        "INSERT INTO \"like\" (id, user_id, post_id, date) VALUES (@id, @user_id, @post_id, @date)",
                        ("id", write.NewId()),
                        ("user_id", viewer.Id),
                        ("post_id", postId),
                        ("date", write.Now)
                    ),
                    new Statement(
                        "UPDATE post SET likes_count = likes_count + 1 WHERE id = @id",
                        ("id", postId)
                    )
                );
                write.Record(new Liked(viewer.Id, postId, post.AuthorId));
                return new Made<LikeView>(new LikeView(viewer.Id, postId, write.Now), IsNew: true);
            },
            cancellationToken
        );

    /// <summary>Takes the like back; no error when there was none. Refused when there is no such post.</summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, long postId, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var post = await LookAsync(write, postId);
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                if (post.LikedAt is not null)
                {
                    // Who waited for the post saw the like as it was before: another may have taken it back meanwhile.
                    const string stillLikes =
                        "EXISTS (SELECT 1 FROM \"like\" l WHERE l.post_id = @post_id AND l.user_id = @user_id)";
                    (string, object?)[] like = [("post_id", postId), ("user_id", viewer.Id)];
                    write.Then(
                        new Statement(
                            $"UPDATE post SET likes_count = likes_count - 1 WHERE id = @post_id AND {stillLikes}",
                            like
                        ),
                        Allowance.Change(viewer.Id, Deed.Like, -1, stillLikes, like),
                        new Statement(
                            "DELETE FROM \"like\" WHERE post_id = @post_id AND user_id = @user_id",
                            like
                        )
                    );
                    write.Record(new Unliked(viewer.Id, postId, post.AuthorId));
                }
                return new Done();
            },
            cancellationToken
        );

    /// <summary>
    /// The post, locked, and whether the viewer likes it. The post before the like, in liking and in taking back: else the two
    /// could wait for each other in a circle.
    /// </summary>
    private static Task<Found?> LookAsync(Write write, long postId) =>
        write.FirstAsync(
            new Statement(
                $"""
                SELECT p.user_id, l.date FROM post p LEFT JOIN "like" l ON l.post_id = p.id AND l.user_id = @viewer
                WHERE p.id = @id AND {PostSql.Visible(write.Viewer)}{write.Dialect.ForNoKeyUpdate("p")}
                """,
                ("viewer", write.Viewer.Id),
                ("id", postId)
            ),
            row => new Found(row.GetInt64(0), row.GetUtcOrNull(1))
        );

    private sealed record Found(long AuthorId, DateTime? LikedAt);
}
