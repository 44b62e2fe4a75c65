using Microsoft.EntityFrameworkCore;
using Pamps.Core.Reads;

namespace Pamps.Core.Events;

/// <summary>Writes down what happened, in the transaction in which it happens.</summary>
internal sealed class EventLog(IDatabase database, TimeProvider time)
{
    /// <summary>A live stream that broke off longer ago than this begins anew, so no row is kept longer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <param name="db">The transaction's.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="userId">The post's author; of a notification, who is told.</param>
    /// <param name="subjectId">The post's id; of a notification, its own.</param>
    /// <param name="parentId">The post that the post replies to, where there is one.</param>
    /// <param name="ct">Gives up.</param>
    public Task RecordAsync(
        PampsDb db,
        EventKind kind,
        long userId,
        long subjectId,
        long? parentId,
        CancellationToken ct
    )
    {
        var (number, now) = ((short)kind, time.Now());
        return database.Dialect == SqlDialect.Postgres
            ? db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO event (tx, kind, user_id, subject_id, parent_id, date)
                VALUES (pg_current_xact_id()::text::bigint, {number}, {userId}, {subjectId}, {parentId}, {now})
                """,
                ct
            )
            : db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO event (tx, kind, user_id, subject_id, parent_id, date)
                VALUES (0, {number}, {userId}, {subjectId}, {parentId}, {now})
                """,
                ct
            );
    }
}
