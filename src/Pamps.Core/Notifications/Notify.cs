using Microsoft.EntityFrameworkCore;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Writes;

namespace Pamps.Core.Notifications;

/// <summary>
/// Tells people of what concerns them, in the transaction of the deed; and takes it back when the deed is undone.
/// Nobody is told of their own deeds.
/// </summary>
/// <remarks>
/// The callers hold the row that the deed changes (the liked post, the written post, the followed user) before they
/// come here, so two deeds that could make or remove the same notification come one after the other, and no lock is
/// waited for in a circle. The unique indexes stand behind that: a notification that is there already stays the one.
/// </remarks>
internal sealed class Notify(WriteSql sql, Ids ids, TimeProvider time, EventLog events)
{
    /// <summary>More than anybody sees at once: a post that many like is deleted without an event for each like.</summary>
    private const int MaxGoneEvents = 100;

    /// <summary>Somebody likes a post, whose row the caller has locked.</summary>
    public async Task OfLikeAsync(PampsDb db, Viewer actor, long postId, CancellationToken ct)
    {
        var id = ids.Next();
        var told = await db
            .Database.SqlQuery<long>(
                $"""
                INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
                SELECT {id}, p.user_id, {(short)NotificationKind.Like}, {actor.Id}, p.id, {time.Now()}
                FROM post p WHERE p.id = {postId} AND p.user_id <> {actor.Id}
                ON CONFLICT (post_id, user_id, actor_id, kind) WHERE post_id IS NOT NULL DO NOTHING
                RETURNING user_id
                """
            )
            .ToListAsync(ct);
        foreach (var userId in told)
        {
            await events.RecordAsync(db, EventKind.Notification, userId, id, parentId: null, ct);
        }
    }

    /// <summary>The like is taken back.</summary>
    public async Task LikeUndoneAsync(PampsDb db, Viewer actor, long postId, CancellationToken ct)
    {
        var author = await AuthorAsync(db, postId, ct);
        // By all columns of the unique index: a post may have as many of these as likes.
        var gone = db.Notifications.Where(x =>
            x.PostId == postId
            && x.UserId == author
            && x.ActorId == actor.Id
            && x.Kind == NotificationKind.Like
        );
        await RemoveAsync(db, gone, ct);
    }

