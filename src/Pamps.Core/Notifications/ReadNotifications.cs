using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;

namespace Pamps.Core.Notifications;

/// <summary>Reads what somebody is told, and how much of it is new.</summary>
public sealed class ReadNotifications
{
    /// <summary>Where counting ends: so many or more.</summary>
    public const int MaxUnread = 100;

    /// <summary>How many pages of what is unread are read at most to count what filters leave of it.</summary>
    private const int MostUnreadPages = 10;

    private const int OwnColumns = 8;

    /// <summary>Who is told sees the post, so it is they who may like it.</summary>
    /// <remarks>
    /// Not EXISTS, nor a join with the reader's row: PostgreSQL would gather everybody's likes beforehand, or walk
    /// all users beside the list.
    /// </remarks>
    private const string Liked = """
        COALESCE((SELECT true FROM "like" l WHERE l.post_id = p.id AND l.user_id = n.user_id), false)
        """;

    private const string IsRead = """
        n.id <= (SELECT r.notifications_read FROM account r WHERE r.user_id = n.user_id)
        """;

    /// <summary>The condition that what <c>n</c> tells of has not been taken back.</summary>
    /// <remarks>Not EXISTS, for the same reason as above.</remarks>
    internal static readonly string Stands = $"""
        CASE n.kind
            WHEN {(short)NotificationKind.Like} THEN COALESCE(
                (SELECT true FROM "like" s WHERE s.post_id = n.post_id AND s.user_id = n.actor_id), false)
            WHEN {(short)NotificationKind.Mention} THEN COALESCE(
                (SELECT true FROM mention s WHERE s.post_id = n.post_id AND s.user_id = n.user_id), false)
            WHEN {(short)NotificationKind.Follow} THEN COALESCE(
                (SELECT true FROM social s WHERE s."from" = n.actor_id AND s."to" = n.user_id), false)
            ELSE true
        END
        """;

    private const string From = $"notification {Joined}";

    private const string Joined = """
        n JOIN "user" a ON a.id = n.actor_id
        LEFT JOIN post p ON p.id = n.post_id LEFT JOIN "user" u ON u.id = p.user_id
        """;

    private static readonly string Columns =
        $"{PostSql.ColumnsWith(Liked, PostSql.ParentUsername(PostSql.VisibleTo("n.user_id", "o")))}, n.kind, n.date, {IsRead}, a.id, a.username, a.avatar, a.bio, a.display_name";

    private static readonly SqlList<NotificationView> List = new(
        Columns,
        From,
        IsFor("@of"),
        "n.id",
        Read,
        of: "n.user_id"
    );

    /// <summary>The same of what was put aside of the user <c>actor</c>.</summary>
    internal static readonly SqlList<NotificationView> Aside = new(
        Columns,
        $"notification_aside {Joined}",
        $"n.user_id = @of AND n.actor_id = @actor AND {IsFor("@of")}",
        "n.id",
        Read
    );

    /// <summary>All that was put aside for the user <c>of</c>, by whose deeds it is: the last one's id and date, and how many they are.</summary>
    internal static readonly string AsideByActor = $"""
        (
            SELECT max(n.id) AS id, n.actor_id, count(*) AS held, max(n.date) AS date
            FROM notification_aside n LEFT JOIN post p ON p.id = n.post_id
            WHERE n.user_id = @of AND {IsFor("@of")}
            GROUP BY n.actor_id
        )
        """;

    /// <summary>
    /// The condition that the user is told: the deed stands, neither blocks the other, the deed is nobody's whose notifications they have muted,
    /// and they may see the post.
    /// </summary>
    /// <param name="user">An expression for the id of who is told.</param>
    internal static string IsFor(string user) =>
        $"""
            {Stands} AND {UserSql.IsSeenById("n.actor_id")} AND {BlockSql.NoneBetween(user, "n.actor_id")} AND {MuteSql.NotSilent(
                user,
                "n.actor_id"
            )}
            AND (p.id IS NULL OR {PostSql.VisibleTo(user)})
            """;

    private readonly Sql sql;
    private readonly FilterPosts filters;

    internal ReadNotifications(ReplicaSql sql, FilterPosts filters) =>
        (this.sql, this.filters) = (sql, filters);

