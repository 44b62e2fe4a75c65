using Npgsql;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>The server's sessions in PostgreSQL.</summary>
internal static class Sessions
{
    /// <summary>Ends them all, whatever they are doing.</summary>
    public static async Task EndAsync(NpgsqlConnection other)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pamps'",
            other
        );
        await command.ExecuteNonQueryAsync();
    }
}
