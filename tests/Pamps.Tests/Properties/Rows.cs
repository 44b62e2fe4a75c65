using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;
using Pamps.Tests.Notifications;

namespace Pamps.Tests.Properties;

/// <summary>Puts rows into the database by hand, with ids that a test chooses.</summary>
internal static class Rows
{
    private static readonly DateTime Date = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task AddUsersAsync(PampsServer pamps, IReadOnlyCollection<long> ids)
    {
        await InsertAsync(
            pamps,
            "user",
            "id username username_key created_at posts_count followers_count following_count",
            ids.Select(id => new object?[] { id, $"user_{id}", $"user_{id}", Date, 0L, 0L, 0L })
        );
        await InsertAsync(
            pamps,
            "account",
            "user_id email email_key password",
            ids.Select(id => new object?[] { id, $"user_{id}@example.org", $"user_{id}@example.org", "" })
        );
    }

    public static Task AddPostsAsync(
        PampsServer pamps,
        IEnumerable<(long Id, long UserId, long? ParentId)> posts
    ) =>
        InsertAsync(
            pamps,
            "post",
            "id text date user_id parent_id edited_at likes_count replies_count",
            posts.Select(x =>
                new object?[] { x.Id, $"text {x.Id}", Date, x.UserId, x.ParentId, null, 0L, 1L }
            )
        );

    public static Task AddFollowsAsync(
        PampsServer pamps,
        IEnumerable<(long Id, long From, long To)> follows
    ) =>
        InsertAsync(
            pamps,
            "social",
            "id from to date",
            follows.Select(x => new object?[] { x.Id, x.From, x.To, Date })
        );

    public static Task AddHashtagsAsync(PampsServer pamps, IEnumerable<(string Tag, long PostId)> hashtags) =>
        InsertAsync(pamps, "hashtag", "tag post_id", hashtags.Select(x => new object?[] { x.Tag, x.PostId }));

    public static Task AddLikesAsync(
        PampsServer pamps,
        IEnumerable<(long Id, long UserId, long PostId)> likes
    ) =>
        InsertAsync(
            pamps,
            "like",
            "id user_id post_id date",
            likes.Select(x => new object?[] { x.Id, x.UserId, x.PostId, Date })
        );

    /// <summary>One for each like of somebody else's post, and one for this user, whom everybody asks to follow.</summary>
    public static Task AddNotificationsAsync(PampsServer pamps, long askedByAll) =>
        pamps.ExecuteAsync(
            $"""
            INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
            SELECT k.id, p.user_id, 1, k.user_id, k.post_id, k.date
            FROM "like" k JOIN post p ON p.id = k.post_id WHERE p.user_id <> k.user_id;
            INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
            SELECT u.id, {askedByAll}, 5, u.id, NULL, u.created_at
            FROM "user" u WHERE u.id <> {askedByAll}
            """
        );

    /// <summary>One for each post: its author's, good for long.</summary>
    public static Task AddLoginsAsync(PampsServer pamps) =>
        pamps.ExecuteAsync(
            """
            INSERT INTO login (id, user_id, refresh_jti, created_at, expires_at)
            SELECT p.id, p.user_id, 'jti', l.created_at, l.expires_at
            FROM post p CROSS JOIN (SELECT created_at, expires_at FROM login LIMIT 1) l
            """
        );

    /// <summary>What each post's author was answered when they wrote it, with a key.</summary>
    public static Task AddAnswersAsync(PampsServer pamps) =>
        pamps.ExecuteAsync(
            """
            INSERT INTO idempotency (user_id, key, fingerprint, answer, created_at)
            SELECT p.user_id, 'key ' || p.id, 'fingerprint', '{}', l.created_at
            FROM post p CROSS JOIN (SELECT created_at FROM login LIMIT 1) l
            """
        );

    /// <summary>A failed sign-in under as many names as there are posts.</summary>
    public static Task AddFailuresAsync(PampsServer pamps) =>
        pamps.ExecuteAsync(
            """
            INSERT INTO sign_in_failure (key, count, since)
            SELECT 'key ' || p.id, 1, l.created_at
            FROM post p CROSS JOIN (SELECT created_at FROM login LIMIT 1) l
            """
        );

    /// <summary>An allowance of as many accounts as there are posts, half of them whole again.</summary>
    public static Task AddAllowancesAsync(PampsServer pamps) =>
        pamps.ExecuteAsync(
            """
            INSERT INTO allowance (owner, deed, spent_until, may_be_spent_until)
            SELECT p.id, 2, (p.id % 2) * 9007199254740991, 9007199254740991 FROM post p
            """
        );

    /// <summary>As many addresses that accounts were signed in to from.</summary>
    public static Task AddPlacesAsync(PampsServer pamps) =>
        pamps.ExecuteAsync(
            """
            INSERT INTO known_address (key, last_used_at)
            SELECT 'key ' || p.id, l.created_at
            FROM post p CROSS JOIN (SELECT created_at FROM login LIMIT 1) l
            """
        );

    /// <summary>
    /// For each post a row of the security log that concerns its author: a thousandth are starts of the server, half of the rest
    /// sign-ins that failed.
    /// </summary>
    public static Task AddSecurityEventsAsync(PampsServer pamps) =>
        pamps.ExecuteAsync(
            """
            INSERT INTO security_event (id, key, kind, user_id, actor_id, detail, count, created_at, last_at)
            SELECT p.id, 'key ' || p.id,
                CASE WHEN p.id % 1000 = 0 THEN 'settings_at_start' WHEN p.id % 2 = 0 THEN 'sign_in' ELSE 'sign_in_failed' END,
                p.user_id, p.user_id, 'detail', 1, l.created_at, l.created_at
            FROM post p CROSS JOIN (SELECT created_at FROM login LIMIT 1) l
            """
        );

    private static Task InsertAsync(
        PampsServer pamps,
        string table,
        string columns,
        IEnumerable<object?[]> rows
    ) =>
        pamps
            .Services.GetRequiredService<IDatabase>()
            .InsertManyAsync(table, columns.Split(' '), rows, TestContext.Current.CancellationToken);
}
