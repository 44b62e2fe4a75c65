using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Data.Postgres;

/// <summary>A transaction for each operation, run again when another transaction was in its way.</summary>
internal sealed class PostgresWriteGate(
    Lazy<IDbContextFactory<PampsDb>> factory,
    PostgresServers servers,
    PostgresBreaker breaker
) : IWriteGate
{
    private const int MaxTries = 10;

    /// <summary>
    /// EF Core takes part of a second to load. One thread does that; who comes meanwhile waits without holding another, or
    /// a crowd of first writers would leave none for those who read.
    /// </summary>
    private readonly Lazy<Task<IDbContextFactory<PampsDb>>> loaded = new(() =>
        Task.Factory.StartNew(
            () =>
            {
                using var db = factory.Value.CreateDbContext();
                _ = db.Model;
                return factory.Value;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously,
            TaskScheduler.Default
        )
    );

    public Task<Result<T>> RunAsync<T>(
        Func<PampsDb, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) =>
        breaker.RunAsync(
            (self: this, operation, cancellationToken),
            static (x, opened) => x.self.TryAsync(x.operation, opened, x.cancellationToken)
        );

    private async Task<Result<T>> TryAsync<T>(
        Func<PampsDb, CancellationToken, Task<Result<T>>> operation,
        CancellationToken opened,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            // Once it is, the caller has been refused.
            opened.ThrowIfCancellationRequested();
            var isCommitting = false;
            try
            {
                var contexts = await loaded.Value.WaitAsync(cancellationToken);
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                db.Database.AutoSavepointsEnabled = false;
                // Contexts are used again, one that an earlier operation was refused with as well.
                BeforeCommit.Of(db).Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var result = await operation(db, cancellationToken);
                if (!result.IsRefused(out _))
                {
                    opened.ThrowIfCancellationRequested();
                    cancellationToken.ThrowIfCancellationRequested();
                    isCommitting = true;
                    await CommitAsync(db, transaction);
                }
                return result;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MaxTries)
            {
                // Somebody took a row away between its reading and its writing.
            }
            catch (Exception exception) when (PostgresFaults.Find(exception) is { } fault)
            {
                // A connection that breaks at the commit, or at what is sent with it, leaves it unknown whether the write
                // was kept: running it again could do it twice, so the caller is told instead.
                if (PostgresFaults.IsBroken(fault))
                {
                    servers.Reconnect();
                }
                var mayTryAgain =
                    attempt < MaxTries
                    && (
                        PostgresFaults.IsRace(fault)
                        || (
                            PostgresFaults.IsTransient(fault)
                            && (!isCommitting || PostgresFaults.IsRefusal(fault))
                            && attempt < 3
                        )
                    );
                if (mayTryAgain)
                {
                    await Task.Delay(Random.Shared.Next(1, 10 * attempt), cancellationToken);
                    continue;
                }
                if (PostgresFaults.IsUnavailable(fault))
                {
                    throw new DatabaseUnavailableException("The database cannot take writes now.", exception);
                }
                throw;
            }
        }
    }

    private static async Task CommitAsync(PampsDb db, IDbContextTransaction transaction)
    {
        var statements = BeforeCommit.Of(db);
        if (statements.Count == 0)
        {
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }
        // In one journey. Where a statement fails, PostgreSQL passes over all that follow, the commit too.
        var own = (NpgsqlTransaction)transaction.GetDbTransaction();
        await using var batch = PositionalSql.Batch([.. statements, new Statement("COMMIT")], own);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