    /// <summary>Somebody follows a user.</summary>
    public async Task OfFollowAsync(PampsDb db, Viewer actor, long userId, CancellationToken ct)
    {
        var id = ids.Next();
        var made = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO notification (id, user_id, kind, actor_id, date)
            VALUES ({id}, {userId}, {(short)NotificationKind.Follow}, {actor.Id}, {time.Now()})
            ON CONFLICT (user_id, actor_id, kind) WHERE post_id IS NULL DO NOTHING
            """,
            ct
        );
        if (made == 1)
        {
            await events.RecordAsync(db, EventKind.Notification, userId, id, parentId: null, ct);
        }
    }

    /// <summary>The follow ends.</summary>
    public Task FollowUndoneAsync(PampsDb db, Viewer actor, long userId, CancellationToken ct) =>
        RemoveAsync(
            db,
            db.Notifications.Where(x =>
                x.PostId == null
                && x.UserId == userId
                && x.ActorId == actor.Id
                && x.Kind == NotificationKind.Follow
            ),
            ct
        );

    /// <summary>
    /// A post is written: the statements that tell the parent's author of the reply, and who is named of the mention. Who
    /// is both is told of the reply.
    /// </summary>
    /// <param name="actor">The post's author.</param>
    /// <param name="postId">The post, whose row comes before these.</param>
    /// <param name="answeredId">Whose post it replies to, whose row the caller has locked; or null.</param>
    /// <param name="mentionedIds">Whom it names, each once; bounded.</param>
    public IEnumerable<Statement> OfPost(
        Viewer actor,
        long postId,
        long? answeredId,
        IReadOnlyCollection<long> mentionedIds
    )
    {
        var told = mentionedIds
            .Where(x => x != answeredId)
            .Select(x => (UserId: x, Kind: NotificationKind.Mention));
        return Tell(
            actor,
            postId,
            answeredId is { } author ? told.Append((author, NotificationKind.Reply)) : told
        );
    }

    /// <summary>
    /// A post was edited: who is no longer named is no longer told, and nobody is told twice.
    /// </summary>
    /// <param name="db">The transaction's.</param>
    /// <param name="actor">The post's author.</param>
    /// <param name="postId">The post, whose row the caller has locked.</param>
    /// <param name="mentionedIds">Whom it names now, each once; bounded.</param>
    /// <param name="ct">Gives up.</param>
    public async Task OfEditAsync(
        PampsDb db,
        Viewer actor,
        long postId,
        IReadOnlyCollection<long> mentionedIds,
        CancellationToken ct
    )
    {
        var standing = db.Notifications.Where(x =>
            x.PostId == postId && (x.Kind == NotificationKind.Reply || x.Kind == NotificationKind.Mention)
        );
        await RemoveAsync(
            db,
            standing.Where(x => x.Kind == NotificationKind.Mention && !mentionedIds.Contains(x.UserId)),
            ct
        );
        var told = await standing.Select(x => x.UserId).ToListAsync(ct);
        Statement[] news =
        [
            .. Tell(actor, postId, mentionedIds.Except(told).Select(x => (x, NotificationKind.Mention))),
        ];
        if (news.Length > 0)
        {
            await sql.ExecuteAsync(db, news, ct);
        }
    }

    /// <summary>
    /// Before a post is deleted, whose row the caller has locked: who was told of it hears that it is gone. The rows
    /// go with the post's. Of many likes only the newest are said: whoever shows the others hears of the post itself.
    /// </summary>
    /// <remarks>
    /// An account's deletion takes its notifications, and those of its deeds, without a word to anybody: there can
    /// be millions. Whoever shows one finds it gone when they next ask.
    /// </remarks>
    public async Task BeforePostIsDeletedAsync(PampsDb db, long postId, CancellationToken ct)
    {
        var gone = await db
            .Notifications.Where(x => x.PostId == postId)
            .OrderBy(x => x.Kind == NotificationKind.Like)
            .ThenByDescending(x => x.Id)
            .Take(MaxGoneEvents)
            .Select(x => new { x.Id, x.UserId })
            .ToListAsync(ct);
        foreach (var notification in gone)
        {
            await RecordGoneAsync(db, notification.Id, notification.UserId, ct);
        }
    }

    private IEnumerable<Statement> Tell(
        Viewer actor,
        long postId,
        IEnumerable<(long UserId, NotificationKind Kind)> told
    )
    {
        // Always in the same order, so that two posts that name the same people lock them in the same order.
        foreach (var (userId, kind) in told.Where(x => x.UserId != actor.Id).OrderBy(x => x.UserId))
        {
            var id = ids.Next();
            yield return new Statement(
                """
                INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
                VALUES (@id, @user_id, @kind, @actor_id, @post_id, @date)
                """,
                ("id", id),
                ("user_id", userId),
                ("kind", (short)kind),
                ("actor_id", actor.Id),
                ("post_id", postId),
                ("date", time.Now())
            );
            yield return events.Record(EventKind.Notification, userId, id, parentId: null);
        }
    }

    private async Task RemoveAsync(PampsDb db, IQueryable<Notification> gone, CancellationToken ct)
    {
        var removed = await gone.Select(x => new { x.Id, x.UserId }).ToListAsync(ct);
        if (removed.Count == 0)
        {
            return;
        }
        await gone.ExecuteDeleteAsync(ct);
        foreach (var notification in removed)
        {
            await RecordGoneAsync(db, notification.Id, notification.UserId, ct);
        }
    }

    private Task RecordGoneAsync(PampsDb db, long id, long userId, CancellationToken ct) =>
        events.RecordAsync(db, EventKind.NotificationGone, userId, id, parentId: null, ct);

    private static Task<long?> AuthorAsync(PampsDb db, long postId, CancellationToken ct) =>
        db.Posts.Where(x => x.Id == postId).Select(x => (long?)x.UserId).SingleOrDefaultAsync(ct);
}
