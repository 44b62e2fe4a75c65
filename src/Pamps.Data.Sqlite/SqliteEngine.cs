using SQLitePCL;

namespace Pamps.Data.Sqlite;

/// <summary>How SQLite itself works in this process.</summary>
internal static class SqliteEngine
{
    // https://sqlite.org/c3ref/c_config_covering_index_scan.html
    private const int MultiThread = 2;
    private const int MemoryStatistics = 9;

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
}
