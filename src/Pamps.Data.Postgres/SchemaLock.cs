using Npgsql;

namespace Pamps.Data.Postgres;

/// <summary>
/// Keeps others from changing the schema. The lock lives as long as its transaction, and so is freed when the process is killed. A
/// session would do, were it not that behind a pooler the next statement may be another session's.
/// </summary>
internal sealed class SchemaLock : IAsyncDisposable
{
    /// <summary>Any number will do that nobody else in the same database uses; these bytes spell "pamps".</summary>
    private const long Number = 0x7061_6d70_73;

    private readonly NpgsqlConnection connection;

    private SchemaLock(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Waits for it.</summary>
    /// <param name="connection">A connection for it alone; it closes it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<SchemaLock> TakeAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = connection.CreateCommand();
            // It waits as long as an upgrade takes, in a transaction that does nothing meanwhile.
            command.CommandText =
                $"BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock({Number})";
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new SchemaLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand("ROLLBACK", connection);
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }
}
