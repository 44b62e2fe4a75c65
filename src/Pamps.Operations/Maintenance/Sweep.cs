using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Results;
using Pamps.Core.Streaming;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Maintenance;

/// <summary>
/// Throws away what has expired: logins nobody prolonged, answers kept for repeated requests, failed sign-ins that count no
/// more, and events that no live stream goes back to.
/// </summary>
public sealed class Sweep
{
    private const int Batch = 500;
    private const int EventBatch = 1_000;

    private readonly IWriteGate writes;
    private readonly IDatabase database;
    private readonly PampsOptions options;
    private readonly TimeProvider time;

    internal Sweep(IWriteGate writes, IDatabase database, PampsOptions options, TimeProvider time) =>
        (this.writes, this.database, this.options, this.time) = (writes, database, options, time);

    /// <summary>Deletes all that has expired, in small transactions so that nobody waits; answers how many rows.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.Now();
        // An answer's key is of two columns; where its row lies is one value.
        var place = database.Dialect == SqlDialect.Postgres ? "ctid" : "rowid";
        return await DeleteAsync(
                "login",
                "id",
                "SELECT o.id FROM login o WHERE o.expires_at < {0} ORDER BY o.expires_at LIMIT {1}",
                now,
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "idempotency",
                place,
                $$"""
                SELECT o.{{place}} FROM idempotency o WHERE o.created_at < {0} ORDER BY o.created_at LIMIT {1}
                """,
                now - IdempotencyKey.Lifetime,
                Batch,
                cancellationToken
            )
            + await DeleteAsync(
                "sign_in_failure",
                "key",
                "SELECT o.key FROM sign_in_failure o WHERE o.since < {0} ORDER BY o.since LIMIT {1}",
                now - SignInFailures.WindowOf(options),
                Batch,
                cancellationToken
            )
            // The last event stays however old it is: a quiet night leaves every listener's place known.
            + await DeleteAsync(
                "event",
                "id",
                $$"""
                SELECT o.id FROM event o
                WHERE o.date < {0} AND o.id IS DISTINCT FROM (
                    SELECT e.id FROM event e WHERE {{EventReader.IsSettled(database.Dialect)}}
                    ORDER BY e.tx DESC, e.id DESC LIMIT 1
                )
                ORDER BY o.date LIMIT {1}
                """,
                now - EventLog.Lifetime,
                EventBatch,
                cancellationToken
            );
    }

    /// <summary>Deletes rows in batches until none is left.</summary>
    /// <param name="table">Where; trusted, like the next two.</param>
    /// <param name="column">The column by which a row is found.</param>
    /// <param name="old">Selects that column of the oldest rows: those before {0}, at most {1}.</param>
    /// <param name="before">What {0} is.</param>
    /// <param name="take">What {1} is.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    private async Task<int> DeleteAsync(
        string table,
        string column,
        string old,
        DateTime before,
        int take,
        CancellationToken cancellationToken
    )
    {
        // Of a subquery in IN, PostgreSQL makes a join that reads the whole table for each batch.
        var isOld =
            database.Dialect == SqlDialect.Postgres
                ? $"{column} = ANY (ARRAY ({old}))"
                : $"{column} IN ({old})";
        var statement = FormattableStringFactory.Create($"DELETE FROM {table} WHERE {isOld}", before, take);
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
