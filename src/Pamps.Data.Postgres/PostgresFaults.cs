using System.Net.Sockets;
using Npgsql;

namespace Pamps.Data.Postgres;

/// <summary>What an exception from PostgreSQL means for the work that met it.</summary>
internal static class PostgresFaults
{
    /// <summary>The driver's own exception, out of the several that EF Core may wrap around it.</summary>
    public static NpgsqlException? Find(Exception? exception) =>
        exception is null or NpgsqlException ? (NpgsqlException?)exception : Find(exception.InnerException);

    /// <summary>
    /// Another transaction was in the way: two wrote the same name or id, one deleted what the other refers to, they waited for
    /// each other, or the other did the last that was allowed. Run again, the operation sees what the other did and answers
    /// accordingly.
    /// </summary>
    public static bool IsRace(NpgsqlException exception) =>
        exception.SqlState
            is PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.ForeignKeyViolation
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
        || exception
            is PostgresException
            {
                SqlState: PostgresErrorCodes.CheckViolation,
                ConstraintName: "ck_allowance_spent" or "ck_allowance_total"
            };

    /// <summary>The server cannot be reached, is starting or stopping, or has no connection left.</summary>
    public static bool IsPassing(NpgsqlException exception) =>
        exception is not PostgresException fault
        || exception.IsTransient
        || IsEnding(fault)
        // A backup of the server that is to take its place, and has not yet.
        || fault.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>
    /// Whether trying once more at once may go well. After a wait in vain it does not: who asked has waited enough.
    /// </summary>
    public static bool IsTransient(NpgsqlException exception) =>
        IsPassing(exception) && !Causes(exception).Any(IsEndOfWait);

    /// <summary>
    /// PostgreSQL itself says that a statement failed, be it the commit: nothing of the transaction is kept. A session that
    /// ends says so with another severity, and perhaps after a commit.
    /// </summary>
    public static bool IsRefusal(NpgsqlException exception) =>
        exception is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>The database is at fault, and not what was asked of it: besides, it may be gone, or its tables.</summary>
    public static bool IsUnavailable(NpgsqlException exception) =>
        IsPassing(exception)
        || exception.SqlState
            is PostgresErrorCodes.DataCorrupted
                or PostgresErrorCodes.IndexCorrupted
                or PostgresErrorCodes.InvalidCatalogName
                or PostgresErrorCodes.UndefinedTable
                or PostgresErrorCodes.UndefinedColumn
                or PostgresErrorCodes.InsufficientPrivilege
                or PostgresErrorCodes.InvalidAuthorizationSpecification
                or PostgresErrorCodes.InvalidPassword;

    /// <summary>
    /// The connection is broken: others that wait unused are most likely broken too. Or it leads to a server that was the
    /// primary. Who waited in vain, or went away while waiting, tells nothing of connections.
    /// </summary>
    public static bool IsBroken(NpgsqlException exception)
    {
        var causes = Causes(exception);
        return !causes.Any(IsEndOfWait)
            && causes.Any(x =>
                x is PostgresException fault
                    ? IsEnding(fault) || fault.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
                    // Without any: of several servers, none that was known would do.
                    : x.InnerException is IOException or SocketException or null
            );
    }

    /// <summary>
    /// The server is not there: it refuses connections, or is starting or stopping. One that does not answer may be busy,
    /// or answer others.
    /// </summary>
    public static bool IsAway(NpgsqlException exception) =>
        Causes(exception)
            .All(x =>
                x is PostgresException fault
                    ? IsEnding(fault) || fault.SqlState == PostgresErrorCodes.CannotConnectNow
                    : x.InnerException is IOException or SocketException
            );

    /// <summary>Whether the server itself said so, and goes on: it is there, and answers.</summary>
    public static bool IsAnswer(NpgsqlException exception) =>
        exception is PostgresException fault
        && !IsEnding(fault)
        && fault.SqlState
            is not (
                PostgresErrorCodes.CannotConnectNow
                // What a pooler says of a server that does not answer it.
                or PostgresErrorCodes.ProtocolViolation
            );

    /// <summary>Somebody waited in vain, or went away while waiting.</summary>
    private static bool IsEndOfWait(Exception cause) =>
        cause.InnerException is TimeoutException or OperationCanceledException;

    /// <summary>The exceptions of each server that was tried, where there are several.</summary>
    private static List<Exception> Causes(NpgsqlException exception) =>
        exception.InnerException is AggregateException several
            ?
            [
                .. several
                    .Flatten()
                    .InnerExceptions.Select(x =>
                        x is NpgsqlException ? x : new NpgsqlException(x.Message, x)
                    ),
            ]
            : [exception];

    private static bool IsEnding(PostgresException fault) =>
        fault.SqlState
            is PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.DatabaseDropped;
}
