using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>
/// Has a connection's statements give way to whoever waits for their processor. Niceness alone does not: whoever has begun a turn keeps
/// the processor to its end, of some three milliseconds on Linux, and a short read beside waits that long.
/// </summary>
internal sealed class Yields : IDisposable
{
    /// <summary>
    /// Between two looks at the clock. Few, since FTS5 reads whole pages of its index between two steps, and so runs for up to a millisecond.
    /// </summary>
    private const int Steps = 10;

    /// <summary>How long a statement runs without giving way.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMicroseconds(100);

    private readonly sqlite3 connection;
    private long begun = Stopwatch.GetTimestamp();

    /// <param name="connection">Whose statements; used by one thread at a time, and by no other meanwhile.</param>
    public Yields(SqliteConnection connection)
    {
        this.connection = connection.Handle!;
        raw.sqlite3_progress_handler(this.connection, Steps, _ => Yield(), null);
    }

    public void Dispose() => raw.sqlite3_progress_handler(connection, 0, null, null);

    private int Yield()
    {
        if (Stopwatch.GetElapsedTime(begun) > Turn)
        {
            Thread.Yield();
            begun = Stopwatch.GetTimestamp();
        }
        // Anything else would end the statement.
        return 0;
    }
}
