using System.Globalization;
using Npgsql;

namespace Pamps.Data.Postgres;

/// <summary>
/// Keeps servers apart that have nothing to do with each other. A primary of something else, named by mistake, would
/// otherwise be written to as soon as the right one is away.
/// </summary>
internal sealed class ClusterIdentity
{
    private long known;

    /// <summary>Looks at a server that may be the first; it and all after it must be of one cluster.</summary>
    public async Task LearnAsync(NpgsqlConnection connection)
    {
        var identifier = await ReadAsync(connection);
        var before = Interlocked.CompareExchange(ref known, identifier, 0);
        Check(identifier, before);
    }

    /// <summary>Looks at a server that must be of the cluster that is known.</summary>
    public async Task CheckAsync(NpgsqlConnection connection) =>
        Check(await ReadAsync(connection), Interlocked.Read(ref known));

    private static void Check(long identifier, long known)
    {
        if (identifier != known && identifier != 0 && known != 0)
        {
            throw new NpgsqlException(
                "It replicates another PostgreSQL: its system_identifier is not the primary's."
            );
        }
    }

    /// <summary>What initdb gave the cluster, and its replicas took over; 0 where this user may not know it.</summary>
    private static async Task<long> ReadAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "SELECT system_identifier FROM pg_control_system()",
            connection
        )
        {
            CommandTimeout = 5,
        };
        try
        {
            return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }
        catch (PostgresException exception)
            when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }
    }
}
