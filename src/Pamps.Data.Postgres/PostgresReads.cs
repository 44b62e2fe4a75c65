using System.Data.Common;
using System.Globalization;
using Npgsql;
using Pamps.Core;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>Reads outside of transactions, from the primary or from a replica.</summary>
internal sealed class PostgresReads(PostgresServers servers, PostgresBreaker breaker)
{
    public Task<T> RunAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    ) =>
        servers.Replicas is { } replicas && statement.MayReadReplica
            ? ReadAnywhereAsync(replicas, statement, readAsync, cancellationToken)
            : ReadPrimaryAsync(statement, readAsync, cancellationToken);

    /// <summary>
    /// A statement with what goes before it in the same journey. Without a transaction of its own a batch is one, so what is
    /// set ends with it, behind a pooler too.
    /// </summary>
    public static IReadOnlyList<Statement> WithSettings(Statement statement)
    {
        if (statement is { Settings: null, Budget: null })
        {
            return new[] { statement };
        }
        var all = new List<Statement>();
        if (statement.Settings is { } settings)
        {
            all.Add(new Statement(settings));
        }
        if (statement.Budget is { } budget)
        {
            // In whole milliseconds, of which none would be no limit.
            var most = Math.Max(1, (long)budget.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            all.Add(new Statement("SELECT set_config('statement_timeout', @most, true)", ("most", most)));
        }
        all.Add(statement);
        return all;
    }

    private Task<T> ReadPrimaryAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    ) =>
        breaker.RunAsync((self: this, statement, readAsync, cancellationToken), static (x, _) =>
            x.self.ReadAsync(null, x.statement, x.readAsync, x.cancellationToken)
        );

    private async Task<T> ReadAnywhereAsync<T>(
        PostgresReplicas replicas,
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    )
    {
        if (await replicas.FindAsync(cancellationToken) is { } replica)
        {
            var away = replica.Away;
            try
            {
                return await ReadAsync(replica, statement, readAsync, cancellationToken).WaitAsync(away);
            }
            catch (Exception exception) when (exception is NpgsqlException || IsCancelled(exception, away))
            {
                // Nobody is to notice that a replica is gone, or that the read was in the way of what it had to replay.
                Measures.ReadReplica("repeated");
            }
        }
        return await ReadPrimaryAsync(statement, readAsync, cancellationToken);
    }

    private async Task<T> ReadAsync<T>(
        Replica? replica,
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    )
    {
        var source = replica?.Source ?? servers.Primary;
        var statements = replica?.Statements ?? breaker.Statements;
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            var all = WithSettings(statement);
            return await statements.ReadAsync(connection, all, all.Count - 1, readAsync, cancellationToken);
        }
        catch (PostgresException exception)
            when (exception.SqlState == PostgresErrorCodes.QueryCanceled && statement.Budget is not null)
        {
            throw new StatementStoppedException(exception);
        }
        catch (NpgsqlException exception) when (PostgresFaults.IsBroken(exception))
        {
            if (replica is not null)
            {
                replica.Broke(exception);
            }
            else
            {
                // The next try must not meet the next of many that broke at the same moment.
                servers.Reconnect();
            }
            throw;
        }
    }

    private static bool IsCancelled(Exception exception, CancellationToken token) =>
        exception is OperationCanceledException cancelled && cancelled.CancellationToken == token;
}
