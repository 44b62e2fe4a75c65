using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using IDatabase = Pamps.Core.Databases.IDatabase;

namespace Pamps.Core.Writes;

/// <summary>
/// Runs the hot writes as plain SQL, in the transaction of an operation that the write gate runs. EF Core takes several
/// times as long to make a statement as a database takes to run it.
/// </summary>
internal sealed class WriteSql(IDatabase database, Sql reads)
{
    /// <summary>The first row, or the type's default when there is none.</summary>
    public Task<T?> FirstAsync<T>(
        PampsDb db,
        string sql,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        reads.Echo(sql);
        return database.ReadAsync(
            new Statement(sql, parameters),
            (reader, ct) => reader.FirstAsync(readRow, ct),
            TransactionOf(db),
            cancellationToken
        );
    }

    /// <summary>All rows. The statement limits how many there can be.</summary>
    public Task<List<T>> ListAsync<T>(
        PampsDb db,
        string sql,
        Func<DbDataReader, T> readRow,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        reads.Echo(sql);
        return database.ReadAsync(
            new Statement(sql, parameters),
            (reader, ct) => reader.ListAsync(readRow, ct),
            TransactionOf(db),
            cancellationToken
        );
    }

    /// <summary>Runs statements that do not depend on each other's answers: one journey to the database.</summary>
    /// <returns>How many rows they changed together.</returns>
    public Task<int> ExecuteAsync(
        PampsDb db,
        IReadOnlyList<Statement> statements,
        CancellationToken cancellationToken
    )
    {
        foreach (var statement in statements)
        {
            reads.Echo(statement.Sql);
        }
        return database.ExecuteAsync(statements, TransactionOf(db), cancellationToken);
    }

    /// <summary>
    /// Runs the statements that end an operation. To another server they go with the commit, which saves a journey while
    /// rows are locked; so what the operation still reads and writes after this may be done before them.
    /// </summary>
    public async Task EndWithAsync(
        PampsDb db,
        IReadOnlyList<Statement> statements,
        CancellationToken cancellationToken
    )
    {
        if (database.Dialect == SqlDialect.Sqlite)
        {
            await ExecuteAsync(db, statements, cancellationToken);
            return;
        }
        // Without a gate that sends them they would be lost.
        _ = TransactionOf(db);
        foreach (var statement in statements)
        {
            reads.Echo(statement.Sql);
            db.BeforeCommit.Add(statement);
        }
    }

    private static DbTransaction TransactionOf(PampsDb db) =>
        db.Database.CurrentTransaction?.GetDbTransaction()
        ?? throw new InvalidOperationException("Only an operation of the write gate writes.");
}
