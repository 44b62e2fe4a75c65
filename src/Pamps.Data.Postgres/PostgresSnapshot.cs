using System.Data;
using System.Data.Common;
using Npgsql;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>A transaction that sees what was committed before its first statement, and cannot write. It holds no writer up.</summary>
internal sealed class PostgresSnapshot : ISnapshot
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private PostgresSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (this.connection, this.transaction) = (connection, transaction);

    public static async Task<PostgresSnapshot> OpenAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var snapshot = new PostgresSnapshot(
            connection,
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken)
        );
        // The first statement that reads is what fixes the moment; after it nothing makes the transaction write again.
        foreach (var sql in new[] { "SET TRANSACTION READ ONLY", "SELECT 1" })
        {
            await using var rows = await snapshot.ReadAsync(new Statement(sql), cancellationToken);
        }
        return snapshot;
    }

    public async Task<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellationToken)
    {
        // Of a batch, since the driver would take two statements in one text, of which the first could end the transaction.
        await using var batch = PositionalSql.Batch([statement], connection);
        return await batch.ExecuteReaderAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
