using System.Globalization;
using Npgsql;

namespace Pamps.Data.Postgres;

/// <summary>
/// Finds out whether a pooler such as pgbouncer gives each transaction whichever session is free. What a session would
/// keep, as prepared statements, is then not there for the next transaction, or is another client's.
/// </summary>
internal static class PostgresPooler
{
    /// <summary>Whether the settings say that sessions are shared: nothing is prepared in them then.</summary>
    public static bool IsExpected(NpgsqlConnectionStringBuilder connection) => connection.MaxAutoPrepare == 0;

    /// <summary>Whether sessions are shared, and the settings do not say so.</summary>
    public static async Task<bool> IsUnexpectedAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        if (IsExpected(new NpgsqlConnectionStringBuilder(source.ConnectionString)))
        {
            return false;
        }
        await using var first = await source.OpenConnectionAsync(cancellationToken);
        var session = await SessionAsync(first, cancellationToken);
        // A pooler makes up the number that a server tells a client who connects.
        if (session == first.ProcessID)
        {
            return false;
        }
        // In another mode a session is the client's as long as it is connected.
        await using var second = await source.OpenConnectionAsync(cancellationToken);
        await using var held = await second.BeginTransactionAsync(cancellationToken);
        return await SessionAsync(second, cancellationToken) == session
            || await SessionAsync(first, cancellationToken) != session;
    }

    private static async Task<int> SessionAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection)
        {
            CommandTimeout = 5,
        };
        return Convert.ToInt32(
            await command.ExecuteScalarAsync(cancellationToken),
            CultureInfo.InvariantCulture
        );
    }
}