    /// <summary>A page of what the viewer is told, newest first.</summary>
    public async Task<Page<NotificationView>> RunAsync(
        Viewer viewer,
        PageRequest page,
        CancellationToken ct
    ) =>
        await FilterAsync(
            viewer,
            await List.ReadAsync(sql, page, ListOrder.Newest, ct, ("of", viewer.Id)),
            ct
        );

    /// <summary>
    /// How many of them the viewer has not read; counted up to <see cref="MaxUnread"/>. Where filters hide some, only the newest thousand are
    /// looked at.
    /// </summary>
    public async Task<int> CountUnreadAsync(Viewer viewer, CancellationToken ct)
    {
        string Unread(string more = "") =>
            $"""
                WHERE {sql.Dialect.IsInList("n.user_id")} AND {IsFor("@of")}
                    AND n.id > (SELECT r.notifications_read FROM account r WHERE r.user_id = @of)
                    {more}
                ORDER BY {sql.Dialect.OrderInList("n.user_id", "n.id", "DESC")}
                LIMIT @take
                """;
        (string, object?)[] parameters = [("of", viewer.Id), ("take", MaxUnread)];
        if (await filters.HidesAsync(viewer, FilterPlaces.Notifications, ct))
        {
            // No database knows which of them are hidden.
            var count = 0;
            var below = long.MaxValue;
            for (var i = 0; i < MostUnreadPages && count < MaxUnread; i++)
            {
                var some = await sql.ListAsync(
                    $"SELECT n.id, {Columns} FROM {From} {Unread("AND n.id < @below")}",
                    Read,
                    ct,
                    [.. parameters, ("below", below)]
                );
                var page = new Page<NotificationView>(some, null, null);
                count += (await FilterAsync(viewer, page, ct)).Items.Count;
                if (some.Count < MaxUnread)
                {
                    break;
                }
                below = some[^1].Id;
            }
            return Math.Min(count, MaxUnread);
        }
        return await sql.FirstAsync(
            $"""
            SELECT count(*) FROM (
                SELECT 1 FROM notification n LEFT JOIN post p ON p.id = n.post_id
                {Unread()}
            ) unread
            """,
            row => (int)row.GetInt64(0),
            ct,
            parameters
        );
    }

    /// <summary>What a filter hides nobody is told of.</summary>
    private ValueTask<Page<NotificationView>> FilterAsync(
        Viewer viewer,
        Page<NotificationView> page,
        CancellationToken ct
    ) =>
        filters.PageAsync(
            viewer,
            FilterPlaces.Notifications,
            page,
            x => x.Post,
            (x, post) => x with { Post = post },
            ct
        );

    /// <summary>
    /// These notifications by their ids, each as the user sees it who is told; those that are gone are left out.
    /// The caller gives each to its owner alone, and bounds how many it asks for.
    /// </summary>
    public Task<IReadOnlyDictionary<long, NotificationView>> ByIdAsync(
        IReadOnlyCollection<long> ids,
        CancellationToken ct
    ) => ByIdFromAsync(sql, ids, ct);

    /// <summary>The same, read where the caller says: what was just written no replica has yet.</summary>
    internal static async Task<IReadOnlyDictionary<long, NotificationView>> ByIdFromAsync(
        Sql sql,
        IReadOnlyCollection<long> ids,
        CancellationToken ct
    )
    {
        if (ids.Count == 0)
        {
            return new Dictionary<long, NotificationView>();
        }
        var found = await sql.ListAsync(
            $"""
            SELECT n.id, {Columns} FROM {From}
            WHERE {sql.Dialect.IsOneOf("n.id", "ids")} AND {IsFor("n.user_id")}
            """,
            Read,
            ct,
            sql.Dialect.Ids("ids", ids)
        );
        return found.ToDictionary(x => x.Id);
    }

    private static NotificationView Read(DbDataReader row)
    {
        // Behind the post's columns, however many those are.
        var own = row.FieldCount - OwnColumns;
        return new NotificationView(
            Id: row.GetInt64(0),
            Kind: (NotificationKind)row.GetInt16(own),
            Date: row.GetUtc(own + 1),
            IsRead: row.GetBoolean(own + 2),
            User: UserRows.ReadAt(row, own + 3),
            Post: row.IsDBNull(1) ? null : PostSql.Read(row)
        );
    }
}
