using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;

namespace Pamps.Core.Moderation;

/// <summary>How reports and what followed from them become views.</summary>
internal static class ModerationSql
{
    /// <summary>The reports whose ids a moderator sees: of who is still here, or is suspended.</summary>
    private const string From = $"""
        report r JOIN "user" u ON u.id = r.user_id AND {UserSql.IsHere}
        LEFT JOIN "user" w ON w.id = r.reporter_id AND w.deleted_at IS NULL
        LEFT JOIN "user" c ON c.id = r.closed_by AND c.deleted_at IS NULL
        """;

    private const string Columns = $"""
        {UserRows.Columns}, w.id, w.username, w.avatar, w.bio, w.display_name, r.category, r.text,
        (SELECT count(*) FROM report_post q WHERE q.report_id = r.id), r.created_at, r.closed_at, r.dismissed, c.username, r.rule
        """;

    /// <summary>What was done <c>m</c>, with who did it.</summary>
    public const string Actions =
        "moderation m LEFT JOIN \"user\" b ON b.id = m.actor_id AND b.deleted_at IS NULL";

    /// <summary>What <see cref="ReadAction"/> reads after the id.</summary>
    public const string ActionColumns =
        "m.kind, b.username, m.report_id, m.message, m.created_at, m.seen_at, m.appeal, m.appealed_at, m.appeal_closed_at, m.appeal_accepted";

    /// <summary>How many these are.</summary>
    public const int ActionCount = 10;

    /// <summary>Who is reported does not see by whom, whatever their role.</summary>
    private const string OfOthers = "r.user_id <> @viewer";

    /// <summary>What <see cref="ReadPerson"/> reads.</summary>
    public const string PersonColumns = $"""
        {UserRows.Columns}, a.superuser, a.role, u.created_at, u.silenced_at, u.suspended_at, u.erase_at,
        (SELECT count(*) FROM report r WHERE r.user_id = u.id AND r.closed_at IS NULL)
        """;

    /// <summary>How many these are.</summary>
    public const int PersonCount = 12;

    /// <summary>There is no such report.</summary>
    public static readonly Error ReportNotFound = new(
        ErrorKind.NotFound,
        "report_not_found",
        "Report not found"
    );

    /// <summary>Reports, open or closed ones; an open one of a report's own table is found by its index.</summary>
    public static SqlList<ReportView> Reports(bool open) =>
        new(Columns, From, $"r.closed_at IS {(open ? "" : "NOT ")}NULL AND {OfOthers}", "r.id", ReadReport);

    /// <summary>The statement's text for the report <c>id</c>.</summary>
    public static string One => $"SELECT r.id, {Columns} FROM {From} WHERE r.id = @id AND {OfOthers}";

    /// <summary>The statement's text for how the user of a condition on <c>u</c> stands.</summary>
    public static string Person(string condition) =>
        $"SELECT {PersonColumns} FROM {UserSql.WithAccount} WHERE {condition} AND {UserSql.IsHere} AND NOT ({UserSql.Waits})";

    /// <summary>The condition that the person may know of it.</summary>
    public static readonly string IsTold = $"m.kind <> {(int)ModerationKind.Note}";

    /// <summary>What was done to the user <c>of</c>.</summary>
    public static SqlList<ModerationView> History(string where = "true") =>
        new(ActionColumns, Actions, where, "m.id", ReadAction, of: "m.user_id");

    public static ReportView ReadReport(DbDataReader row) =>
        new(
            row.GetInt64(0),
            UserRows.ReadAt(row, 1),
            row.IsDBNull(6) ? null : UserRows.ReadAt(row, 6),
            (ReportCategory)row.GetInt16(11),
            row.GetStringOrNull(12),
            (int)row.GetInt64(13),
            row.GetUtc(14),
            row.GetUtcOrNull(15),
            row.GetBoolean(16),
            row.GetStringOrNull(17),
            row.IsDBNull(18) ? null : row.GetInt16(18)
        );

    public static PersonView ReadPerson(DbDataReader row) =>
        new(
            UserRows.ReadAt(row, 0),
            Roles.Of(row.GetBoolean(5), row.GetInt16(6)),
            row.GetUtc(7),
            row.GetUtcOrNull(8),
            row.GetUtcOrNull(9),
            row.GetUtcOrNull(10),
            (int)row.GetInt64(11)
        );

    public static ReportedPost ReadPost(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetUtc(2), (Visibility)row.GetInt16(3), row.GetBoolean(4));

    public static ModerationView ReadAction(DbDataReader row) =>
        new(
            row.GetInt64(0),
            (ModerationKind)row.GetInt16(1),
            row.GetStringOrNull(2),
            row.GetInt64OrNull(3),
            row.GetStringOrNull(4),
            row.GetUtc(5),
            row.GetUtcOrNull(6)
        )
        {
            Appeal = row.GetStringOrNull(7),
            AppealedAt = row.GetUtcOrNull(8),
            AppealClosedAt = row.GetUtcOrNull(9),
            AppealAccepted = row.GetBoolean(10),
        };
}
