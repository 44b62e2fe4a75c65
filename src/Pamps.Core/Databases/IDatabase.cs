using System.Data.Common;

namespace Pamps.Core.Databases;

/// <summary>A statement with the values of its parameters.</summary>
/// <param name="Sql">Its text; trusted.</param>
/// <param name="Parameters">Their names, without the sign that goes before them, and their values.</param>
public readonly record struct Statement(string Sql, params (string Name, object? Value)[] Parameters)
{
    /// <summary>
    /// What PostgreSQL carries out before it, in the same journey and transaction, to set how it is planned; it has no
    /// parameters. SQLite has no such settings.
    /// </summary>
    public string? Settings { get; init; }

    /// <summary>
    /// Whether a replica may answer it, where there are any: one that has all that was committed when it is asked, or,
    /// while the primary is away, all that a replica can have.
    /// </summary>
    public bool MayReadReplica { get; init; }

    /// <summary>
    /// How long it may take, where that is not as long as others: for ever when it is zero. SQLite waits for no other server.
    /// </summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>
    /// How long the database itself may work on it; then it stops, and <see cref="StatementStoppedException"/> is thrown. Only
    /// for what is read outside of transactions.
    /// </summary>
    public TimeSpan? Budget { get; init; }
}

/// <summary>How many replicas there are to read from.</summary>
/// <param name="InUse">How many answer and are not behind.</param>
/// <param name="Named">How many there should be.</param>
public readonly record struct ReplicaCount(int InUse, int Named);

/// <summary>The database behind Pamps, as the provider projects set it up.</summary>
public interface IDatabase
{
    /// <summary>The SQL it speaks.</summary>
    Dialect Dialect { get; }

    /// <summary>What it is and where it lies, for people; holds no password.</summary>
    string Description { get; }

    /// <summary>How many bytes are free on the disk that it writes to; null where that is another server's matter.</summary>
    long? FreeSpace { get; }

    /// <summary>The replicas; null where none are named.</summary>
    ReplicaCount? Replicas { get; }

    /// <summary>An open connection from the pool, for reading. The caller disposes it.</summary>
    ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Runs a statement and reads its rows, fast: the database keeps what it has prepared for it.</summary>
    /// <param name="statement">The statement. Parameters that its text does not name are left out.</param>
    /// <param name="readAsync">Reads the rows. They are gone when it has ended.</param>
    /// <param name="transaction">The transaction to run it in; null for one of its own.</param>
    /// <param name="cancellationToken">Gives up; outside of transactions the database stops its work too.</param>
    /// <exception cref="StatementStoppedException">It took longer than its budget.</exception>
    Task<T> ReadAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        DbTransaction? transaction,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Runs statements that give rows, one after the other, in one round trip. Where reading one's rows throws, those after it
    /// may have run; the transaction is to be undone then.
    /// </summary>
    /// <param name="statements">The statements, each as for <see cref="ReadAsync"/>.</param>
    /// <param name="readAsync">Reads the rows of the statement at a place, from 0.</param>
    /// <param name="transaction">The transaction to run them in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ReadEachAsync(
        IReadOnlyList<Statement> statements,
        Func<int, DbDataReader, CancellationToken, Task> readAsync,
        DbTransaction transaction,
        CancellationToken cancellationToken
    );

    /// <summary>Runs statements that give no rows, one after the other, in one go.</summary>
    /// <param name="statements">The statements; of each holds what is said of one that is read.</param>
    /// <param name="transaction">The transaction to run them in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows they changed together.</returns>
    Task<int> ExecuteAsync(
        IReadOnlyList<Statement> statements,
        DbTransaction transaction,
        CancellationToken cancellationToken
    );

    /// <summary>Returns once the database answers. Where it is another server, waits for it patiently.</summary>
    /// <param name="report">Told one line per failed try.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="Writes.DatabaseUnavailableException">It did not answer in time, or refuses this user.</exception>
    Task WaitUntilUpAsync(Action<string> report, CancellationToken cancellationToken);

    /// <summary>Keeps every other process from changing the schema until disposed.</summary>
    Task<IAsyncDisposable> LockSchemaAsync(CancellationToken cancellationToken);

    /// <summary>Whether the fault goes away by itself, so that reading once more is right.</summary>
    bool IsTransient(Exception exception);

    /// <summary>Whether the database is at fault, and not what was asked of it: trying again later is right.</summary>
    bool IsUnavailable(Exception exception);

    /// <summary>
    /// Inserts many rows fast, in the order given, into a table that nobody else writes to meanwhile. What the rows
    /// refer to is the caller's care: SQLite does not look references up here.
    /// </summary>
    /// <param name="table">The table's name; trusted.</param>
    /// <param name="columns">The columns' names; trusted.</param>
    /// <param name="rows">The rows: a value per column, of the types long, int, short, string, bool, DateTime (UTC),
    /// <see cref="Text.IndexedWords"/> or null.</param>
    /// <param name="cancellationToken">Stops; the rows of this call are then not kept.</param>
    Task InsertManyAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Makes tables ready to take very many rows, while nobody else uses them: their indexes and references are taken away
    /// until the rows are in. Disposed, it gives back whichever are still missing.
    /// </summary>
    /// <param name="tables">The tables' names; trusted.</param>
    /// <param name="away">
    /// What <see cref="IBulkFill.Away"/> said when an earlier fill of these tables ended that left it away; null to take it
    /// away now, which is kept at the first commit.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IBulkFill> BeginFillAsync(
        IReadOnlyList<string> tables,
        IReadOnlyList<string>? away,
        CancellationToken cancellationToken
    );

    /// <summary>Everything as it is now, to be read for as long as that takes while others go on writing.</summary>
    Task<ISnapshot> BeginSnapshotAsync(CancellationToken cancellationToken);
}

/// <summary>A database as it was at one moment.</summary>
public interface ISnapshot : IAsyncDisposable
{
    /// <summary>Runs a statement. Its rows are to be disposed before the next one runs.</summary>
    Task<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellationToken);
}

/// <summary>Tables without their indexes, that take very many rows.</summary>
public interface IBulkFill : IAsyncDisposable
{
    /// <summary>The statements that give back the indexes and references which are away, in the order to run them.</summary>
    IReadOnlyList<string> Away { get; }

    /// <summary>Whether what is away stays so when this is disposed, for a later fill to give back.</summary>
    bool LeavesAway { get; set; }

    /// <summary>Runs a statement; what it did is kept at the next commit, with the rows.</summary>
    Task ExecuteAsync(Statement statement, CancellationToken cancellationToken);

    /// <summary>Inserts rows as <see cref="IDatabase.InsertManyAsync"/> does; they are kept at the next commit.</summary>
    Task InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    );

    /// <summary>Keeps what was inserted.</summary>
    Task CommitAsync(CancellationToken cancellationToken);

    /// <summary>Keeps what was inserted, the last of it, and returns once no power cut can take any of it.</summary>
    Task EndAsync(CancellationToken cancellationToken);

    /// <summary>Gives back what was taken away, one after the other, each in a transaction of its own.</summary>
    /// <param name="given">Told the statement that was run, before it is committed.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    Task RestoreAsync(Func<string, Task> given, CancellationToken cancellationToken);
}
