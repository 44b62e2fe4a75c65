using System.Data.Common;
using Pamps.Core.Databases;

namespace Pamps.Operations.Maintenance;

/// <summary>Runs scripts that change the schema: all of them, or none.</summary>
internal sealed class RunScripts(IDatabase database)
{
    /// <summary>
    /// Stands in a script that makes a table anew. The old one is dropped on the way, and must not take along what refers to
    /// it. That is said before the transaction; inside, SQLite does not listen.
    /// </summary>
    public const string LeaveReferences = "PRAGMA foreign_keys = 0;";

    /// <summary>PostgreSQL's codes for a lock that did not come in time, and for two that wait for each other.</summary>
    private static readonly string[] Locked = ["55P03", "40P01"];

    private const int MostTries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Tries again when somebody else, such as a backup, holds a table for long: who waits for one in PostgreSQL makes all
    /// wait who come later. And when a server that goes on writing holds one table and waits for another.
    /// </summary>
    public async Task RunAsync(IReadOnlyList<string> scripts, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryAsync(scripts, ct);
                return;
            }
            catch (DbException exception) when (Locked.Contains(exception.SqlState) && attempt < MostTries)
            {
                await Task.Delay(BetweenTries, ct);
            }
        }
    }

    /// <summary>
    /// Tells the planner of what the scripts made, where that need not be in their transaction: it would keep others from the
    /// tables that they changed.
    /// </summary>
    public async Task LearnAsync(CancellationToken ct)
    {
        if (database.Dialect.LearnColumns is not { } statement)
        {
            return;
        }
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task TryAsync(IReadOnlyList<string> scripts, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        // An index on a large table takes minutes.
        command.CommandTimeout = 0;
        if (scripts.Any(x => x.Contains(LeaveReferences, StringComparison.Ordinal)))
        {
            // The driver turns them on again when the connection is next taken from its pool.
            await ExecuteAsync(LeaveReferences);
        }
        await using var transaction = await connection.BeginTransactionAsync(ct);
        command.Transaction = transaction;
        if (database.Dialect.WaitBriefly is { } setting)
        {
            await ExecuteAsync(setting);
        }
        foreach (var script in scripts)
        {
            ct.ThrowIfCancellationRequested();
            await ExecuteAsync(script);
        }
        if (database.Dialect.KnownIndexes is { } known)
        {
            command.CommandText = database.Dialect.FindTable(known);
            if (await command.ExecuteScalarAsync(ct) is not null)
            {
                await ExecuteAsync("ANALYZE");
            }
        }
        try
        {
            await transaction.CommitAsync(ct);
        }
        catch (DbException exception)
        {
            throw new UpgradeFailedException(exception);
        }

        Task ExecuteAsync(string sql)
        {
            command.CommandText = sql;
            return command.ExecuteNonQueryAsync(ct);
        }
    }
}
