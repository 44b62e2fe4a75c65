using System.Data.Common;
using Microsoft.Data.Sqlite;
using Pamps.Core.Databases;
using Pamps.Data.Sqlite.Statements;

namespace Pamps.Data.Sqlite;

/// <summary>A read transaction, in which nothing can be written. It holds no writer up, but until it ends the log in which they write only grows.</summary>
internal sealed class SqliteSnapshot : ISnapshot
{
    private readonly SqliteConnection connection;
    private readonly PreparedStatements statements;

    private SqliteSnapshot(SqliteConnection connection) =>
        (this.connection, statements) = (connection, new PreparedStatements(connection));

    public static async Task<SqliteSnapshot> OpenAsync(SqliteFile file, CancellationToken cancellationToken)
    {
        var snapshot = new SqliteSnapshot(await file.OpenAsync(cancellationToken));
        snapshot.statements.Execute(new Statement("PRAGMA query_only = ON"));
        snapshot.statements.Execute(new Statement("BEGIN"));
        // The first statement that reads is what fixes the moment.
        snapshot.statements.Execute(new Statement("SELECT count(*) FROM sqlite_schema"));
        return snapshot;
    }

    public Task<DbDataReader> ReadAsync(Statement statement, CancellationToken cancellationToken) =>
        Task.FromResult<DbDataReader>(statements.Run(statement));

    public async ValueTask DisposeAsync()
    {
        statements.Dispose();
        // Closed, the connection ends its transaction.
        await connection.DisposeAsync();
    }
}
