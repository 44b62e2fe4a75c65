using System.Data.Common;
using Npgsql;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Data.Postgres;

/// <summary>A transaction for each operation, run again when another transaction was in its way.</summary>
internal sealed class PostgresWriteGate(PostgresServers servers, PostgresBreaker breaker) : IWriteGate
{
    private const int MaxTries = 10;

    public bool RunsAtOnce => true;

    public Task<Result<T>> RunAsync<T>(
        Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
        CancellationToken cancellationToken
    ) =>
        breaker.RunAsync((self: this, operation, cancellationToken), static (x, opened) =>
            x.self.TryAsync(x.operation, opened, x.cancellationToken)
        );

    public async Task<(bool IsDone, T? Value)> RunAtOnceAsync<T>(
        WholeWrite<T> write,
        CancellationToken cancellationToken
    )
    {
        var sending = new Sending<T>(write, cancellationToken);
        try
        {
            return await breaker.RunAsync((self: this, sending), static (x, opened) =>
                x.self.SendAsync(x.sending, opened)
            );
        }
        catch (Exception exception)
            when (exception is not DatabaseUnavailableException && PostgresFaults.Find(exception) is { } fault
            )
        {
            if (PostgresFaults.IsBroken(fault))
            {
                servers.Reconnect();
            }
            // Where it is unknown whether it was kept, a claim tells whoever tries again.
            var mayTryAgain = !sending.IsSent || write.Claim is not null || PostgresFaults.IsRefusal(fault);
            if (PostgresFaults.IsRace(fault) || PostgresFaults.IsTransient(fault) && mayTryAgain)
            {
                return default;
            }
            if (PostgresFaults.IsUnavailable(fault))
            {
                throw new DatabaseUnavailableException("The database cannot take writes now.", exception);
            }
            throw;
        }
    }

    private async Task<(bool IsDone, T? Value)> SendAsync<T>(Sending<T> sending, CancellationToken opened)
    {
        await using var connection = await servers.Primary.OpenConnectionAsync(sending.CancellationToken);
        opened.ThrowIfCancellationRequested();
        sending.CancellationToken.ThrowIfCancellationRequested();
        sending.IsSent = true;
        // It is the commit, too.
        return await breaker.Statements.ReadAsync(
            connection,
            [sending.Statement],
            ahead: 0,
            async (rows, token) => await rows.ReadAsync(token) ? (true, sending.ReadRow(rows)) : default,
            CancellationToken.None
        );
    }

    private async Task<Result<T>> TryAsync<T>(
        Func<WriteTransaction, CancellationToken, Task<Result<T>>> operation,
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
                await using var connection = await servers.Primary.OpenConnectionAsync(cancellationToken);
                await using var transaction = new PostgresTransaction(connection, breaker.Statements);
                var write = new WriteTransaction(transaction);
                var result = await operation(write, cancellationToken);
                if (!result.IsRefused(out _))
                {
                    opened.ThrowIfCancellationRequested();
                    cancellationToken.ThrowIfCancellationRequested();
                    isCommitting = true;
                    await transaction.CommitAsync(write.Last);
                }
                return result;
            }
            catch (OvertakenException) when (attempt < MaxTries)
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

    private sealed class Sending<T>(WholeWrite<T> write, CancellationToken cancellationToken)
    {
        public Statement Statement { get; } = WholeStatement.Of(write.Look, write.Claim, write.Statements);

        public Func<DbDataReader, T> ReadRow => write.ReadRow;

        public CancellationToken CancellationToken => cancellationToken;

        /// <summary>From then on it is unknown what comes of it, until PostgreSQL says so.</summary>
        public bool IsSent { get; set; }
    }
}
