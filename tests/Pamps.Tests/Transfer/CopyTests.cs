using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Operations.Transfer;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Startup;

namespace Pamps.Tests.Transfer;

public sealed class CopyTests
{
    [Theory, FromEachToEach]
    public async Task A_copy_answers_like_the_original_and_goes_on_by_itself(Database from, Database to)
    {
        var (source, target) = (await Workplace.OnAsync(from), await Workplace.OnAsync(to));
        string original;
        await using (var pamps = await source.ServeHereAsync(from))
        {
            await Community.MakeAsync(pamps);
            original = await Community.ReadAsync(pamps);
            // The server on the source stays up.
            var copied = (await CopyAsync(source, target)).Succeeded();
            Assert.Contains("hold the same.", copied, StringComparison.Ordinal);
        }

        (await target.RunAsync("db", "verify")).Succeeded();
        await using var copy = await target.ServeHereAsync(to);
        Assert.Equal(original, await Community.ReadAsync(copy));
        await using var fresh = await PampsServer.StartAsync(to);
        Assert.Equal(await SchemaText.ReadAsync(fresh, to), await SchemaText.ReadAsync(copy, to));
        using var caio = await copy.RegisterAsync();
        await caio.WriteAsync("written after the copy");
        Assert.Contains(
            "written after the copy",
            (await caio.GetAsync("/search/?q=%22after the copy%22")).Body,
            StringComparison.Ordinal
        );
        Assert.True(await copy.ScalarAsync<long>("SELECT max(id) FROM event") > 1_000_000_000_000);
    }

    [Theory, FromEachToEach]
    public async Task A_copy_that_was_stopped_is_not_served_and_goes_on_where_it_was(
        Database from,
        Database to
    )
    {
        var (source, target) = (await Workplace.OnAsync(from), await Workplace.OnAsync(to));
        await using var pamps = await source.ServeHereAsync(from);
        await Community.MakeAsync(pamps);
        await using var empty = await target.ServeHereAsync(to);
        foreach (var (step, done) in new[] { ("like", 10_000L), ("social", 0L), ("indexes", 5L) })
        {
            await StopAsync(pamps, empty, step, done);
            var line = (await target.RunAsync("serve", "--port", "0")).Refused();
            Assert.Contains("was not finished", line, StringComparison.Ordinal);
            using var anyone = empty.Anonymous();
            Assert.Equal(503, (int)(await anyone.GetAsync("/health/ready")).Status);
        }
        var other = await Workplace.OnAsync(from);
        await (await other.ServeHereAsync(from)).DisposeAsync();
        Assert.Contains(
            "holds a part of another source",
            (await CopyAsync(other, target)).Errors,
            StringComparison.Ordinal
        );

        (await CopyAsync(source, target)).Succeeded();
        (await target.RunAsync("db", "verify")).Succeeded();
        await using var copy = await target.ServeHereAsync(to);
        Assert.Equal(await Community.ReadAsync(pamps), await Community.ReadAsync(copy));
        Assert.Equal(await SchemaText.ReadAsync(empty, to), await SchemaText.ReadAsync(copy, to));
    }

    [Theory, FromEachToEach]
    public async Task A_copy_of_what_was_written_to_meanwhile_is_refused_and_can_be_made_anew(
        Database from,
        Database to
    )
    {
        var (source, target) = (await Workplace.OnAsync(from), await Workplace.OnAsync(to));
        await using var pamps = await source.ServeHereAsync(from);
        await Community.MakeAsync(pamps, posts: 200);
        await using (var empty = await target.ServeHereAsync(to))
        {
            await StopAsync(pamps, empty, "indexes", 1);
        }
        using (var ana = new Client(pamps, "ana_carried", id: 0))
        {
            await ana.SignInAsync();
            await ana.WriteAsync("too late");
        }

        var differs = (await CopyAsync(source, target)).Errors;
        Assert.Contains("The table user differs", differs, StringComparison.Ordinal);
        Assert.Contains(
            "was not finished",
            (await target.RunAsync("user-list")).Refused(),
            StringComparison.Ordinal
        );
        (await target.RunAsync("reset-db", "--force")).Succeeded();
        (await CopyAsync(source, target)).Succeeded();
    }

