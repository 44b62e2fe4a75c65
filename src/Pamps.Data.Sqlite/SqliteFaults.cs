using Microsoft.Data.Sqlite;

namespace Pamps.Data.Sqlite;

/// <summary>What an exception from SQLite means for the work that met it (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    /// <summary>Whether the file or its disk is at fault, and not what was asked of it.</summary>
    public static bool IsUnavailable(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException fault)
            {
                return fault.SqliteErrorCode
                    is Busy
                        or Locked
                        or ReadOnly
                        or InputOutput
                        or Full
                        or CannotOpen;
            }
        }
        return false;
    }
}
