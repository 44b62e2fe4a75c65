using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Operations.Transfer;

namespace Pamps.Operations.Maintenance;

/// <summary>What an upgrade did.</summary>
/// <param name="Applied">The migrations that were applied, oldest first.</param>
public sealed record UpgradeSummary(IReadOnlyList<string> Applied);

/// <summary>Brings the schema up and down. Only one process at a time does, however many try.</summary>
public sealed class Schema
{
    private readonly IDatabase database;
    private readonly KnownMigrations migrations;
    private readonly ReadSchema read;
    private readonly StoredTables tables;
    private readonly UpgradeSnapshot snapshot;
    private readonly RunScripts scripts;

    internal Schema(
        IDatabase database,
        KnownMigrations migrations,
        ReadSchema read,
        StoredTables tables,
        UpgradeSnapshot snapshot
    )
    {
        (this.database, this.migrations, this.read) = (database, migrations, read);
        (this.tables, this.snapshot) = (tables, snapshot);
        scripts = new RunScripts(database);
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
            { Foreign.Count: > 0 } => Unfit(
                $"has the tables of another program ({string.Join(", ", status.Foreign)}), such as the workshop's server makes. Pamps does not change them: set PAMPS_DB__URI to an empty database, or drop them with `pamps reset-db`"
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
            await scripts.RunAsync(ScriptsOf(status), cancellationToken);
        }
        catch (DbException exception)
        {
            snapshot.TidyUp(status, succeeded: false);
            throw new UpgradeFailedException(exception, wayBack);
        }
        snapshot.TidyUp(status, succeeded: true);
        if (!status.IsEmpty)
        {
            await scripts.LearnAsync(cancellationToken);
        }
        return new UpgradeSummary(status.Pending);
    }

    /// <summary>Takes back every migration after the target. All are taken back, or none is.</summary>
    /// <param name="target">A migration's name or id, or <c>0</c> for an empty schema.</param>
    /// <param name="cancellationToken">Stops; nothing is changed then.</param>
    /// <exception cref="InvalidOperationException">There is no such migration, or the database has one that is not known.</exception>
    public async Task DowngradeAsync(string target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var last = target == "0" ? "" : Find(target).Id;
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        var status = await ReadStatusAsync(cancellationToken);
        if (FindObstacle(status) is { } obstacle)
        {
            throw new InvalidOperationException(obstacle.Message);
        }
        var taken = migrations
            .All.Where(x => string.CompareOrdinal(x.Id, last) > 0 && status.Applied.Contains(x.Id))
            .Reverse();
        await scripts.RunAsync([.. taken.Select(MigrationHistory.Down)], cancellationToken);
        if (last.Length > 0)
        {
            await scripts.LearnAsync(cancellationToken);
        }
    }

    /// <summary>The SQL that an upgrade of this database would run; empty when there is nothing to do.</summary>
    public async Task<string> ScriptAsync(CancellationToken cancellationToken)
    {
        var status = await ReadStatusAsync(cancellationToken);
        if (status.Pending.Count == 0)
        {
            return "";
        }
        var pending = ScriptsOf(status);
        var isAlone = pending.Any(x => x.Contains(RunScripts.LeaveReferences, StringComparison.Ordinal));
        return string.Join(
            "\n",
            [
                .. isAlone ? [RunScripts.LeaveReferences + "\n"] : Array.Empty<string>(),
                "BEGIN;\n",
                .. pending,
                "COMMIT;\n",
            ]
        );
    }

    /// <summary>Drops every table of Pamps, and all that is in them.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        string[] dropped =
        [
            "post_search",
            "user_search",
            // Those before that refer to others.
            .. tables.All.Select(x => x.Name).Reverse(),
            FillNotes.Table,
            "__EFMigrationsHistory",
            "__EFMigrationsLock",
        ];
        foreach (var table in dropped)
        {
            await database.MaintainAsync($"DROP TABLE IF EXISTS \"{table}\"", cancellationToken);
        }
    }

    private Migration Find(string target) =>
        migrations.All.SingleOrDefault(x =>
            target.Equals(x.Id, StringComparison.OrdinalIgnoreCase)
            || target.Equals(x.Name, StringComparison.OrdinalIgnoreCase)
        ) ?? throw new InvalidOperationException($"The migration '{target}' was not found.");

    /// <summary>All that is pending.</summary>
    private List<string> ScriptsOf(SchemaStatus status) =>
        [
            database.Dialect.CreateMigrationHistory,
            .. migrations.All.Where(x => status.Pending.Contains(x.Id)).Select(MigrationHistory.Up),
        ];
}
