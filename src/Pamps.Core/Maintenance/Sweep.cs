using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Pamps.Core.Events;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Streaming;
using Pamps.Core.Writes;

namespace Pamps.Core.Maintenance;

/// <summary>
/// Throws away what has expired: logins nobody prolonged, answers kept for repeated requests, and events that no live
/// stream goes back to.
/// </summary>
public sealed class Sweep
{
    private const int Batch = 500;
    private const int EventBatch = 1_000;

    private readonly IWriteGate writes;
    private readonly IDatabase database;
    private readonly TimeProvider time;

    internal Sweep(IWriteGate writes, IDatabase database, TimeProvider time) =>
        (this.writes, this.database, this.time) = (writes, database, time);

    /// <summary>Deletes all that has expired, in small transactions so that nobody waits; answers how many rows.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        int rows;
        do
        {
            var batch = await writes.RunAsync<int>(
                async (db, ct) =>
                {
                    var now = time.Now();
                    var oldest = now - IdempotencyKey.Lifetime;
                    var logins = db
                        .Logins.Where(x => x.ExpiresAt < now)
                        .OrderBy(x => x.ExpiresAt)
                        .Take(Batch);
                    var answers = db.Answers.Where(x => x.CreatedAt < oldest);
                    return await db.Logins.Where(x => logins.Any(l => l.Id == x.Id)).ExecuteDeleteAsync(ct)
                        + await answers.OrderBy(x => x.CreatedAt).Take(Batch).ExecuteDeleteAsync(ct);
                },
                cancellationToken
            );
            rows = batch.Value;
            swept += rows;
        } while (rows > 0);
        return swept + await EventsAsync(cancellationToken);
    }

    /// <summary>The last event stays however old it is: a quiet night leaves every listener's place known.</summary>
    private async Task<int> EventsAsync(CancellationToken cancellationToken)
    {
        var old = $$"""
            SELECT o.id FROM event o
            WHERE o.date < {0} AND o.id IS DISTINCT FROM (
                SELECT e.id FROM event e WHERE {{EventReader.IsSettled(database.Dialect)}}
                ORDER BY e.tx DESC, e.id DESC LIMIT 1
            )
            ORDER BY o.date LIMIT {1}
            """;
        // Of a subquery in IN, PostgreSQL makes a join that reads the whole table for each batch.
        var isOld = database.Dialect == SqlDialect.Postgres ? $"id = ANY (ARRAY ({old}))" : $"id IN ({old})";
        var statement = FormattableStringFactory.Create(
            $"DELETE FROM event WHERE {isOld}",
            time.Now() - EventLog.Lifetime,
            EventBatch
        );
        var swept = 0;
        int rows;
        do
        {
            var batch = await writes.RunAsync<int>(
                async (db, ct) => await db.Database.ExecuteSqlAsync(statement, ct),
                cancellationToken
            );
            rows = batch.Value;
            swept += rows;
        } while (rows > 0);
        return swept;
    }
}
