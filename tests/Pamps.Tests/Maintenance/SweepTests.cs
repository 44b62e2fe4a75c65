using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Streaming;

namespace Pamps.Tests.Maintenance;

/// <summary>What has expired goes, and nothing else.</summary>
public sealed class SweepTests
{
    [Theory, OnEachDatabase]
    public async Task Expired_logins_and_old_answers_go_and_living_ones_stay(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: Only(time));
        using var old = await pamps.RegisterAsync("old");
        await old.PostAsync("/post/", new { text = "once" }, ("Idempotency-Key", "old"));
        time.Advance(TimeSpan.FromHours(25));
        using var young = await pamps.RegisterAsync("young");
        await young.PostAsync("/post/", new { text = "once" }, ("Idempotency-Key", "young"));
        await SettleAsync(pamps, database);

        var swept = await pamps.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);

        // A login, an answer, and the events of the account that was made and of the post.
        Assert.Equal(4, swept);
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT count(*) FROM event"));
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM login"));
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM idempotency"));
        Assert.Equal(HttpStatusCode.OK, (await young.GetAsync("/user/me/")).Status);
        var again = await young.PostAsync("/post/", new { text = "once" }, ("Idempotency-Key", "young"));
        Assert.Equal((await young.GetAsync($"/post/user/{young.Username}/")).Ids, [(long)again["id"]!]);
    }

    [Theory, OnEachDatabase]
    public async Task More_than_one_batch_goes_in_one_sweep(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: Only(time));
        using var user = await pamps.RegisterAsync();
        await Task.WhenAll(
            Enumerable
                .Range(0, 600)
                .Select(i => user.PostAsync("/post/", new { text = $"{i}" }, ("Idempotency-Key", $"key{i}")))
        );
        Assert.Equal(600, await pamps.ScalarAsync<long>("SELECT count(*) FROM idempotency"));
        time.Advance(TimeSpan.FromHours(25));

        await pamps.Services.GetRequiredService<Sweep>().RunAsync(CancellationToken.None);

        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM idempotency"));
    }

    [Theory, OnEachDatabase]
    public async Task Old_events_go_by_the_hundred_thousand_and_young_ones_stay(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: Only(time));
        using var user = await pamps.RegisterAsync();
        await EventRows.AddAsync(pamps, 100_000, time.GetUtcNow().UtcDateTime.AddHours(-2));
        time.AdjustTime(time.GetUtcNow().AddMinutes(-59));
        await user.WriteAsync("young");
        time.Advance(TimeSpan.FromMinutes(59));
        await user.WriteAsync("new");
        await SettleAsync(pamps, database);
        var watch = Stopwatch.StartNew();

        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);

        // The account was made within the hour, too.
        Assert.Equal(3, await pamps.ScalarAsync<long>("SELECT count(*) FROM event"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
    }

    [Theory, OnEachDatabase]
    public async Task Events_that_a_consumer_has_not_passed_stay_for_a_week(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: Only(time));
        await EventRows.AddAsync(pamps, 10, time.GetUtcNow().UtcDateTime.AddHours(-2));
        await pamps.ExecuteAsync(
            "INSERT INTO consumer (name, tx, event_id) SELECT 'slow', 0, id FROM event WHERE subject_id = 4"
        );
        await pamps.ExecuteAsync(
            "INSERT INTO consumer (name, tx, event_id) SELECT 'fast', 0, id FROM event WHERE subject_id = 9"
        );
        var sweep = pamps.Services.GetRequiredService<Sweep>();

        await sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(6, await pamps.ScalarAsync<long>("SELECT count(*) FROM event WHERE subject_id > 4"));
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM event WHERE subject_id <= 4"));

        time.Advance(TimeSpan.FromDays(7));
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(10, await pamps.ScalarAsync<long>("SELECT max(subject_id) FROM event"));
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM event"));
    }

    [Theory, OnEachDatabase]
    public async Task Mutes_that_have_ended_go(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: Only(time));
        using var ana = await pamps.RegisterAsync();
        foreach (var until in new[] { "'2030-01-02 04:00:00Z'", "'2030-01-02 06:00:00Z'", "NULL" })
        {
            using var muted = await pamps.RegisterAsync();
            await pamps.ExecuteAsync(
                $"""
                INSERT INTO mute (id, "from", "to", date, until, notifications)
                SELECT id, {ana.Id}, id, created_at, {until}, discoverable FROM "user" WHERE id = {muted.Id}
                """
            );
        }
        time.Advance(TimeSpan.FromHours(2));

        var swept = await pamps
            .Services.GetRequiredService<Sweep>()
            .RunAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, swept);
        Assert.Equal(
            2,
            await pamps.ScalarAsync<long>(
                "SELECT count(*) FROM mute WHERE until IS NULL OR until > '2030-01-02 05:30:00Z'"
            )
        );
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT count(*) FROM mute"));
    }

    /// <summary>With that date, and no sweep but the test's own.</summary>
    private static Action<IServiceCollection> Only(FakeTime time) =>
        services =>
        {
            time.Use(services);
            TestJobs.Without(services);
        };

    /// <summary>
    /// On PostgreSQL the last event that readers may see is kept, and which it is depends on what else still writes
    /// anywhere on that server: other tests, too.
    /// </summary>
    private static async Task SettleAsync(PampsServer pamps, Database database)
    {
        const string Unsettled =
            "SELECT count(*) FROM event WHERE tx >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        while (database == Database.Postgres && await pamps.ScalarAsync<long>(Unsettled) > 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
