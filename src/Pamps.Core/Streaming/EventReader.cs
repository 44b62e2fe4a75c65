using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Reads;

namespace Pamps.Core.Streaming;

/// <summary>A row of the table <c>event</c>, as the feed reads it.</summary>
internal readonly record struct EventRow(
    EventPlace Place,
    EventKind Kind,
    long UserId,
    long SubjectId,
    long? ParentId
);

/// <summary>Reads events in the order of their places.</summary>
internal sealed class EventReader(Sql sql)
{
    private const string Columns = "e.tx, e.id, e.kind, e.user_id, e.subject_id, e.parent_id";

    /// <summary>
    /// PostgreSQL's transactions commit in another order than they begin. Passed are only those that began before
    /// every one still running: what commits later has a later place.
    /// </summary>
    internal static string IsSettled(SqlDialect dialect) =>
        dialect == SqlDialect.Postgres
            ? "e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
            : "true";

    private string Order => sql.Dialect == SqlDialect.Postgres ? "e.tx, e.id" : "e.id";

    /// <summary>
    /// SQLite would compare pairs by their first part only to find where to begin, which there is the same for all.
    /// </summary>
    private string IsAfterFrom =>
        sql.Dialect == SqlDialect.Postgres ? "(e.tx, e.id) > (@tx, @id)" : "e.id > @id";

    private string IsBetween =>
        sql.Dialect == SqlDialect.Postgres
            ? "(e.tx, e.id) > (@tx, @id) AND (e.tx, e.id) <= (@to_tx, @to_id)"
            : "e.id > @id AND e.id <= @to_id";

    /// <summary>The last place there is.</summary>
    public Task<EventPlace> NewestAsync(CancellationToken ct) =>
        sql.FirstAsync(
            $"SELECT e.tx, e.id FROM event e WHERE {IsSettled(sql.Dialect)} ORDER BY e.tx DESC, e.id DESC LIMIT 1",
            ReadPlace,
            ct
        );

    /// <summary>What comes after a place, at most so many.</summary>
    public Task<List<EventRow>> AfterAsync(EventPlace place, int take, CancellationToken ct) =>
        sql.ListAsync(
            $"""
            SELECT {Columns} FROM event e
            WHERE {IsAfterFrom} AND {IsSettled(sql.Dialect)}
            ORDER BY {Order} LIMIT @take
            """,
            Read,
            ct,
            ("tx", place.Tx),
            ("id", place.Id),
            ("take", take)
        );

    /// <summary>Whether there are events after a place, though they may not be passed yet.</summary>
    public async Task<bool> IsAnyAfterAsync(EventPlace place, CancellationToken ct) =>
        sql.Dialect == SqlDialect.Postgres
        && await sql.FirstAsync(
            $"SELECT 1 FROM event e WHERE {IsAfterFrom} LIMIT 1",
            _ => true,
            ct,
            ("tx", place.Tx),
            ("id", place.Id)
        );

    /// <summary>Whether the event of that place is still kept.</summary>
    public Task<bool> IsKeptAsync(EventPlace place, CancellationToken ct) =>
        sql.FirstAsync(
            "SELECT 1 FROM event e WHERE e.tx = @tx AND e.id = @id",
            _ => true,
            ct,
            ("tx", place.Tx),
            ("id", place.Id)
        );

    /// <summary>Whether more than so many events lie between two places.</summary>
    public Task<bool> IsFartherAsync(EventPlace from, EventPlace to, int most, CancellationToken ct) =>
        sql.FirstAsync(
            $"""
            SELECT 1 FROM event e WHERE {IsBetween}
            ORDER BY {Order} LIMIT 1 OFFSET @most
            """,
            _ => true,
            ct,
            ("tx", from.Tx),
            ("id", from.Id),
            ("to_tx", to.Tx),
            ("to_id", to.Id),
            ("most", most)
        );

    /// <summary>What concerns one user after a place and up to another, at most so many.</summary>
    public Task<List<EventRow>> BetweenAsync(
        EventPlace from,
        EventPlace to,
        long userId,
        int take,
        CancellationToken ct
    ) =>
        sql.ListAsync(
            $"""
            SELECT {Columns} FROM event e
            WHERE {IsBetween} AND (
                e.user_id = @viewer
                OR e.kind <= {(int)EventKind.Delete} AND EXISTS (
                    SELECT 1 FROM social s WHERE s."from" = @viewer AND s."to" = e.user_id
                )
            )
            ORDER BY {Order} LIMIT @take
            """,
            Read,
            ct,
            ("tx", from.Tx),
            ("id", from.Id),
            ("to_tx", to.Tx),
            ("to_id", to.Id),
            ("viewer", userId),
            ("take", take)
        );

    private static EventPlace ReadPlace(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1));

    private static EventRow Read(DbDataReader row) =>
        new(
            ReadPlace(row),
            (EventKind)row.GetInt16(2),
            row.GetInt64(3),
            row.GetInt64(4),
            row.GetInt64OrNull(5)
        );
}
