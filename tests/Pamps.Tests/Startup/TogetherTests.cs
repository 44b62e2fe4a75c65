using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Tests.Startup;

public sealed class TogetherTests
{
    [Fact]
    public async Task Ten_servers_that_start_at_once_on_an_empty_PostgreSQL_all_come_up()
    {
        var uri = await TestDatabase.CreateAsync(Database.Postgres);
        var servers = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ => Task.Run(() => PampsServer.StartAsync(Database.Postgres, x =>
                        {
                            x.Db.Uri = uri;
                            x.Db.MaxConnections = 4;
                        })))
        );
        foreach (var server in servers)
        {
            using var anyone = server.Anonymous();
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/ready")).Status);
            await server.DisposeAsync();
        }
    }

    [Theory, OnEachDatabase]
    public async Task Of_several_processes_that_upgrade_at_once_one_does_and_the_others_wait(
        Database database
    )
    {
        var workplace = await Workplace.OnAsync(database);
        var runs = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => workplace.RunAsync("db", "upgrade"))
        );
        Assert.Single(runs, x => x.Succeeded().StartsWith("Applied migration ", StringComparison.Ordinal));
        Assert.Equal(4, runs.Count(x => x.Output == "The schema is current.\n"));
        (await workplace.RunAsync("db", "status")).Succeeded();
    }

    [Fact]
    public async Task An_upgrade_waits_while_another_instance_changes_the_schema()
    {
        const string waiting = """
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;
        var workplace = await Workplace.OnAsync(Database.Postgres);
        await using var pamps = await workplace.ServeHereAsync(Database.Postgres);
        var database = pamps.Services.GetRequiredService<IDatabase>();
        await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = connection.CreateCommand();
        count.CommandText = waiting;

        Task<Ran> upgrade;
        await using (await database.LockSchemaAsync(TestContext.Current.CancellationToken))
        {
            upgrade = workplace.RunAsync("db", "upgrade");
            while ((long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == 0)
            {
                Assert.False(upgrade.IsCompleted, "The upgrade did not wait.");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
        (await upgrade).Succeeded();
    }

    [Fact]
    public async Task A_process_killed_while_it_made_the_schema_does_not_block_the_next()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        await using (
            var connection = new SqliteConnection($"Data Source={workplace.Uri["sqlite:///".Length..]}")
        )
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var abandoned = connection.CreateCommand();
            // What EF Core writes before it migrates, and takes back afterwards.
            abandoned.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-10-30 11:04:53');
                """;
            await abandoned.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        (await workplace.RunAsync("db", "status")).Succeeded();
    }
}
