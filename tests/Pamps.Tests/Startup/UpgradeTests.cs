using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Startup;

public sealed class UpgradeTests
{
    [Theory, OnEachDatabase]
    public async Task A_dry_run_says_what_an_upgrade_would_do_and_changes_nothing(Database database)
    {
        var workplace = await MakeAsync(database, "Initial");
        var before = (await workplace.RunAsync("db", "status")).Output;
        var files = Directory.GetFiles(Path.GetDirectoryName(FileOf(workplace))!).Length;

        var plan = (await workplace.RunAsync("db", "upgrade", "--dry-run")).Succeeded();

        AssertRow(plan, "_Social", "post", "2", "index ix_post_without_entities made");
        AssertRow(plan, "_Social", "user", "1", "column notifications_read added");
        AssertRow(plan, "_Social", "mention", "new", "made");
        AssertRow(plan, "_SeveralCopies", "lease", "new", "made");
        Assert.Contains("under a second", plan, StringComparison.Ordinal);
        Assert.Contains("the texts of 1 users and 2 posts are indexed", plan, StringComparison.Ordinal);
        Assert.Equal(
            database == Database.Sqlite,
            plan.Contains("Before: a snapshot of ", StringComparison.Ordinal)
        );
        Assert.Contains("Nothing was changed", plan, StringComparison.Ordinal);
        Assert.Equal(before, (await workplace.RunAsync("db", "status")).Output);
        Assert.Equal(files, Directory.GetFiles(Path.GetDirectoryName(FileOf(workplace))!).Length);
        Assert.DoesNotContain(
            "snapshot",
            (await workplace.RunAsync("db", "upgrade", "--dry-run", "--no-snapshot")).Succeeded(),
            StringComparison.Ordinal
        );

        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        var done = (await workplace.RunAsync("db", "upgrade", "--dry-run")).Succeeded();
        Assert.StartsWith("The schema is current.\nNothing was changed", done, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Database.Sqlite, "sqlite_stat1 WHERE idx = 'ix_post_public'")]
    [InlineData(Database.Postgres, "pg_stats WHERE tablename = 'post' AND attname = 'visibility'")]
    public async Task The_planner_knows_what_an_upgrade_made(Database database, string known)
    {
        var workplace = await MakeAsync(database, "SeveralCopies");
        await using var connection = await TestDatabase.OpenAsync(workplace.Uri);
        await using var command = connection.CreateCommand();
        // SQLite knows of new indexes as long as it knows of none.
        command.CommandText = "ANALYZE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.CommandText = $"SELECT count(*) FROM {known}";
        Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        (await workplace.RunAsync("db", "upgrade")).Succeeded();

        Assert.Equal(1L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_dry_run_makes_no_database()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        Assert.Contains(
            "There is no SQLite database",
            (await workplace.RunAsync("db", "upgrade", "--dry-run")).Refused(),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(FileOf(workplace)));
    }

    [Theory, OnEachDatabase]
    public async Task A_newer_schema_is_not_upgraded(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await (
            await PampsServer.StartAsync(database, x => x.Db.Uri = workplace.Uri, services: Later.AddTo)
        ).DisposeAsync();
        foreach (var more in new[] { "--no-snapshot", "--dry-run" })
        {
            Assert.Contains(
                "Run a newer pamps",
                (await workplace.RunAsync("db", "upgrade", more)).Refused(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_upgrade_of_SQLite_leaves_a_snapshot_that_can_take_the_databases_place()
    {
        var workplace = await MakeAsync(Database.Sqlite, "Social");
        var before = (await workplace.RunAsync("db", "status")).Output;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(FileOf(workplace), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var told = (await workplace.RunAsync("db", "upgrade")).Succeeded();

        var snapshot = Assert.Single(SnapshotsOf(workplace));
        Assert.Contains(
            $"Snapshot of the database before the upgrade: {snapshot}\n",
            told,
            StringComparison.Ordinal
        );
        Assert.Contains("pamps_test.db.Social.", snapshot, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(snapshot));
        }
        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        Assert.Single(SnapshotsOf(workplace));

        File.Delete(FileOf(workplace) + "-wal");
        File.Delete(FileOf(workplace) + "-shm");
        File.Copy(snapshot, FileOf(workplace), overwrite: true);
        Assert.Equal(before, (await workplace.RunAsync("db", "status")).Output);
        (await workplace.RunAsync("db", "upgrade", "--no-snapshot")).Succeeded();
        Assert.Single(SnapshotsOf(workplace));
        Assert.Equal(["ana"], await workplace.UsernamesAsync());
        (await workplace.RunAsync("db", "verify")).Succeeded();
    }

    [Fact]
    public async Task A_server_that_upgrades_SQLite_as_it_starts_makes_a_snapshot_and_the_newest_three_stay()
    {
        var workplace = await MakeAsync(Database.Sqlite, "Social");
        var old = Enumerable
            .Range(1, 4)
            .Select(x => $"{FileOf(workplace)}.Initial.2020010{x}T000000Z.snapshot")
            .ToList();
        foreach (var (file, day) in old.Select((x, i) => (x, i)))
        {
            await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1 + day, 0, 0, 0, DateTimeKind.Utc));
        }
        string[] neighbours = [FileOf(workplace) + ".mine", FileOf(workplace) + ".mine.snapshot"];
        foreach (var neighbour in neighbours)
        {
            await File.WriteAllTextAsync(neighbour, "", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(neighbour, new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        await using var pamps = await workplace.StartAsync("serve", "--port", "0");
        await pamps.ListensAsync();

        Assert.Contains(
            "Snapshot of the database before the upgrade: ",
            pamps.Output,
            StringComparison.Ordinal
        );
        var kept = SnapshotsOf(workplace).Except(neighbours).ToList();
        Assert.Equal(3, kept.Count);
        Assert.Equal(old[2..], kept.Intersect(old));
        Assert.All(neighbours, x => Assert.True(File.Exists(x)));
    }

    [Theory, OnEachDatabase]
    public async Task An_upgrade_that_fails_leaves_the_database_as_it_was_and_says_so(Database database)
    {
        var workplace = await MakeAsync(database, "SeveralCopies");
        var before = (await workplace.RunAsync("db", "status")).Output;

        var failure = await Assert.ThrowsAsync<UpgradeFailedException>(() =>
            PampsServer.StartAsync(
                database,
                x => (x.Db.Uri, x.Db.UpgradeAtStart) = (workplace.Uri, true),
                services: Later.AddBrokenTo
            )
        );

        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The database is as it was before.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await workplace.RunAsync("db", "status")).Output);
        if (database == Database.Sqlite)
        {
            Assert.Contains(
                $"copy {Assert.Single(SnapshotsOf(workplace))} over",
                failure.Message,
                StringComparison.Ordinal
            );
        }
        // Neither the migration that failed nor the good one before it left anything.
        await using var later = await PampsServer.StartAsync(
            database,
            x => (x.Db.Uri, x.Db.UpgradeAtStart) = (workplace.Uri, true),
            services: Later.AddTo
        );
        Assert.Equal(
            Later.Id,
            (
                await later
                    .Services.GetRequiredService<Schema>()
                    .ReadStatusAsync(TestContext.Current.CancellationToken)
            ).Applied[^1]
        );
    }

    [Fact]
    public async Task Upgrades_that_fail_again_and_again_take_no_other_versions_snapshot_away()
    {
        var workplace = await MakeAsync(Database.Sqlite, "SeveralCopies");
        var older = Enumerable
            .Range(1, 3)
            .Select(x => $"{FileOf(workplace)}.Social.2020010{x}T000000Z.snapshot")
            .ToList();
        var failed = $"{FileOf(workplace)}.SeveralCopies.20200104T000000Z.snapshot";
        foreach (var file in older.Append(failed))
        {
            await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        await Assert.ThrowsAsync<UpgradeFailedException>(() =>
            PampsServer.StartAsync(
                Database.Sqlite,
                x => x.Db.Uri = workplace.Uri,
                services: Later.AddBrokenTo
            )
        );

        Assert.All(older, x => Assert.True(File.Exists(x)));
        Assert.False(File.Exists(failed));
        Assert.Single(SnapshotsOf(workplace).Except(older));
    }

    [Fact]
    public async Task An_upgrade_of_PostgreSQL_lets_others_by_while_somebody_holds_a_table()
    {
        var workplace = await MakeAsync(Database.Postgres, "Social");
        await using var backup = await TestDatabase.OpenAsync(workplace.Uri);
        await using var watch = await TestDatabase.OpenAsync(workplace.Uri);
        await using var reading = await backup.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = backup.CreateCommand();
        hold.CommandText = "LOCK TABLE login IN ACCESS SHARE MODE";
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var upgrade = workplace.RunAsync("db", "upgrade");
        await UntilAsync(isWaiting: true);
        // It gives up by itself, though the table is still held, and those behind it come to their turn.
        await UntilAsync(isWaiting: false);
        Assert.False(upgrade.IsCompleted);
        await reading.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Contains(
            "Applied migration 20261121231554_SeveralCopies",
            (await upgrade).Succeeded(),
            StringComparison.Ordinal
        );

        async Task UntilAsync(bool isWaiting)
        {
            await using var command = watch.CreateCommand();
            command.CommandText =
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            while (
                !upgrade.IsCompleted
                && (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!
                    != isWaiting
            )
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task Of_several_servers_that_upgrade_SQLite_at_once_one_makes_a_snapshot()
    {
        var workplace = await MakeAsync(Database.Sqlite, "SeveralCopies");
        var servers = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    Task.Run(() =>
                        PampsServer.StartAsync(
                            Database.Sqlite,
                            x => x.Db.Uri = workplace.Uri,
                            services: Later.AddTo
                        )
                    )
                )
        );
        Assert.Single(SnapshotsOf(workplace));
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>A user and two posts on the schema of that migration.</summary>
    private static async Task<Workplace> MakeAsync(Database database, string migration)
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            using var ana = new Client(pamps, "ana", id: 0);
            await ana.RegisterAsync();
            await ana.WriteAsync("a reply", await ana.WriteAsync("a post"));
        }
        (await workplace.RunAsync("db", "downgrade", migration, "--force")).Succeeded();
        return workplace;
    }

    private static string FileOf(Workplace workplace) =>
        workplace.Uri.StartsWith("sqlite", StringComparison.Ordinal)
            ? workplace.Uri["sqlite:///".Length..]
            : Path.Combine(workplace.Folder, "none");

    private static List<string> SnapshotsOf(Workplace workplace) =>
        [
            .. Directory
                .GetFiles(Path.GetDirectoryName(FileOf(workplace))!, "*snapshot*")
                .Order(StringComparer.Ordinal),
        ];

    private static void AssertRow(string plan, string migration, string table, string rows, string deed) =>
        Assert.Contains(
            plan.Split('\n').Select(x => x.Trim('│').Split('│').Select(cell => cell.Trim()).ToList()),
            x =>
                x.Count == 5
                && x[0].EndsWith(migration, StringComparison.Ordinal)
                && x[1] == table
                && x[2] == rows
                && x[3].Contains(deed, StringComparison.Ordinal)
        );
}
