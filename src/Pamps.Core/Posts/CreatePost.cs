using Microsoft.EntityFrameworkCore;
using Pamps.Core.Events;
using Pamps.Core.Notifications;
using Pamps.Core.Results;
using Pamps.Core.Search;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Posts;

/// <summary>Writes a post, or a reply to one.</summary>
public sealed class CreatePost
{
    private readonly IWriteGate writes;
    private readonly Ids ids;
    private readonly TimeProvider time;
    private readonly SearchIndex search;
    private readonly Notify notify;
    private readonly EventLog events;
    private readonly int maxLength;

    internal CreatePost(
        IWriteGate writes,
        Ids ids,
        TimeProvider time,
        SearchIndex search,
        Notify notify,
        EventLog events,
        PampsOptions options
    )
    {
        (this.writes, this.ids, this.time) = (writes, ids, time);
        (this.search, this.notify, this.events) = (search, notify, events);
        maxLength = options.Posts.MaxLength;
    }

    /// <summary>Writes the post. Refused when the text breaks a rule or there is no such parent.</summary>
    /// <param name="viewer">The author.</param>
    /// <param name="text">1 to 500 characters (a setting) once trimmed and in NFC.</param>
    /// <param name="parentId">The post it replies to, or null.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PostView>> RunAsync(
        Viewer viewer,
        string? text,
        long? parentId,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        if (PlainText.Normalize("text", text, 1, maxLength) is var normal && normal.IsRefused(out var error))
        {
            return error;
        }

        var now = time.Now();
        return await writes.RunAsync<PostView>(
            key,
            viewer.Id,
            now,
            async (db, ct) =>
            {
                var author = await db
                    .Users.Where(x => x.Id == viewer.Id && x.Active)
                    .Select(x => new { x.Username, x.Avatar })
                    .SingleOrDefaultAsync(ct);
                if (author is null)
                {
                    return Error.NotSignedIn;
                }
                if (parentId is not null && await CountReplyAsync(db, parentId.Value, 1, ct) == 0)
                {
                    return Error.Invalid("parent_id", "There is no such post to reply to.");
                }

                var entities = await PostEntities.FindAsync(db, normal.Value, ct);
                var post = new Post
                {
                    Id = ids.Next(),
                    Text = normal.Value,
                    Date = now,
                    UserId = viewer.Id,
                    ParentId = parentId,
                    Entities = entities.Json,
                };
                db.Posts.Add(post);
                await db.SaveChangesAsync(ct);
                await CountPostAsync(db, viewer.Id, 1, ct);
                await entities.SaveAsync(db, post.Id, isNew: true, ct);
                await search.IndexPostAsync(db, post.Id, post.Text, isNew: true, ct);
                await notify.OfPostAsync(db, viewer, post.Id, parentId, entities.MentionedIds, ct);
                await events.RecordAsync(db, EventKind.Post, viewer.Id, post.Id, parentId, ct);
                return new PostView(
                    post.Id,
                    post.Text,
                    post.Date,
                    post.UserId,
                    post.ParentId,
                    author.Username,
                    author.Avatar,
                    LikesCount: 0,
                    RepliesCount: 0,
                    Liked: false,
                    EditedAt: null,
                    Entities: new EntitiesJson(entities.Json)
                );
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Changes the parent's count of replies; 0 when the parent is gone. The row stays locked until the commit, so
    /// the parent cannot be deleted between this and the reply.
    /// </summary>
    internal static Task<int> CountReplyAsync(PampsDb db, long parentId, int change, CancellationToken ct) =>
        db
            .Posts.Where(x => x.Id == parentId)
            .ExecuteUpdateAsync(x => x.SetProperty(p => p.RepliesCount, p => p.RepliesCount + change), ct);

    internal static Task CountPostAsync(PampsDb db, long userId, int change, CancellationToken ct) =>
        db
            .Users.Where(x => x.Id == userId)
            .ExecuteUpdateAsync(x => x.SetProperty(u => u.PostsCount, u => u.PostsCount + change), ct);
}
