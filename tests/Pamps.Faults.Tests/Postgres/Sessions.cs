using Npgsql;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>The server's sessions in PostgreSQL.</summary>
internal static class Sessions
{
    /// <summary>Ends them all, whatever they are doing; answers how many there were.</summary>
    public static async Task<long> EndAsync(NpgsqlConnection other)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'pamps'",
            other
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