    [Theory, FromEachToEach]
    public async Task A_target_with_rows_is_refused_and_left_as_it_was(Database from, Database to)
    {
        var (source, target) = (await Workplace.OnAsync(from), await Workplace.OnAsync(to));
        (await source.RunAsync("create-user", "ana@example.org", "ana", "correct horse")).Succeeded();
        (await target.RunAsync("create-user", "beto@example.org", "beto", "correct horse")).Succeeded();

        var line = (await CopyAsync(source, target)).Errors;
        Assert.Contains("is not empty", line, StringComparison.Ordinal);
        Assert.Equal(["beto"], await target.UsernamesAsync());
        Assert.Equal(["ana"], await source.UsernamesAsync());
        Assert.Contains("same database", (await CopyAsync(source, source)).Errors, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_source_of_another_version_is_refused_with_what_to_do(Database database)
    {
        var (source, target) = (await Workplace.OnAsync(database), await Workplace.OnAsync(database));
        Assert.Contains(
            database == Database.Sqlite ? "There is no SQLite database" : "no schema",
            (await CopyAsync(source, target)).Errors,
            StringComparison.Ordinal
        );
        (await source.RunAsync("db", "upgrade")).Succeeded();
        (await source.RunAsync("db", "downgrade", "Social", "--force")).Succeeded();
        Assert.Contains(
            "pamps db upgrade",
            (await CopyAsync(source, target)).Errors,
            StringComparison.Ordinal
        );
        (await source.RunAsync("db", "upgrade")).Succeeded();
        await using (var pamps = await source.ServeHereAsync(database))
        {
            await pamps
                .Services.GetRequiredService<IDatabase>()
                .InsertManyAsync(
                    "__EFMigrationsHistory",
                    ["MigrationId", "ProductVersion"],
                    [
                        [Later.Id, "10.0.0"],
                    ],
                    TestContext.Current.CancellationToken
                );
        }
        Assert.Contains(
            "Run a newer pamps",
            (await CopyAsync(source, target)).Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(1, (await target.RunAsync("db", "status")).ExitCode);
    }

    [Fact]
    public async Task A_source_that_does_not_exist_is_not_made()
    {
        var target = await Workplace.OnAsync(Database.Sqlite);
        var missing = Path.Combine(target.Folder, "nothing", "pamps.db");
        var line = (
            await target.RunAsync("db", "copy", "--from", $"sqlite:///{missing}", "--to", target.Uri)
        ).Refused();
        Assert.Contains("There is no SQLite database", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(missing)));
        (await target.RunAsync("db", "upgrade")).Succeeded();
        line = (await target.RunAsync("db", "copy", "--from", target.Uri, "--to", "mysql://x")).Errors;
        Assert.Contains("--to has an unknown scheme", line, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Every_table_is_carried_but_what_means_nothing_elsewhere(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        await using var target = await PampsServer.StartAsync(database);
        var copied = await target
            .Services.GetRequiredService<CopyDatabase>()
            .RunAsync(
                pamps.Services.GetRequiredService<StoredData>(),
                null,
                TestContext.Current.CancellationToken
            );
        var carried = copied.Value.Tables.Select(x => x.Table);
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            database == Database.Sqlite
                ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                : "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
        var all = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            all.Add(rows.GetString(0));
        }
        // The words are made anew; SQLite keeps their parts in tables behind the one that is asked.
        var left = all.Except(carried)
            .Where(x => !x.StartsWith("post_search", StringComparison.Ordinal))
            .Where(x => !x.StartsWith("user_search", StringComparison.Ordinal));
        Assert.Equal(
            ["__EFMigrationsHistory", "allowance", "archive", "consumer", "event", "import", "job"],
            left.Where(x => x != "__EFMigrationsLock").Order(StringComparer.Ordinal)
        );
    }

    private static Task<Ran> CopyAsync(Workplace source, Workplace target) =>
        target.RunAsync("db", "copy", "--from", source.Uri, "--to", target.Uri);

    /// <summary>Copies, and stops within a step.</summary>
    private static async Task StopAsync(PampsServer source, PampsServer target, string step, long done)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            target
                .Services.GetRequiredService<CopyDatabase>()
                .RunAsync(
                    source.Services.GetRequiredService<StoredData>(),
                    new StopAt(step, stop, done),
                    stop.Token
                )
        );
    }
}
