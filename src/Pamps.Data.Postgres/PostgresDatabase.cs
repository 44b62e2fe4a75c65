using System.Data.Common;
using System.Globalization;
using Npgsql;
using Pamps.Core.Reads;
using Pamps.Core.Writes;

namespace Pamps.Data.Postgres;

internal sealed class PostgresDatabase(NpgsqlDataSource source, TimeSpan waitAtStart, TimeProvider time)
    : IDatabase
{
    /// <summary>Any number will do that nobody else in the same database uses; these bytes spell "pamps".</summary>
    private const long SchemaLock = 0x7061_6d70_73;

    public SqlDialect Dialect => SqlDialect.Postgres;

    public string Description
    {
        get
        {
            var where = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"PostgreSQL database {where.Database} at {where.Host}:{where.Port}"
            );
        }
    }

    public long? FreeSpace => null;

    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await source.OpenConnectionAsync(cancellationToken);

    public async Task<T> ReadAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        DbTransaction? transaction,
        CancellationToken cancellationToken
    )
    {
        await using var command = transaction is NpgsqlTransaction own
            ? new NpgsqlCommand(statement.Sql, own.Connection, own)
            : source.CreateCommand(statement.Sql);
        AddTo(command.Parameters, statement);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await readAsync(reader, cancellationToken);
        }
        catch (NpgsqlException exception) when (PostgresFaults.IsBroken(exception))
        {
            // The next try must not meet the next of many that broke at the same moment.
            source.Clear();
            throw;
        }
    }

    public async Task<int> ExecuteAsync(
        IReadOnlyList<Statement> statements,
        DbTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var own = (NpgsqlTransaction)transaction;
        await using var batch = new NpgsqlBatch(own.Connection, own);
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            AddTo(command.Parameters, statement);
            batch.BatchCommands.Add(command);
        }
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task WaitUntilUpAsync(Action<string> report, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var _ = await source.OpenConnectionAsync(cancellationToken);
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

    public async Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellationToken)
    {
        var held = new HeldLock(await source.OpenConnectionAsync(cancellationToken));
        try
        {
            await held.ExecuteAsync($"SELECT pg_advisory_lock({SchemaLock})", cancellationToken);
            return held;
        }
        catch
        {
            await held.CloseAsync();
            throw;
        }
    }

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
        CancellationToken cancellationToken
    ) =>
        await PostgresBulkFill.OpenAsync(
            await source.OpenConnectionAsync(cancellationToken),
            tables,
            cancellationToken
        );

    /// <summary>The lock lives as long as its session, and so is freed when the process is killed.</summary>
    private sealed class HeldLock(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                await ExecuteAsync($"SELECT pg_advisory_unlock({SchemaLock})", CancellationToken.None);
            }
            finally
            {
                await CloseAsync();
            }
        }

        public ValueTask CloseAsync() => connection.DisposeAsync();
    }

    private static void AddTo(NpgsqlParameterCollection all, in Statement statement)
    {
        foreach (var (name, value) in statement.Parameters)
        {
            all.Add(new NpgsqlParameter(name, value ?? DBNull.Value));
        }
    }
}
