using System.Data;
using System.Data.Common;
using Npgsql;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>
/// A transaction that begins in the same journey as its first statements, and with them. What has not been committed is undone
/// when it is disposed.
/// </summary>
/// <remarks>
/// The driver's own sends BEGIN ahead, as a query of its own; until that is answered it stops nothing (Npgsql 10), and so would
/// wait for ever for a server that is dead.
/// </remarks>
internal sealed class PostgresTransaction(NpgsqlConnection connection, PostgresStatements statements)
    : DbTransaction
{
    private bool hasBegun;
    private bool hasEnded;

    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => connection;

    /// <inheritdoc cref="PostgresStatements.ReadAsync"/>
    public Task<T> ReadAsync<T>(
        IReadOnlyList<Statement> all,
        Func<DbDataReader, CancellationToken, Task<T>> readAsync,
        CancellationToken cancellationToken
    ) => statements.ReadAsync(connection, WithBegin(all), all.Count - 1, readAsync, cancellationToken);

    /// <inheritdoc cref="IDatabase.ReadEachAsync"/>
    public Task ReadEachAsync(
        IReadOnlyList<Statement> all,
        Func<int, DbDataReader, CancellationToken, Task> readAsync,
        CancellationToken cancellationToken
    ) =>
        statements.RunAsync(
            connection,
            WithBegin(all),
            (all.Count, readAsync),
            static async (batch, x, token) =>
            {
                await using var reader = await batch.ExecuteReaderAsync(token);
                for (var place = 0; place < x.Count; place++)
                {
                    if (place > 0)
                    {
                        await reader.NextResultAsync(token);
                    }
                    await x.readAsync(place, reader, token);
                }
                return x.Count;
            },
            cancellationToken
        );

    /// <inheritdoc cref="PostgresStatements.ExecuteAsync"/>
    public Task<int> ExecuteAsync(IReadOnlyList<Statement> all, CancellationToken cancellationToken) =>
        statements.ExecuteAsync(connection, WithBegin(all), cancellationToken);

    /// <summary>Commits, and runs the last statements in the same journey.</summary>
    public async Task CommitAsync(IReadOnlyList<Statement> last)
    {
        // Where a statement fails, PostgreSQL passes over all that follow, the commit too.
        if (hasBegun || last.Count > 0)
        {
            Statement[] all = [.. last, new Statement("COMMIT")];
            await ExecuteAsync(all, CancellationToken.None);
            hasEnded = true;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (hasBegun && !hasEnded && connection.State == ConnectionState.Open)
        {
            hasEnded = true;
            await UndoAsync();
        }
        await base.DisposeAsync();
    }

    public override void Commit() => throw new NotSupportedException("It is committed asynchronously.");

    public override void Rollback() => throw new NotSupportedException("It is undone asynchronously.");

    private async Task UndoAsync()
    {
        try
        {
            await ExecuteAsync([new Statement("ROLLBACK")], CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection broke; else the driver does it before somebody else has it.
        }
    }

    /// <summary>BEGIN gives no rows, and so is none of the results that a reader walks through.</summary>
    private IReadOnlyList<Statement> WithBegin(IReadOnlyList<Statement> all)
    {
        if (hasBegun)
        {
            return all;
        }
        hasBegun = true;
        Statement[] whole = [new Statement("BEGIN"), .. all];
        return whole;
    }
}
