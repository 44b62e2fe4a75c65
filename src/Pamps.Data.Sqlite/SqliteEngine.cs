using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>How SQLite itself works in this process.</summary>
internal static class SqliteEngine
{
    // https://sqlite.org/c3ref/c_config_covering_index_scan.html
    private const int MultiThread = 2;
    private const int MemoryStatistics = 9;

    // https://sqlite.org/c3ref/c_dbconfig_defensive.html
    private const int StablePlans = 1007;

    private static readonly Lock Gate = new();
    private static bool isSetUp;

    /// <summary>
    /// Takes out the locks that nobody here needs: no connection is used by two threads at once, and nobody asks SQLite how
    /// much memory it has. With them every value that is read takes a lock, and every allocation one for all threads.
    /// </summary>
    /// <remarks>Only before the first connection; SQLite refuses it afterwards, and then all stays as it was.</remarks>
    public static void SetUp()
    {
        lock (Gate)
        {
            if (isSetUp)
            {
                return;
            }
            isSetUp = true;
            Batteries_V2.Init();
            _ = raw.sqlite3_config(MultiThread);
            _ = raw.sqlite3_config(MemoryStatistics, 0);
        }
    }

    /// <summary>
    /// Sets up a connection that has been opened: keeps its plans whatever the parameters are. Otherwise SQLite looks at some of them, such as a limit, to
    /// plan, and so compiles the statement anew each time one is given, even the same one.
    /// </summary>
    public static void SetUp(SqliteConnection connection)
    {
        _ = raw.sqlite3_db_config(connection.Handle, StablePlans, 1, out _);
        // The driver waits for a lock by itself, but only for statements that it runs.
        _ = raw.sqlite3_busy_timeout(connection.Handle, connection.DefaultTimeout * 1000);
    }
}
