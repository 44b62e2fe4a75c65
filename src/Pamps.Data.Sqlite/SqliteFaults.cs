using Microsoft.Data.Sqlite;

namespace Pamps.Data.Sqlite;

/// <summary>What an exception from SQLite means for the work that met it (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    private const int Error = 1;
    private const int NoPermission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NoDatabase = 26;
    private const int PrimaryKeyTaken = 1555;
    private const int UniqueTaken = 2067;

    /// <summary>Whether trying once more may go well.</summary>
    public static bool IsTransient(Exception exception) =>
        Find(exception)?.SqliteErrorCode is Busy or Locked or Protocol or InputOutput or CannotOpen;

    /// <summary>Whether the file or its disk is at fault, and not what was asked of it.</summary>
    public static bool IsUnavailable(Exception exception) =>
        IsTransient(exception)
        || Find(exception) switch
        {
            null => false,
            // Somebody took a table away; SQLite has no code of its own for that.
            { SqliteErrorCode: Error } fault => fault.Message.Contains(
                "no such table",
                StringComparison.Ordinal
            ),
            var fault => fault.SqliteErrorCode is NoPermission or ReadOnly or Corrupt or Full or NoDatabase,
        };

    /// <summary>Whether this user, or the medium, does not let SQLite write, or make files of its own beside the file.</summary>
    public static bool IsClosed(Exception exception) =>
        Find(exception)?.SqliteErrorCode is NoPermission or ReadOnly or CannotOpen;

    /// <summary>Whether somebody had the statement stopped.</summary>
    public static bool IsInterrupted(SqliteException exception) => exception.SqliteErrorCode == Interrupted;

    /// <summary>Whether pages of the file, or of an index in it, hold what they cannot hold.</summary>
    public static bool IsCorrupt(Exception exception) => Find(exception)?.SqliteErrorCode == Corrupt;

    /// <summary>Whether an id or a name was taken.</summary>
    public static bool IsTaken(Exception exception) =>
        Find(exception)?.SqliteExtendedErrorCode is PrimaryKeyTaken or UniqueTaken;

    /// <summary>The driver's own exception, out of what EF Core wraps around it.</summary>
    private static SqliteException? Find(Exception? exception)
    {
        while (exception is not null and not SqliteException)
        {
            exception = exception.InnerException;
        }
        return (SqliteException?)exception;
    }
}
