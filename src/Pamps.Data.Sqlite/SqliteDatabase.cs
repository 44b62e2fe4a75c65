using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Pamps.Core.Databases;
using Pamps.Core.Writes;
using Pamps.Data.Sqlite.Statements;

namespace Pamps.Data.Sqlite;

internal sealed class SqliteDatabase(SqliteFile file) : IDatabase, IDisposable
{
    private readonly SqliteReaders readers = new(file);
    private volatile bool mustOpenAnew;
    private readonly ConditionalWeakTable<SqliteConnection, PreparedStatements> prepared = [];

    public Dialect Dialect { get; } = new SqliteDialect();

    public string Description => $"SQLite at {file.Path}";

    public long? FreeSpace => new DriveInfo(Path.GetDirectoryName(file.Path)!).AvailableFreeSpace;

    public ReplicaCount? Replicas => null;

    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await file.OpenAsync(cancellationToken);

    public async Task<T> ReadAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        DbTransaction? transaction,
        CancellationToken cancellationToken
    )
    {
        if (transaction is null)
        {
            return await readers.ReadAsync(statement, readAsync, cancellationToken);
        }
        await using var rows = StatementsOf(transaction).Run(statement);
        return await readAsync(rows, cancellationToken);
    }

    public async Task ReadEachAsync(
        IReadOnlyList<Statement> statements,
        Func<int, DbDataReader, CancellationToken, Task> readAsync,
        DbTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var own = StatementsOf(transaction);
        for (var place = 0; place < statements.Count; place++)
        {
            await using var rows = own.Run(statements[place]);
            await readAsync(place, rows, cancellationToken);
        }
    }

    public Task<int> ExecuteAsync(
        IReadOnlyList<Statement> statements,
        DbTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var (own, changed) = (StatementsOf(transaction), 0);
        foreach (var statement in statements)
        {
            cancellationToken.ThrowIfCancellationRequested();
            changed += own.Execute(statement);
        }
        return Task.FromResult(changed);
    }

    /// <summary>The connection of the one who writes, with what is to be set for it.</summary>
    public async Task<SqliteConnection> OpenWriterAsync(string settings)
    {
        if (mustOpenAnew)
        {
            // What SQLite found it could do with its files all connections share, so long as one of them is open.
            mustOpenAnew = false;
            file.OpenAnew();
            readers.CloseIdle();
        }
        var connection = await file.OpenWriterAsync(CancellationToken.None);
        try
        {
            await SqliteFile.ExecuteAsync(connection, settings, CancellationToken.None);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>One statement of the writer's own.</summary>
    public void Execute(in Statement statement, DbTransaction transaction) =>
        StatementsOf(transaction).Execute(statement);

    public void Dispose() => readers.Dispose();

    /// <summary>A write met a file that could only be read.</summary>
    public void CannotWrite() => mustOpenAnew = true;

    /// <summary>Opens the file once, so that one which cannot be used is said at start, and turns WAL on.</summary>
    public async Task WaitUntilUpAsync(Action<string> report, CancellationToken cancellationToken)
    {
        try
        {
            await file.TryAsync(cancellationToken);
            await TurnLogOnAsync(cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new DatabaseUnavailableException(
                $"Cannot open the database {file.Path}: {file.Explain(exception)}",
                exception
            );
        }
    }

    /// <summary>
    /// A lock on a file beside the database, which the system frees even when the process is killed. EF Core's own
    /// lock is a row in the database, which a killed process leaves behind for ever; so it is cleared here.
    /// </summary>
    public async Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var held = DatabaseFile.OpenForOwner(file.Path + ".lock", FileMode.OpenOrCreate);
                try
                {
                    await ClearAbandonedLockAsync(cancellationToken);
                    return held;
                }
                catch
                {
                    await held.DisposeAsync();
                    throw;
                }
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromMinutes(5))
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    public bool IsTransient(Exception exception) => SqliteFaults.IsTransient(exception);

    public bool IsUnavailable(Exception exception) => SqliteFaults.IsUnavailable(exception);

    public async Task InsertManyAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        await using var fill = await SqliteBulkFill.OpenAsync(file, cancellationToken);
        await fill.InsertAsync(table, columns, rows, cancellationToken);
        await fill.CommitAsync(cancellationToken);
    }

    public async Task<IBulkFill> BeginFillAsync(
        IReadOnlyList<string> tables,
        IReadOnlyList<string>? away,
        CancellationToken cancellationToken
    )
    {
        var fill = await SqliteBulkFill.OpenAsync(file, cancellationToken);
        fill.TakeAway(tables, away);
        return fill;
    }

    public async Task<ISnapshot> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        await SqliteSnapshot.OpenAsync(file, cancellationToken);

    /// <summary>Disposes what was prepared for a connection. Before it is closed.</summary>
    public void Forget(SqliteConnection connection)
    {
        if (prepared.TryGetValue(connection, out var statements))
        {
            prepared.Remove(connection);
            statements.Dispose();
        }
    }

    private async Task TurnLogOnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await file.OpenWriterAsync(cancellationToken);
        }
        catch (SqliteException exception) when (SqliteFaults.IsClosed(exception))
        {
            // A file that can only be read is enough for who only reads; others are told, by /health/ready too.
        }
    }

    private PreparedStatements StatementsOf(DbTransaction transaction) =>
        prepared.GetValue((SqliteConnection)transaction.Connection!, connection => new PreparedStatements(
            connection
        ));

    private async Task ClearAbandonedLockAsync(CancellationToken cancellationToken)
    {
        await using var connection = await file.OpenAsync(cancellationToken);
        await SqliteFile.ExecuteAsync(
            connection,
            "DROP TABLE IF EXISTS \"__EFMigrationsLock\"",
            cancellationToken
        );
    }
}
