using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Pamps.Core.Reads;
using Pamps.Core.Transfer;

namespace Pamps.Core.Maintenance;

/// <summary>Where a database's schema stands.</summary>
/// <param name="Applied">Migrations in the database, oldest first.</param>
/// <param name="Pending">Migrations that this program has and the database lacks, oldest first.</param>
/// <param name="Unknown">Migrations in the database that this program does not know: it is older than the database.</param>
public sealed record SchemaStatus(
    IReadOnlyList<string> Applied,
    IReadOnlyList<string> Pending,
    IReadOnlyList<string> Unknown
)
{
    /// <summary>Whether the program and the database fit.</summary>
    public bool IsCurrent => Pending.Count == 0 && Unknown.Count == 0;

    /// <summary>Whether nothing was ever made here.</summary>
    public bool IsEmpty => Applied.Count == 0;

    /// <summary>Whether a copy or a restore into this database was begun and has not ended.</summary>
    public bool IsUnfinished => Unknown.Contains(Schema.UnfinishedCopy);
}

/// <summary>Brings the schema up and down. Only one process at a time does, however many try.</summary>
public sealed class Schema
{
    /// <summary>
    /// Stands among the migrations while a database is being filled from another one. No version knows it, so none serves a
    /// half of the data.
    /// </summary>
    internal const string UnfinishedCopy = "99991231235959_UnfinishedCopy";

    private readonly Lazy<IDbContextFactory<PampsDb>> contexts;
    private readonly IDatabase database;
    private readonly KnownMigrations migrations;
    private readonly Lazy<StoredTables> tables;

    internal Schema(
        Lazy<IDbContextFactory<PampsDb>> contexts,
        IDatabase database,
        KnownMigrations migrations,
        Lazy<StoredTables> tables
    ) =>
        (this.contexts, this.database, this.migrations, this.tables) = (
            contexts,
            database,
            migrations,
            tables
        );

    /// <summary>Where the schema stands.</summary>
    /// <remarks>
    /// Plain SQL, because every start asks: EF Core would build its whole model first, which is most of a start.
    /// </remarks>
    public async Task<SchemaStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        var applied = await ReadAppliedAsync(cancellationToken);
        var known = migrations.Ids;
        return new SchemaStatus(applied, [.. known.Except(applied)], [.. applied.Except(known)]);
    }

    /// <summary>Where the schema stands once nobody is changing it.</summary>
    public async Task<SchemaStatus> ReadSettledStatusAsync(CancellationToken cancellationToken)
    {
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        return await ReadStatusAsync(cancellationToken);
    }

    private async Task<List<string>> ReadAppliedAsync(CancellationToken cancellationToken)
    {
        var isThere = await ReadTextsAsync(
            database.Dialect == SqlDialect.Sqlite
                ? "SELECT name FROM sqlite_schema WHERE name = '__EFMigrationsHistory'"
                : "SELECT 'there' WHERE to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL",
            cancellationToken
        );
        return isThere.Count == 0
            ? []
            : await ReadTextsAsync(
                "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY \"MigrationId\"",
                cancellationToken
            );
    }

    private Task<List<string>> ReadTextsAsync(string sql, CancellationToken cancellationToken) =>
        database.ReadAsync(
            new Statement(sql),
            async (reader, ct) =>
            {
                var texts = new List<string>();
                while (await reader.ReadAsync(ct))
                {
                    texts.Add(reader.GetString(0));
                }
                return texts;
            },
            transaction: null,
            cancellationToken
        );

    /// <summary>Applies the pending migrations and answers with them.</summary>
    public async Task<IReadOnlyList<string>> UpgradeAsync(CancellationToken cancellationToken)
    {
        await using var _ = await database.LockSchemaAsync(cancellationToken);
        var pending = (await ReadStatusAsync(cancellationToken)).Pending;
        if (pending.Count > 0)
        {
            await using var db = await OpenPatientlyAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
        return pending;
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
        return db.GetService<IMigrator>()
            .GenerateScript(fromMigration: status.IsEmpty ? null : status.Applied[^1]);
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

    /// <summary>A context whose statements take as long as they need: an index on a large table takes minutes.</summary>
    private async Task<PampsDb> OpenPatientlyAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.Value.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        return db;
    }
}
