using System.Data.Common;
using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Streaming;

/// <summary>What happened, as the table <c>event</c> keeps it.</summary>
/// <param name="Place">Where it stands in the order of events.</param>
/// <param name="Kind">What.</param>
/// <param name="UserId">Whose deed it is; of a notification, and of what the server did for somebody, who is told.</param>
/// <param name="SubjectId">What it was done to: a post, a user, a notification, a login, an import. It may be gone by now.</param>
/// <param name="ParentId">The post that the post replies to, where there is one.</param>
/// <param name="Audience">Who is told of a post that is for some people only; null when it is for who follows its author.</param>
public readonly record struct EventRow(
    EventPlace Place,
    EventKind Kind,
    long UserId,
    long SubjectId,
    long? ParentId,
    IReadOnlyCollection<long>? Audience
);

/// <summary>Reads events in the order of their places.</summary>
internal sealed class EventReader(Sql sql)
{
    private const string Columns = "e.tx, e.id, e.kind, e.user_id, e.subject_id, e.parent_id, e.audience";

    /// <summary>The last place there is.</summary>
    public Task<EventPlace> NewestAsync(CancellationToken ct) =>
        sql.FirstAsync(
            $"SELECT e.tx, e.id FROM event e WHERE {sql.Dialect.IsSettled} ORDER BY e.tx DESC, e.id DESC LIMIT 1",
            ReadPlace,
            ct
        );

    /// <summary>What comes after a place, at most so many.</summary>
    public Task<List<EventRow>> AfterAsync(EventPlace place, int take, CancellationToken ct) =>
        sql.ListAsync(
            $"""
            SELECT {Columns} FROM event e
            WHERE {sql.Dialect.IsAfterPlace} AND {sql.Dialect.IsSettled}
            ORDER BY {sql.Dialect.PlaceOrder} LIMIT @take
            """,
            Read,
            ct,
            ("tx", place.Tx),
            ("id", place.Id),
            ("take", take)
        );

    /// <summary>Whether there are events after a place, though they may not be passed yet.</summary>
    public async Task<bool> IsAnyAfterAsync(EventPlace place, CancellationToken ct) =>
        sql.Dialect.SettlesLate
        && await sql.FirstAsync(
            $"SELECT 1 FROM event e WHERE {sql.Dialect.IsAfterPlace} LIMIT 1",
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
            SELECT 1 FROM event e WHERE {sql.Dialect.IsBetweenPlaces}
            ORDER BY {sql.Dialect.PlaceOrder} LIMIT 1 OFFSET @most
            """,
            _ => true,
            ct,
            ("tx", from.Tx),
            ("id", from.Id),
            ("to_tx", to.Tx),
            ("to_id", to.Id),
            ("most", most)
        );

    /// <summary>What a stream tells one user, of what happened after a place and up to another; at most so many.</summary>
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
            WHERE {sql.Dialect.IsBetweenPlaces} AND (
                e.user_id = @viewer AND (
                    e.kind <= {(int)EventKind.NotificationGone}
                    OR e.kind IN ({(int)EventKind.ArchiveEnded}, {(int)EventKind.ImportEnded})
                )
                OR e.kind <= {(int)EventKind.Delete} AND e.audience IS NULL AND EXISTS (
                    SELECT 1 FROM social s WHERE s."from" = @viewer AND s."to" = e.user_id
                ) AND {MuteSql.None("@viewer", "e.user_id")}
                OR e.audience LIKE '%,' || @viewer || ',%' AND {BlockSql.NoneBetween("@viewer", "e.user_id")}
                    AND {MuteSql.None("@viewer", "e.user_id")}
            )
            ORDER BY {sql.Dialect.PlaceOrder} LIMIT @take
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
            row.GetInt64OrNull(5),
            row.GetStringOrNull(6) is { } ids
                ?
                [
                    .. ids.Split(',', StringSplitOptions.RemoveEmptyEntries)
                        .Select(x => long.Parse(x, CultureInfo.InvariantCulture)),
                ]
                : null
        );
}
