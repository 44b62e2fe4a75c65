using System.Data.Common;
using System.Globalization;
using Npgsql;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Data.Postgres;

internal sealed class PostgresDatabase(
    PostgresServers servers,
    PostgresBreaker breaker,
    TimeSpan waitAtStart,
    TimeProvider time
) : IDatabase
{
    private readonly NpgsqlDataSource source = servers.Primary;

    public Dialect Dialect { get; } = new PostgresDialect();

    public string Description
    {
        get
        {
            var where = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            var server = PostgresServers.AreSeveral(where)
                ? where.Host
                : string.Create(CultureInfo.InvariantCulture, $"{where.Host}:{where.Port}");
            return $"PostgreSQL database {where.Database} at {server}";
        }
    }

    public long? FreeSpace => null;

    public ReplicaCount? Replicas => servers.Replicas?.Count;

    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        breaker.ThrowIfOpen();
        return await source.OpenConnectionAsync(cancellationToken);
    }

    public Task<T> ReadAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        DbTransaction? transaction,
        CancellationToken cancellationToken
    ) =>
        // A write has been let in as a whole.
        transaction is NpgsqlTransaction own
            ? ReadAsync(null, statement, readAsync, own, cancellationToken)
        : servers.Replicas is { } replicas && statement.MayReadReplica
            ? ReadAnywhereAsync(replicas, statement, readAsync, cancellationToken)
        : ReadPrimaryAsync(statement, readAsync, cancellationToken);

    private Task<T> ReadPrimaryAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    ) =>
        breaker.RunAsync(
            (self: this, statement, readAsync, cancellationToken),
            // The visitor's token, unlike the circuit's, is the driver's business: PostgreSQL is there, and to stop.
            static (x, _) => x.self.ReadAsync(null, x.statement, x.readAsync, null, x.cancellationToken)
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
            try
            {
                return await ReadAsync(replica, statement, readAsync, null, cancellationToken);
            }
            catch (NpgsqlException)
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
        NpgsqlTransaction? transaction,
        CancellationToken cancellationToken
    )
    {
        // A batch of one is taken as it is; a command without parameters would be read through for semicolons.
        await using var batch = transaction is null
            ? (replica?.Source ?? source).CreateBatch()
            : new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var ahead in Ahead(statement))
        {
            batch.BatchCommands.Add(PositionalSql.BatchCommand(ahead));
        }
        var settings = batch.BatchCommands.Count;
        batch.BatchCommands.Add(PositionalSql.BatchCommand(statement));
        PositionalSql.SetPatience(batch, [statement]);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            for (var place = 0; place < settings; place++)
            {
                await reader.NextResultAsync(cancellationToken);
            }
            return await readAsync(reader, cancellationToken);
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

    /// <summary>
    /// What goes before a statement in the same round trip. Without a transaction of its own a batch is one, so what is set
    /// ends with it, behind a pooler too.
    /// </summary>
    private static IEnumerable<Statement> Ahead(Statement statement)
    {
        if (statement.Settings is { } settings)
        {
            yield return new Statement(settings);
        }
        if (statement.Budget is { } budget)
        {
            // In whole milliseconds, of which none would be no limit.
            var most = Math.Max(1, (long)budget.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            yield return new Statement("SELECT set_config('statement_timeout', @most, true)", ("most", most));
        }
    }

    public async Task ReadEachAsync(
        IReadOnlyList<Statement> statements,
        Func<int, DbDataReader, CancellationToken, Task> readAsync,
        DbTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var batch = PositionalSql.Batch(statements, (NpgsqlTransaction)transaction);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var place = 0; place < statements.Count; place++)
        {
            if (place > 0)
            {
                await reader.NextResultAsync(cancellationToken);
            }
            await readAsync(place, reader, cancellationToken);
        }
    }

    public async Task<int> ExecuteAsync(
        IReadOnlyList<Statement> statements,
        DbTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var batch = PositionalSql.Batch(statements, (NpgsqlTransaction)transaction);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task WaitUntilUpAsync(Action<string> report, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await PostgresPooler.IsUnexpectedAsync(source, cancellationToken))
                {
                    throw new DatabaseUnavailableException(
                        $"The {Description} is behind a pooler in transaction mode, such as pgbouncer: add pgbouncer=true to the options of PAMPS_DB__URI, or use pool_mode = session."
                    );
                }
                if (await EncodingAsync(cancellationToken) is var encoding and not "UTF8")
                {
                    throw new DatabaseUnavailableException(
                        $"The {Description} has the encoding {encoding}, which cannot hold what people write; Pamps needs UTF8: createdb --encoding=UTF8 --template=template0 NAME"
                    );
                }
                servers.Replicas?.Watch();
                return;
            }
            catch (NpgsqlException exception)
            {
                var reason = exception.GetBaseException().Message.ReplaceLineEndings(" ");
                var left = waitAtStart - time.GetElapsedTime(started);
                if (!PostgresFaults.IsPassing(exception))
                {
                    throw new DatabaseUnavailableException($"The {Description} refuses: {reason}", exception);
                }
                if (left <= TimeSpan.Zero)
                {
                    throw new DatabaseUnavailableException(
                        $"Gave up after {attempt} tries: the {Description} does not answer: {reason}",
                        exception
                    );
                }
                report(
                    $"Waiting for the {Description} (try {attempt}, {left.TotalSeconds:0} s left): {reason}"
                );
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    /// <summary>How texts are stored; each server says it to whoever connects.</summary>
    private async Task<string?> EncodingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return connection.PostgresParameters.GetValueOrDefault("server_encoding", "UTF8");
    }

    public async Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellationToken) =>
        await SchemaLock.TakeAsync(await source.OpenConnectionAsync(cancellationToken), cancellationToken);

    public bool IsTransient(Exception exception) =>
        PostgresFaults.Find(exception) is { } fault && PostgresFaults.IsTransient(fault);

    public bool IsUnavailable(Exception exception) =>
        PostgresFaults.Find(exception) is { } fault && PostgresFaults.IsUnavailable(fault);

    public async Task InsertManyAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await CopyRows.RunAsync(connection, table, columns, rows, cancellationToken);
    }

    public async Task<IBulkFill> BeginFillAsync(
        IReadOnlyList<string> tables,
        IReadOnlyList<string>? away,
        CancellationToken cancellationToken
    ) =>
        await PostgresBulkFill.OpenAsync(
            await source.OpenConnectionAsync(cancellationToken),
            tables,
            away,
            cancellationToken
        );

    public async Task<ISnapshot> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        await PostgresSnapshot.OpenAsync(
            await source.OpenConnectionAsync(cancellationToken),
            cancellationToken
        );
}
