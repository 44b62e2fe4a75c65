using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Writes;

namespace Pamps.Core.Notifications;

/// <summary>
/// Tells people of what concerns them, in the transaction of the deed; and takes it back when the deed is undone.
/// Nobody is told of their own deeds.
/// </summary>
/// <remarks>
/// Operations hold the row that a deed changes (the liked post, the written post, the followed user) before they
/// record it, so two deeds that could make or remove the same notification come one after the other, and no lock is
/// waited for in a circle. The unique indexes stand behind that: a notification that is there already stays the one.
/// What was read stays when its deed is undone, and is shown no more (<see cref="ReadNotifications.Stands"/>): done again, it is
/// the one that was read, and nobody gets a number at their bell by taking a like back and giving it again.
/// An account's deletion takes its notifications, and those of its deeds, without a word to anybody: there can
/// be millions. Whoever shows one finds it gone when they next ask.
/// </remarks>
internal sealed class Notify : IProjection
{
    /// <summary>More than anybody sees at once: a post that many like is deleted without an event for each like.</summary>
    private const int MaxGoneEvents = 100;

    /// <inheritdoc/>
    public void Apply(DomainEvent happened, Write write)
    {
        switch (happened)
        {
            case PostWritten post:
                OfPost(write, post);
                break;
            case PostEdited post:
                OfEdit(write, post);
                break;
            case PostDeleted post:
                BeforePostIsDeleted(write, post.PostId);
                break;
            case Liked like when like.AuthorId != like.ActorId:
                TellOnce(write, new Told(NotificationKind.Like, like.AuthorId, like.ActorId, like.PostId));
                break;
            case Unliked like:
                Hide(write, new Told(NotificationKind.Like, like.AuthorId, like.ActorId, like.PostId));
                break;
            case Followed follow:
                TellOnce(write, new Told(NotificationKind.Follow, follow.UserId, follow.ActorId));
                break;
            case Unfollowed follow:
                Hide(write, new Told(NotificationKind.Follow, follow.UserId, follow.ActorId));
                break;
            case FollowRequested request:
                TellOnce(write, new Told(NotificationKind.FollowRequest, request.UserId, request.ActorId));
                break;
            case FollowRequestEnded request:
                // Gone for good: who asks again wants another answer.
                Remove(write, new Told(NotificationKind.FollowRequest, request.UserId, request.ActorId));
                break;
        }
    }

    /// <summary>The author of what was answered is told of the reply, and who is named of the mention; who is both, of the reply.</summary>
    private static void OfPost(Write write, PostWritten post)
    {
        var told = post
            .MentionedIds.Where(x => x != post.AnsweredId)
            .Select(x => (x, NotificationKind.Mention));
        if (post.AnsweredId is { } author)
        {
            told = told.Append((author, NotificationKind.Reply));
        }
        // Always in the same order, so that two posts that name the same people lock them in the same order.
        foreach (var (userId, kind) in told.Where(x => x.Item1 != post.AuthorId).OrderBy(x => x.Item1))
        {
            var id = write.NewId();
            write.Then(
                new Statement(
                    """
                    INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
                    VALUES (@id, @user_id, @kind, @actor_id, @post_id, @date)
                    """,
                    ("id", id),
                    ("user_id", userId),
                    ("kind", (short)kind),
                    ("actor_id", post.AuthorId),
                    ("post_id", post.PostId),
                    ("date", write.Now)
                ),
                EventLog.RecordNotified(write, userId, id)
            );
        }
    }

