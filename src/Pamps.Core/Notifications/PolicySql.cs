using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Notifications;

/// <summary>
/// Says of a notification that is made whether it is told, put aside, or dropped. It is decided then, and once: what is put aside is in a table
/// of its own, so that lists, counts and streams of what is told look at nothing new.
/// </summary>
/// <remarks>
/// Who is told is the parameter <c>user_id</c>, whose deed it is <c>actor_id</c>. Nearly nobody has a policy, so that a notification costs one look
/// for a row that is not there.
/// </remarks>
internal static class PolicySql
{
    /// <summary>The most notifications that are kept aside of one person, and of all.</summary>
    public const int MostOfOne = 20;

    public const int Most = 1_000;

    /// <summary>The columns of a notification, told or put aside.</summary>
    public const string Columns = "id, user_id, kind, actor_id, post_id, date";

    private const string IsStranger =
        """NOT EXISTS (SELECT 1 FROM social f WHERE f."from" = @user_id AND f."to" = @actor_id)""";

    private const string IsNoFollower =
        """NOT EXISTS (SELECT 1 FROM social f WHERE f."from" = @actor_id AND f."to" = @user_id)""";

    private static readonly string IsNew = IsYoungerThan("@new_since");

    /// <summary>
    /// Little is known of them: they came a few days ago, or nobody follows them and nobody has ever answered them. What they write is not hidden
    /// for that: it is only not told to strangers at once when it has what unasked advertising has.
    /// </summary>
    private static readonly string IsUntrusted = $"""
        ({IsStranger} AND ({IsYoungerThan("@young_since")} OR (
            (SELECT t.followers_count FROM "user" t WHERE t.id = @actor_id) = 0
            AND NOT EXISTS (
                SELECT 1 FROM notification r WHERE r.user_id = @actor_id AND r.kind = {(short)
            NotificationKind.Reply}
            )
        )))
        """;

    /// <summary>Of whom the user has accepted all, and who keeps order here, everything is told.</summary>
    private const string IsWelcome = """
        (EXISTS (SELECT 1 FROM notification_accepted c WHERE c.user_id = @user_id AND c.actor_id = @actor_id)
            OR EXISTS (SELECT 1 FROM account s WHERE s.user_id = @actor_id AND (s.role > 0 OR s.superuser)))
        """;

    private static readonly string IsHeld = Chooses(PolicyChoice.Aside);
    private static readonly string IsDropped = Chooses(PolicyChoice.Drop);

    private static readonly string HasRoom = $"""
        NOT EXISTS (
            SELECT 1 FROM notification_aside h WHERE h.user_id = @user_id AND h.actor_id = @actor_id LIMIT 1 OFFSET {MostOfOne
            - 1}
        )
        """;

    /// <summary>The condition that it is told.</summary>
    /// <param name="isSuspect">Whether it is of a post as unasked advertising is.</param>
    public static string IsTold(bool isSuspect) => $"(NOT {IsHeldBack(isSuspect)} OR {IsWelcome})";

    /// <summary>The condition that it is put aside.</summary>
    public static string IsAside(bool isSuspect) =>
        $"({IsHeldBack(isSuspect)} AND NOT {IsDropped} AND NOT {IsWelcome} AND {HasRoom})";

    /// <summary>
    /// The statement that makes room when one was put aside, the notification <paramref name="id"/>: the oldest go, so that nobody who fills
    /// the store keeps others out of it for ever.
    /// </summary>
    public static Statement MakeRoom(Dialect dialect, long userId, long id)
    {
        var old = $"""
            SELECT h.id FROM notification_aside h
            WHERE h.user_id = @user_id AND EXISTS (SELECT 1 FROM notification_aside o WHERE o.id = @id)
            ORDER BY h.id DESC LIMIT {MostOfOne} OFFSET {Most}
            """;
        return new(
            $"DELETE FROM notification_aside WHERE {dialect.IsAmong("id", old)}",
            ("user_id", userId),
            ("id", id)
        );
    }

    /// <summary>
    /// The condition that <c>n</c>, of which somebody was told, would be put aside now that its post is as unasked advertising is: not
    /// read, and of somebody of whom little is known.
    /// </summary>
    public static string IsToBeTakenBack { get; } =
        $"""
            n.id > (SELECT r.notifications_read FROM account r WHERE r.user_id = n.user_id)
            AND {OfRow(IsUntrusted)} AND NOT {OfRow(IsWelcome)} AND {OfRow(HasRoom)}
            """;

    /// <summary>A condition of the row <c>n</c> instead of the parameters.</summary>
    private static string OfRow(string condition) =>
        condition.Replace("@user_id", "n.user_id").Replace("@actor_id", "n.actor_id");

    private static string IsHeldBack(bool isSuspect) => isSuspect ? $"({IsHeld} OR {IsUntrusted})" : IsHeld;

    private static string IsYoungerThan(string date) =>
        $"(SELECT t.created_at FROM \"user\" t WHERE t.id = @actor_id) > {date}";

    private static string Chooses(PolicyChoice choice) =>
        $"""
            EXISTS (SELECT 1 FROM notification_policy y WHERE y.user_id = @user_id AND (
                y.not_following >= {(short)choice} AND {IsStranger}
                OR y.not_followers >= {(short)choice} AND {IsNoFollower}
                OR y.new_accounts >= {(short)choice} AND {IsNew}
                OR y.direct >= {(short)choice} AND @is_direct AND {IsStranger}
            ))
            """;
}
