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
    private readonly PostgresReads reads = new(servers, breaker);

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
        transaction is PostgresTransaction own
            ? own.ReadAsync(PostgresReads.WithSettings(statement), readAsync, cancellationToken)
            : reads.RunAsync(statement, readAsync, cancellationToken);

    public Task ReadEachAsync(
        IReadOnlyList<Statement> statements,
        Func<int, DbDataReader, CancellationToken, Task> readAsync,
        DbTransaction transaction,
        CancellationToken cancellationToken
    ) => ((PostgresTransaction)transaction).ReadEachAsync(statements, readAsync, cancellationToken);

    public Task<int> ExecuteAsync(
        IReadOnlyList<Statement> statements,
        DbTransaction transaction,
        CancellationToken cancellationToken
    ) => ((PostgresTransaction)transaction).ExecuteAsync(statements, cancellationToken);

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