    /// <summary>
    /// Who is no longer named is no longer told, and nobody is told twice. The rows of those named are still the old ones.
    /// </summary>
    private static void OfEdit(Write write, PostEdited post)
    {
        const string wasNamed =
            "EXISTS (SELECT 1 FROM mention m WHERE m.post_id = @post_id AND m.user_id = n.user_id)";
        Hide(
            write,
            $"n.post_id = @post_id AND n.kind = @kind AND NOT {write.Dialect.IsOneOf("n.user_id", "named")} AND {wasNamed}",
            ("post_id", post.PostId),
            ("kind", (short)NotificationKind.Mention),
            write.Dialect.Ids("named", post.MentionedIds)
        );
        foreach (var userId in post.MentionedIds.Where(x => x != post.AuthorId).Order())
        {
            TellOnce(
                write,
                new Told(NotificationKind.Mention, userId, post.AuthorId, post.PostId),
                // The author of what it answers is told of the reply.
                $"""
                NOT EXISTS (SELECT 1 FROM mention m WHERE m.post_id = @post_id AND m.user_id = @user_id)
                AND NOT EXISTS (
                    SELECT 1 FROM notification r WHERE r.post_id = @post_id AND r.user_id = @user_id
                        AND r.actor_id = @actor_id AND r.kind = {(short)NotificationKind.Reply}
                )
                """
            );
        }
    }

    /// <summary>
    /// Who was told of it hears that it is gone. The rows go with the post's. Of many likes only the newest are said: whoever
    /// shows the others hears of the post itself.
    /// </summary>
    private static void BeforePostIsDeleted(Write write, long postId) =>
        write.Then(
            EventLog.RecordOfNotifications(
                write,
                EventKind.NotificationGone,
                $"""
                n.post_id = @post_id
                ORDER BY n.kind = {(short)NotificationKind.Like}, n.id DESC LIMIT {MaxGoneEvents}
                """,
                ("post_id", postId)
            )
        );

    /// <summary>Tells somebody. Who was told of the same before, and it was undone, finds that shown again.</summary>
    private static void TellOnce(Write write, Told told, string condition = "true")
    {
        write.Then(
            new Statement(
                $"""
                INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
                SELECT CAST(@id AS bigint), @user_id, @kind, @actor_id,
                    CAST(@post_id AS bigint), @date
                WHERE {condition}
                ON CONFLICT DO NOTHING
                """,
                [.. told.Parameters, ("id", write.NewId()), ("date", write.Now)]
            ),
            EventLog.RecordOfNotifications(
                write,
                EventKind.Notification,
                $"{told.Condition} AND {condition}",
                told.Parameters
            )
        );
    }

    private static void Hide(Write write, Told told) => Hide(write, told.Condition, told.Parameters);

    /// <summary>Takes back what is undone: what was not read goes, what was read stays for the case that it is done again.</summary>
    private static void Hide(Write write, string which, params (string, object?)[] parameters) =>
        write.Then(
            EventLog.RecordOfNotifications(write, EventKind.NotificationGone, which, parameters),
            new Statement(
                $"""
                DELETE FROM notification AS n WHERE {which}
                    AND n.id > (SELECT r.notifications_read FROM account r WHERE r.user_id = n.user_id)
                """,
                parameters
            )
        );

    private static void Remove(Write write, Told told) =>
        write.Then(
            EventLog.RecordOfNotifications(
                write,
                EventKind.NotificationGone,
                told.Condition,
                told.Parameters
            ),
            new Statement($"DELETE FROM notification AS n WHERE {told.Condition}", told.Parameters)
        );

    /// <summary>Who is told of whose deed: of these there is one notification at most, and unique indexes see to it.</summary>
    private readonly record struct Told(NotificationKind Kind, long UserId, long ActorId, long? PostId = null)
    {
        /// <summary>By all columns of the unique index: a post may have as many as likes.</summary>
        public string Condition =>
            $"{(PostId is null ? "n.post_id IS NULL" : "n.post_id = @post_id")} AND n.user_id = @user_id AND n.actor_id = @actor_id AND n.kind = @kind";

        public (string, object?)[] Parameters =>
            [("post_id", PostId), ("user_id", UserId), ("actor_id", ActorId), ("kind", (short)Kind)];
    }
}
