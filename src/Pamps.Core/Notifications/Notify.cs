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
                TellOnce(write, NotificationKind.Like, like.AuthorId, like.ActorId, like.PostId);
                break;
            case Unliked like:
                // By all columns of the unique index: a post may have as many of these as likes.
                Remove(
                    write,
                    "n.post_id = @post_id AND n.user_id = @user_id AND n.actor_id = @actor_id AND n.kind = @kind",
                    ("post_id", like.PostId),
                    ("user_id", like.AuthorId),
                    ("actor_id", like.ActorId),
                    ("kind", (short)NotificationKind.Like)
                );
                break;
            case Followed follow:
                TellOnce(write, NotificationKind.Follow, follow.UserId, follow.ActorId, postId: null);
                break;
            case Unfollowed follow:
                RemoveOf(write, NotificationKind.Follow, follow.UserId, follow.ActorId);
                break;
            case FollowRequested request:
                TellOnce(
                    write,
                    NotificationKind.FollowRequest,
                    request.UserId,
                    request.ActorId,
                    postId: null
                );
                break;
            case FollowRequestEnded request:
                RemoveOf(write, NotificationKind.FollowRequest, request.UserId, request.ActorId);
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

    /// <summary>Who is no longer named is no longer told, and nobody is told twice.</summary>
    private static void OfEdit(Write write, PostEdited post)
    {
        Remove(
            write,
            $"n.post_id = @post_id AND n.kind = @kind AND NOT {write.Dialect.IsOneOf("n.user_id", "named")}",
            ("post_id", post.PostId),
            ("kind", (short)NotificationKind.Mention),
            write.Dialect.Ids("named", post.MentionedIds)
        );
        foreach (var userId in post.MentionedIds.Where(x => x != post.AuthorId).Order())
        {
            TellOnce(
                write,
                NotificationKind.Mention,
                userId,
                post.AuthorId,
                post.PostId,
                // The author of what it answers is told of the reply.
                $"""
                NOT EXISTS (
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

    /// <summary>Tells somebody, unless they have been told already.</summary>
    private static void TellOnce(
        Write write,
        NotificationKind kind,
        long userId,
        long actorId,
        long? postId,
        string condition = "true"
    )
    {
        var id = write.NewId();
        write.Then(
            new Statement(
                $"""
                INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
                SELECT CAST(@id AS bigint), @user_id, @kind, @actor_id,
                    CAST(@post_id AS bigint), @date
                WHERE {condition}
                ON CONFLICT DO NOTHING
                """,
                ("id", id),
                ("user_id", userId),
                ("kind", (short)kind),
                ("actor_id", actorId),
                ("post_id", postId),
                ("date", write.Now)
            ),
            EventLog.RecordOfNotifications(write, EventKind.Notification, "n.id = @id", ("id", id))
        );
    }

    /// <summary>Of a deed that is about no post.</summary>
    private static void RemoveOf(Write write, NotificationKind kind, long userId, long actorId) =>
        Remove(
            write,
            "n.post_id IS NULL AND n.user_id = @user_id AND n.actor_id = @actor_id AND n.kind = @kind",
            ("user_id", userId),
            ("actor_id", actorId),
            ("kind", (short)kind)
        );

    private static void Remove(Write write, string which, params (string, object?)[] parameters) =>
        write.Then(
            EventLog.RecordOfNotifications(write, EventKind.NotificationGone, which, parameters),
            new Statement($"DELETE FROM notification AS n WHERE {which}", parameters)
        );
}
