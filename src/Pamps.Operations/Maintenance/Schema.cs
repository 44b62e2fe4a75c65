using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Operations.Transfer;
using IDatabase = Pamps.Core.Databases.IDatabase;

namespace Pamps.Operations.Maintenance;

/// <summary>What an upgrade did.</summary>
/// <param name="Applied">The migrations that were applied, oldest first.</param>
public sealed record UpgradeSummary(IReadOnlyList<string> Applied);

/// <summary>Brings the schema up and down. Only one process at a time does, however many try.</summary>
public sealed class Schema
{
    /// <summary>PostgreSQL's code for a lock that did not come in time.</summary>
    private const string LockNotAvailable = "55P03";
    private const int MostTries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Lazy<IDbContextFactory<PampsDb>> contexts;
    private readonly IDatabase database;
    private readonly ReadSchema read;
    private readonly Lazy<StoredTables> tables;
    private readonly UpgradeSnapshot snapshot;

    internal Schema(
        Lazy<IDbContextFactory<PampsDb>> contexts,
        IDatabase database,
        ReadSchema read,
        Lazy<StoredTables> tables,
        UpgradeSnapshot snapshot
    )
    {
        (this.contexts, this.database, this.read) = (contexts, database, read);
        (this.tables, this.snapshot) = (tables, snapshot);
    }

    /// <inheritdoc cref="ReadSchema.StatusAsync" />
    public Task<SchemaStatus> ReadStatusAsync(CancellationToken cancellationToken) =>
        read.StatusAsync(cancellationToken);

    /// <summary>Where the schema stands once nobody is changing it.</summary>
    public async Task<SchemaStatus> ReadSettledStatusAsync(CancellationToken cancellationToken)
    {
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        return await ReadStatusAsync(cancellationToken);
    }

    /// <summary>Why this version neither serves nor upgrades a database; null when it may.</summary>
    public Error? FindObstacle(SchemaStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status switch
        {
            { IsUnfinished: true } => Unfit(
                "holds a part of its data: a copy into it was not finished. Run that command again to go on, or empty it with `pamps reset-db`"
            ),
            { Unknown.Count: > 0 } => Unfit(
                $"has the migration {status.Unknown[^1]}, which this version of pamps does not know. Run a newer pamps"
            ),
            _ => null,
        };

        Error Unfit(string what) =>
            new(ErrorKind.Conflict, "schema_unfit", $"The {database.Description} {what}.");
    }

    /// <summary>Applies the pending migrations and answers with them. All are applied, or none is.</summary>
    /// <remarks>
    /// Where the database is a file, a snapshot of it is made first. Refused, and nothing changed, when there is no room for
    /// that, and when the database is newer than this version.
    /// </remarks>
    /// <param name="withSnapshot">Whether to make a snapshot of a database that is a file and not empty.</param>
    /// <param name="report">Told a line when a snapshot was made.</param>
    /// <param name="cancellationToken">Stops; nothing is changed then.</param>
    /// <exception cref="UpgradeFailedException">A migration failed; the database is as it was.</exception>
    public async Task<Result<UpgradeSummary>> UpgradeAsync(
        bool withSnapshot,
        Action<string>? report,
        CancellationToken cancellationToken
    )
    {
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        var status = await ReadStatusAsync(cancellationToken);
        if (FindObstacle(status) is { } obstacle)
        {
            return obstacle;
        }
        if (status.Pending.Count == 0)
        {
            return new UpgradeSummary(status.Pending);
        }
        string? wayBack = null;
        if (withSnapshot && !status.IsEmpty)
        {
            var made = await snapshot.MakeAsync(status, report, cancellationToken);
            if (made.IsRefused(out var noRoom))
            {
                return noRoom;
            }
            wayBack = made.Value;
        }
        try
        {
            await ApplyPatientlyAsync(status, cancellationToken);
        }
        catch (DbException exception)
        {
            snapshot.TidyUp(status, succeeded: false);
            throw new UpgradeFailedException(exception, wayBack);
        }
        snapshot.TidyUp(status, succeeded: true);
        return new UpgradeSummary(status.Pending);
    }

    /// <summary>Takes back every migration after the target.</summary>
    /// <param name="target">A migration's name or id, or <c>0</c> for an empty schema.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">There is no such migration.</exception>
    public async Task DowngradeAsync(string target, CancellationToken cancellationToken)
    {
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        await using var db = await OpenPatientlyAsync(cancellationToken);
        await db.GetService<IMigrator>().MigrateAsync(target, cancellationToken);
    }

    /// <summary>The SQL that an upgrade of this database would run; empty when there is nothing to do.</summary>
    public async Task<string> ScriptAsync(CancellationToken cancellationToken)
    {
        var status = await ReadStatusAsync(cancellationToken);
        if (status.Pending.Count == 0)
        {
            return "";
        }
        await using var db = await contexts.Value.CreateDbContextAsync(cancellationToken);
        var commands = MigrationCommands.Of(db, status.Pending);
        return string.Join(
            "\n\n",
            [
                .. commands.Where(x => x.BelongsOutside).Take(1).Select(x => x.Sql),
                "BEGIN;",
                .. commands.Where(x => !x.BelongsOutside).Select(x => x.Sql),
                "COMMIT;\n",
            ]
        );
    }

    /// <summary>Drops every table of Pamps, and all that is in them.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        await using var db = await OpenPatientlyAsync(cancellationToken);
        string[] dropped =
        [
            "post_search",
            "user_search",
            // Those before that refer to others.
            .. tables.Value.All.Select(x => x.Name).Reverse(),
            FillNotes.Table,
            "__EFMigrationsHistory",
            "__EFMigrationsLock",
        ];
        foreach (var table in dropped)
        {
#pragma warning disable EF1003 // The names are the schema's own; names cannot be parameters.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"" + table + "\"", cancellationToken);
#pragma warning restore EF1003
        }
    }

    /// <summary>
    /// Tries again when somebody else, such as a backup, holds a table for long: who waits for one in PostgreSQL makes all
    /// wait who come later.
    /// </summary>
    private async Task ApplyPatientlyAsync(SchemaStatus status, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ApplyAsync(status, cancellationToken);
                return;
            }
            catch (DbException exception) when (exception.SqlState == LockNotAvailable && attempt < MostTries)
            {
                await Task.Delay(BetweenTries, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Runs all that is pending in one transaction; EF Core would commit each migration by itself, and a later one that fails
    /// would leave a schema that no version has.
    /// </summary>
    private async Task ApplyAsync(SchemaStatus status, CancellationToken cancellationToken)
    {
        await using var db = await OpenPatientlyAsync(cancellationToken);
        var commands = MigrationCommands.Of(db, status.Pending);
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (database.Dialect.Product == SqlDialect.Sqlite && commands.Any(x => x.BelongsOutside))
        {
            // A table that SQLite makes anew is dropped on the way, and must not take along what refers to it. That is
            // said before the transaction; inside, SQLite does not listen.
            await db.Database.ExecuteSqlAsync($"PRAGMA foreign_keys = 0", cancellationToken);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandTimeout = 0;
        command.Transaction = transaction.GetDbTransaction();
        if (database.Dialect.Product == SqlDialect.Postgres)
        {
            command.CommandText = "SET LOCAL lock_timeout = '3s'";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        foreach (var (sql, _) in commands)
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw new UpgradeFailedException(exception);
        }
    }

    /// <summary>A context whose statements take as long as they need: an index on a large table takes minutes.</summary>
    private async Task<PampsDb> OpenPatientlyAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.Value.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        return db;
    }
}
