using Microsoft.EntityFrameworkCore;
using Pamps.Core.Events;
using Pamps.Core.Notifications;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Deletes a post with its likes. Its replies stay, and stay replies.</summary>
public sealed class DeletePost
{
    private readonly IWriteGate writes;
    private readonly Notify notify;
    private readonly EventLog events;

    internal DeletePost(IWriteGate writes, Notify notify, EventLog events) =>
        (this.writes, this.notify, this.events) = (writes, notify, events);

    /// <summary>Deletes the post. Refused to all but its author and superusers, and when there is no such post.</summary>
    public Task<Result<Done>> RunAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writes.RunAsync<Done>(
            async (db, ct) =>
            {
                var post = await db.Posts.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, ct);
                if (post is null)
                {
                    return Error.PostNotFound;
                }
                if (post.UserId != viewer.Id && !viewer.Superuser)
                {
                    return new Error(
                        ErrorKind.Forbidden,
                        "not_the_author",
                        "Only its author may delete a post"
                    );
                }
                // Locks the post, so that no like comes between what is told and what is deleted.
                if (await LockAsync(db, id, ct) == 0)
                {
                    return Error.PostNotFound;
                }
                await notify.BeforePostIsDeletedAsync(db, id, ct);
                if (await db.Posts.Where(x => x.Id == id).ExecuteDeleteAsync(ct) == 0)
                {
                    return Error.PostNotFound;
                }
                if (post.ParentId is { } parentId)
                {
                    await db
                        .Posts.Where(x => x.Id == parentId)
                        .ExecuteUpdateAsync(
                            x => x.SetProperty(p => p.RepliesCount, p => p.RepliesCount - 1),
                            ct
                        );
                }
                await db
                    .Users.Where(x => x.Id == post.UserId)
                    .ExecuteUpdateAsync(x => x.SetProperty(u => u.PostsCount, u => u.PostsCount - 1), ct);
                await events.RecordAsync(db, EventKind.Delete, post.UserId, id, post.ParentId, ct);
                return new Done();
            },
            cancellationToken
        );

    private static Task<int> LockAsync(PampsDb db, long id, CancellationToken ct) =>
        db
            .Posts.Where(x => x.Id == id)
            .ExecuteUpdateAsync(x => x.SetProperty(p => p.UserId, p => p.UserId), ct);
}
