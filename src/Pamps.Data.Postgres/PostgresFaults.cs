using Npgsql;

namespace Pamps.Data.Postgres;

/// <summary>What an exception from PostgreSQL means for the work that met it.</summary>
internal static class PostgresFaults
{
    /// <summary>The driver's own exception, out of the several that EF Core may wrap around it.</summary>
    public static NpgsqlException? Find(Exception? exception) =>
        exception is null or NpgsqlException ? (NpgsqlException?)exception : Find(exception.InnerException);

    /// <summary>
    /// Another transaction was in the way: two wrote the same name or id, one deleted what the other refers to,
    /// or they waited for each other. Run again, the operation sees what the other did and answers accordingly.
    /// </summary>
    public static bool IsRace(NpgsqlException exception) =>
        exception.SqlState
            is PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.ForeignKeyViolation
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The server cannot be reached, is starting or stopping, or has no connection left.</summary>
    public static bool IsUnavailable(NpgsqlException exception) =>
        exception is not PostgresException || exception.IsTransient;
}
