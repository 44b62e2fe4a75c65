using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;

namespace Pamps.Operations.Maintenance;

/// <summary>What a migration will do to a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">How many rows it has; null for one that does not stand yet.</param>
/// <param name="Deeds">What is done to it, in a few words each.</param>
/// <param name="Duration">About how long that takes.</param>
public sealed record PlannedTable(string Table, long? Rows, IReadOnlyList<string> Deeds, TimeSpan Duration)
{
    /// <summary>Whether it is a table; what is not is SQL of a migration's own that does not say which one it changes.</summary>
    public bool IsTable => Table != UpgradeDeed.OwnSql;
}

/// <summary>A migration that an upgrade will apply.</summary>
/// <param name="Id">The migration.</param>
/// <param name="Tables">What it touches.</param>
public sealed record PlannedMigration(string Id, IReadOnlyList<PlannedTable> Tables);

/// <summary>Texts that an upgrade will index when the migrations are applied.</summary>
/// <param name="Users">How many users.</param>
/// <param name="Posts">How many posts.</param>
/// <param name="Duration">About how long that takes.</param>
public sealed record PlannedIndexing(long Users, long Posts, TimeSpan Duration);

/// <summary>The snapshot that an upgrade will make first.</summary>
/// <param name="Bytes">How large it is.</param>
/// <param name="Duration">About how long that takes.</param>
/// <param name="Lack">Why there is no room for it; null when there is.</param>
public sealed record PlannedSnapshot(long Bytes, TimeSpan Duration, Error? Lack);

/// <summary>What an upgrade of a database will do.</summary>
/// <param name="Migrations">The migrations, in their order; none when the schema is current.</param>
/// <param name="Snapshot">The snapshot, where one is made.</param>
/// <param name="Indexing">The indexing of texts, where there is any.</param>
public sealed record UpgradePlan(
    IReadOnlyList<PlannedMigration> Migrations,
    PlannedSnapshot? Snapshot,
    PlannedIndexing? Indexing
);

/// <summary>Says what an upgrade would do, and changes nothing.</summary>
public sealed class PlanUpgrade
{
    private readonly IDatabase database;
    private readonly KnownMigrations migrations;
    private readonly Schema schema;
    private readonly UpgradeSnapshot snapshot;

    internal PlanUpgrade(
        IDatabase database,
        KnownMigrations migrations,
        Schema schema,
        UpgradeSnapshot snapshot
    ) =>
        (this.database, this.migrations, this.schema, this.snapshot) = (
            database,
            migrations,
            schema,
            snapshot
        );

    /// <summary>The plan. Refused when the database is newer than this version, or only partly filled.</summary>
    /// <param name="withSnapshot">Whether a snapshot is to be made where the database is a file.</param>
    /// <param name="ct">Gives up; counting the rows of large tables takes seconds.</param>
    public async Task<Result<UpgradePlan>> RunAsync(bool withSnapshot, CancellationToken ct)
    {
        var status = await schema.ReadStatusAsync(ct);
        if (schema.FindObstacle(status) is { } obstacle)
        {
            return obstacle;
        }
        var tables = await CountTablesAsync(ct);
        var speed = database.Dialect.UpgradeSpeed;
        return new UpgradePlan(
            [.. migrations.All.Where(x => status.Pending.Contains(x.Id)).Select(x => Plan(x, tables, speed))],
            withSnapshot && status is { IsEmpty: false, Pending.Count: > 0 }
                ? await PlanSnapshotAsync(ct)
                : null,
            await PlanIndexingAsync(status, tables, speed, ct)
        );
    }

    private PlannedMigration Plan(
        Migration migration,
        IReadOnlyDictionary<string, long> tables,
        UpgradeSpeed speed
    ) =>
        new(
            migration.Id,
            [
                .. UpgradeDeed
                    .In(migration.Up(), database.Dialect.DropsColumnsAtOnce)
                    .GroupBy(x => x.Table)
                    .Select(x => new PlannedTable(
                        x.Key,
                        tables.TryGetValue(x.Key, out var rows) ? rows : null,
                        [.. x.Select(deed => deed.What).Distinct()],
                        speed.DurationOf(x, rows)
                    )),
            ]
        );

    private async Task<PlannedSnapshot?> PlanSnapshotAsync(CancellationToken ct) =>
        await snapshot.MeasureAsync(ct) is { } size
            ? new PlannedSnapshot(size, UpgradeDuration.OfSnapshot(size), snapshot.FindLack(size))
            : null;

    /// <summary>Of posts, those whose texts were never read; before they could be, all.</summary>
    private async Task<PlannedIndexing?> PlanIndexingAsync(
        SchemaStatus status,
        IReadOnlyDictionary<string, long> tables,
        UpgradeSpeed speed,
        CancellationToken ct
    )
    {
        if (!tables.TryGetValue("user", out var users) || !tables.TryGetValue("post", out var posts))
        {
            return null;
        }
        if (tables.ContainsKey("hashtag"))
        {
            posts = await database.CountAsync("SELECT count(*) FROM post WHERE entities IS NULL", ct);
        }
        return posts > 0 || (status.Pending.Count > 0 && users > 0)
            ? new PlannedIndexing(users, posts, speed.DurationOfTexts(users + posts))
            : null;
    }

    private async Task<IReadOnlyDictionary<string, long>> CountTablesAsync(CancellationToken ct)
    {
        List<string> names;
        await using (var connection = await database.OpenAsync(ct))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = database.Dialect.TableNames;
            await using var rows = await command.ExecuteReaderAsync(ct);
            names = await rows.ListAsync(row => row.GetString(0), ct);
        }
        var counts = new Dictionary<string, long>();
        foreach (var name in names)
        {
            counts[name] = await database.CountAsync($"SELECT count(*) FROM \"{name}\"", ct);
        }
        return counts;
    }
}
