using System.Data.Common;
using Microsoft.Data.Sqlite;
using Pamps.Auth;
using Pamps.Core.Databases;
using Pamps.Data.Sqlite.Statements;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>
/// Connections that only read, each with the statements that it has prepared. To compile a statement takes SQLite longer
/// than to run it, and its driver's own pool forgets both statements and settings each time.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    /// <summary>More than run at once on a machine of common size; each keeps up to 2 MB of pages.</summary>
    private const int MaxIdle = 16;

    private readonly Lock gate = new();
    private readonly Stack<Reader> idle = new(MaxIdle);
    private SqliteFile.Sight seen;
    private bool isDisposed;

    /// <summary>
    /// What takes longer of statements that may take long is begun anew on a thread of its own, which gives way: those that all
    /// requests share are for what takes a moment.
    /// </summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Runs a statement and reads its rows. SQLite works on the caller's thread, unless the statement has a budget, and is
    /// interrupted when the visitor leaves or the budget is used up.
    /// </summary>
    public async Task<T> ReadAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    )
    {
        if (statement.Budget is { } most && most > Moment)
        {
            try
            {
                return await RunAsync(statement with { Budget = Moment }, readAsync, cancellationToken);
            }
            catch (StatementStoppedException)
            {
                // Everything here is done at once, and the thread is not left.
                return await QuietThread.RunAsync(() =>
                    RunAsync(statement, readAsync, cancellationToken).GetAwaiter().GetResult()
                );
            }
        }
        return await RunAsync(statement, readAsync, cancellationToken);
    }

    private async Task<T> RunAsync<T>(
        Statement statement,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reader = Rent();
        var isSound = false;
        try
        {
            using var budget = statement.Budget is { } most ? new CancellationTokenSource(most) : null;
            // Until disposed, which waits for an interruption that is under way, the connection is nobody else's.
            using var left = cancellationToken.UnsafeRegister(Reader.Interrupt, reader);
            using var over = budget?.Token.UnsafeRegister(Reader.Interrupt, reader) ?? default;
            using var yields = statement.Budget is null ? null : reader.GiveWay();
            await using var rows = reader.Run(statement);
            var read = await readAsync(rows, cancellationToken);
            isSound = true;
            return read;
        }
        catch (SqliteException exception) when (SqliteFaults.IsInterrupted(exception))
        {
            // The statement is reset like any other.
            isSound = true;
            cancellationToken.ThrowIfCancellationRequested();
            throw new StatementStoppedException(exception);
        }
        catch (OperationCanceledException)
        {
            isSound = true;
            throw;
        }
        finally
        {
            Return(reader, isSound);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            Clear();
        }
    }

    /// <summary>Closes what nobody reads through just now.</summary>
    public void CloseIdle()
    {
        lock (gate)
        {
            Clear();
        }
    }

    private void Clear()
    {
        while (idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private Reader Rent()
    {
        // Before it is opened: what changes meanwhile is seen the next time.
        var now = file.Now;
        lock (gate)
        {
            if (now != seen)
            {
                seen = now;
                Clear();
            }
            if (idle.TryPop(out var reader))
            {
                return reader;
            }
        }
        return new Reader(file.Open(), now);
    }

    /// <summary>After a fault the connection is closed: what it stands in is not known.</summary>
    private void Return(Reader reader, bool isSound)
    {
        lock (gate)
        {
            if (isSound && !isDisposed && reader.Seen == seen && idle.Count < MaxIdle)
            {
                idle.Push(reader);
                return;
            }
        }
        reader.Dispose();
    }

    private sealed class Reader : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly PreparedStatements statements;

        public Reader(SqliteConnection connection, SqliteFile.Sight seen)
        {
            this.connection = connection;
            statements = new PreparedStatements(connection);
            Seen = seen;
        }

        /// <summary>The file as it was when this was opened.</summary>
        public SqliteFile.Sight Seen { get; }

        /// <summary>Ends what a reader runs; nothing when it runs nothing. On any thread, until it is disposed.</summary>
        public static void Interrupt(object? reader) =>
            raw.sqlite3_interrupt(((Reader)reader!).connection.Handle);

        public StatementRows Run(in Statement statement) => statements.Run(statement);

        /// <summary>Until disposed, what runs gives way to whoever waits for its processor.</summary>
        public Yields GiveWay() => new(connection);

        public void Dispose()
        {
            statements.Dispose();
            connection.Dispose();
        }
    }
}
