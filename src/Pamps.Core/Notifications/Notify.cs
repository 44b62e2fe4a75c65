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
internal sealed class Notify(PampsOptions options) : IProjection
{
    /// <summary>Who names so many at once may be advertising.</summary>
    private const int ManyMentions = 5;

    /// <summary>How long little is known of an account.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromDays(7);

    /// <summary>The condition that <c>n</c>, of a post, was put aside.</summary>
    private const string IsAside =
        "n.post_id = @post_id AND EXISTS (SELECT 1 FROM notification_aside h WHERE h.id = n.id)";

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
            case Blocked block:
                write.Then(PutAside.EndAcceptance(block.ActorId, block.UserId));
                break;
            case Muted mute:
                write.Then(PutAside.EndAcceptance(mute.ActorId, mute.UserId));
                break;
        }
    }

    /// <summary>The author of what was answered is told of the reply, and who is named of the mention; who is both, of the reply.</summary>
    private void OfPost(Write write, PostWritten post)
    {
        var isSuspect = IsSuspect(post.HasLinks, post.MentionedIds);
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
            Tell(
                write,
                new Told(kind, userId, post.AuthorId, post.PostId)
                {
                    IsSuspect = isSuspect,
                    IsDirect = kind == NotificationKind.Mention && post.Audience is not null,
                }
            );
        }
    }

    private bool IsSuspect(bool hasLinks, IReadOnlyCollection<long> mentionedIds) =>
        options.Moderation.HoldSpam && (hasLinks || mentionedIds.Count >= ManyMentions);

    /// <summary>
    /// Who is no longer named is no longer told, and nobody is told twice. The rows of those named are still the old ones.
    /// </summary>
    private void OfEdit(Write write, PostEdited post)
    {
        var isSuspect = IsSuspect(post.HasLinks, post.MentionedIds);
        const string wasNamed =
            "EXISTS (SELECT 1 FROM mention m WHERE m.post_id = @post_id AND m.user_id = n.user_id)";
        Hide(
            write,
            $"n.post_id = @post_id AND n.kind = @kind AND NOT {write.Dialect.IsOneOf("n.user_id", "named")} AND {wasNamed}",
            ("post_id", post.PostId),
            ("kind", (short)NotificationKind.Mention),
            write.Dialect.Ids("named", post.MentionedIds)
        );
        if (isSuspect)
        {
            TakeBack(write, post.PostId);
        }
        foreach (var userId in post.MentionedIds.Where(x => x != post.AuthorId).Order())
        {
            TellOnce(
                write,
                new Told(NotificationKind.Mention, userId, post.AuthorId, post.PostId)
                {
                    IsSuspect = isSuspect,
                    IsDirect = post.Audience is not null,
                },
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
    /// Puts aside what was told of a post before it was edited into what would not have been told: a link that comes a minute later is the
    /// same advertising. Who has read of it knows it.
    /// </summary>
    private static void TakeBack(Write write, long postId)
    {
        var which =
            $"n.post_id = @post_id AND n.kind IN ({(short)NotificationKind.Reply}, {(short)NotificationKind.Mention}) AND {PolicySql.IsToBeTakenBack}";
        (string, object?)[] parameters = [("post_id", postId), ("young_since", write.Now - Young)];
        write.Then(
            new Statement(
                $"""
                INSERT INTO notification_aside ({PolicySql.Columns})
                SELECT {PolicySql.Columns} FROM notification n WHERE {which}
                ON CONFLICT DO NOTHING
                """,
                parameters
            ),
            EventLog.RecordOfNotifications(write, EventKind.NotificationGone, IsAside, ("post_id", postId)),
            new Statement($"DELETE FROM notification AS n WHERE {IsAside}", ("post_id", postId))
        );
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
    private static void TellOnce(Write write, Told told, string condition = "true") =>
        Tell(write, told, condition, isOnce: true);

    /// <summary>Tells somebody, or puts it aside for them, as their policy says.</summary>
    /// <param name="write">The operation's.</param>
    /// <param name="told">Who, and of what.</param>
    /// <param name="condition">What must hold besides.</param>
    /// <param name="isOnce">Whether they may have been told of the same before.</param>
    private static void Tell(Write write, Told told, string condition = "true", bool isOnce = false)
    {
        var id = write.NewId();
        (string, object?)[] parameters =
        [
            .. told.Parameters,
            ("id", id),
            ("date", write.Now),
            ("is_direct", told.IsDirect),
            ("new_since", write.Now.AddDays(-EditNotificationPolicy.NewDays)),
            ("young_since", write.Now - Young),
        ];
        write.Then(
            Insert("notification", $"{condition} AND {PolicySql.IsTold(told.IsSuspect)}"),
            isOnce
                ? EventLog.RecordOfNotifications(
                    write,
                    EventKind.Notification,
                    $"{told.Condition} AND {condition}",
                    told.Parameters
                )
                : EventLog.RecordOfNotifications(write, EventKind.Notification, "n.id = @id", ("id", id)),
            Insert(
                "notification_aside",
                $"{condition} AND {PolicySql.IsAside(told.IsSuspect)}"
                    + (isOnce ? $" AND NOT EXISTS (SELECT 1 FROM notification n WHERE {told.Condition})" : "")
            ),
            PolicySql.MakeRoom(write.Dialect, told.UserId, id)
        );

        Statement Insert(string table, string where) =>
            new(
                $"""
                INSERT INTO {table} ({PolicySql.Columns})
                SELECT CAST(@id AS bigint), @user_id, @kind, @actor_id, CAST(@post_id AS bigint), @date
                WHERE {where}
                ON CONFLICT DO NOTHING
                """,
                parameters
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
            ),
            new Statement($"DELETE FROM notification_aside AS n WHERE {which}", parameters)
        );

    private static void Remove(Write write, Told told) =>
        write.Then(
            EventLog.RecordOfNotifications(
                write,
                EventKind.NotificationGone,
                told.Condition,
                told.Parameters
            ),
            new Statement($"DELETE FROM notification AS n WHERE {told.Condition}", told.Parameters),
            new Statement($"DELETE FROM notification_aside AS n WHERE {told.Condition}", told.Parameters)
        );

    /// <summary>Who is told of whose deed: of these there is one notification at most, and unique indexes see to it.</summary>
    private readonly record struct Told(NotificationKind Kind, long UserId, long ActorId, long? PostId = null)
    {
        /// <summary>Whether it is of a post as unasked advertising is.</summary>
        public bool IsSuspect { get; init; }

        /// <summary>Whether it is of a direct post that answers none of theirs.</summary>
        public bool IsDirect { get; init; }

        /// <summary>By all columns of the unique index: a post may have as many as likes.</summary>
        public string Condition =>
            $"{(PostId is null ? "n.post_id IS NULL" : "n.post_id = @post_id")} AND n.user_id = @user_id AND n.actor_id = @actor_id AND n.kind = @kind";

        public (string, object?)[] Parameters =>
            [("post_id", PostId), ("user_id", UserId), ("actor_id", ActorId), ("kind", (short)Kind)];
    }
}
