using Microsoft.EntityFrameworkCore;
using Pamps.Core.Notifications;
using Pamps.Core.Results;
using Pamps.Core.Users;
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
    private readonly IWriteGate writes;
    private readonly Ids ids;
    private readonly TimeProvider time;
    private readonly Notify notify;

    internal LikePost(IWriteGate writes, Ids ids, TimeProvider time, Notify notify) =>
        (this.writes, this.ids, this.time, this.notify) = (writes, ids, time, notify);

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
    )
    {
        var now = time.Now();
        return writes.RunAsync<Made<LikeView>>(
            key,
            viewer.Id,
            now,
            async (db, ct) =>
            {
                if (!await db.IsStillActiveAsync(viewer, ct))
                {
                    return Error.NotSignedIn;
                }
                var standing = await db
                    .Likes.AsNoTracking()
                    .SingleOrDefaultAsync(x => x.PostId == postId && x.UserId == viewer.Id, ct);
                if (standing is not null)
                {
                    return View(standing, isNew: false);
                }
                if (await CountAsync(db, postId, 1, ct) == 0)
                {
                    return Error.PostNotFound;
                }
                var like = new Like
                {
                    Id = ids.Next(),
                    UserId = viewer.Id,
                    PostId = postId,
                    Date = now,
                };
                db.Likes.Add(like);
                await db.SaveChangesAsync(ct);
                await notify.OfLikeAsync(db, viewer, postId, ct);
                return View(like, isNew: true);
            },
            cancellationToken
        );
    }

    /// <summary>Takes the like back; no error when there was none. Refused when there is no such post.</summary>
    public Task<Result<Done>> UndoAsync(Viewer viewer, long postId, CancellationToken cancellationToken) =>
        writes.RunAsync<Done>(
            async (db, ct) =>
            {
                // Locks the post before the like, as liking does: else the two could wait for each other in a circle.
                if (await CountAsync(db, postId, 0, ct) == 0)
                {
                    return Error.PostNotFound;
                }
                var undone = await db
                    .Likes.Where(x => x.PostId == postId && x.UserId == viewer.Id)
                    .ExecuteDeleteAsync(ct);
                if (undone == 1)
                {
                    await CountAsync(db, postId, -1, ct);
                    await notify.LikeUndoneAsync(db, viewer, postId, ct);
                }
                return new Done();
            },
            cancellationToken
        );

    private static Task<int> CountAsync(PampsDb db, long postId, int change, CancellationToken ct) =>
        db
            .Posts.Where(x => x.Id == postId)
            .ExecuteUpdateAsync(x => x.SetProperty(p => p.LikesCount, p => p.LikesCount + change), ct);

    private static Made<LikeView> View(Like like, bool isNew) =>
        new(new LikeView(like.UserId, like.PostId, like.Date), isNew);
}
