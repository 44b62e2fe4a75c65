using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Pamps.Data.Postgres;

/// <summary>What an exception from PostgreSQL means for the work that met it.</summary>
internal static class PostgresFaults
{
    /// <summary>The driver's own exception, out of what EF Core wraps around it.</summary>
    public static NpgsqlException? Find(Exception exception) =>
        exception switch
        {
            NpgsqlException found => found,
            DbUpdateException { InnerException: NpgsqlException inner } => inner,
            InvalidOperationException { InnerException: NpgsqlException inner } => inner,
            _ => null,
        };

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
