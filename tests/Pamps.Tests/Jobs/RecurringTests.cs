using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Jobs;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using static Pamps.Tests.Jobs.TestJobs;

namespace Pamps.Tests.Jobs;

/// <summary>What comes again, and what is left behind by a server that dies.</summary>
public sealed class RecurringTests
{
    [Theory, OnEachDatabase]
    public async Task However_many_instances_there_are_the_sweep_runs_once_an_hour(Database database)
    {
        var time = new FakeTime();
        var runs = 0;
        Action<IServiceCollection> instance = services =>
        {
            time.Use(services);
            Doing(new HourlyJob("hourly", (_, _) =>
                {
                    Interlocked.Increment(ref runs);
                    return Task.CompletedTask;
                }))(services);
        };
        await using var first = await PampsServer.StartAsync(
            database,
            ServerInstances.ShareKey,
            services: instance
        );
        await using var second = await first.StartAnotherAsync(services: instance);
        await using var third = await first.StartAnotherAsync(services: instance);
        using var user = await first.RegisterAsync();
        await user.PostAsync("/post/", new { text = "once" }, ("Idempotency-Key", "old"));
        // And the four sweeps.
        await UntilAsync(async () => await first.JobsAsync("attempts = 0") == 5);

        for (var hour = 1; hour <= 3; hour++)
        {
            time.Advance(TimeSpan.FromHours(12));
            await UntilAsync(async () => await first.JobsAsync(NextAfter(time)) == 5);
            Assert.Equal(5, await first.JobsAsync("attempts = 0 AND key = ''"));
            Assert.Equal(hour, runs);
        }
        Assert.Equal(0, await first.ScalarAsync<long>("SELECT count(*) FROM idempotency"));
    }

    [Theory, OnEachDatabase]
    public async Task A_recurring_job_that_fails_is_never_given_up_and_one_that_is_dropped_comes_back(
        Database database
    )
    {
        var time = new FakeTime();
        var runs = 0;
        var broken = new HourlyJob("hourly", (_, _) =>
        {
            Interlocked.Increment(ref runs);
            throw new InvalidOperationException("again");
        });
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
        {
            time.Use(x);
            Doing(broken)(x);
        });
        await UntilAsync(async () => await pamps.JobsAsync("kind = 'hourly'") == 1);
        for (var run = 1; run <= 12; run++)
        {
            time.Advance(TimeSpan.FromMinutes(80));
            await UntilAsync(async () =>
                await pamps.JobsAsync($"kind = 'hourly' AND attempts = {run} AND locked_until IS NULL") == 1
            );
        }
        Assert.Equal(0, await pamps.JobsAsync("failed_at IS NOT NULL"));

        await pamps.ExecuteAsync("DELETE FROM job");
        await UntilAsync(async () => await pamps.JobsAsync("kind IN ('hourly', 'sweep')") == 2);
    }

    [Theory, OnEachDatabase]
    public async Task A_server_that_is_killed_loses_no_job(Database database)
    {
        const int Posts = 12_000;
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            using var author = await pamps.RegisterAsync();
            await author.WriteAsync("the first");
            await pamps.ExecuteAsync(
                $"""
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Posts})
                INSERT INTO post (id, user_id, text, date, likes_count, replies_count)
                SELECT i, p.user_id, '#old @nobody', p.date, 0, 0 FROM n, (SELECT user_id, date FROM post) p
                """
            );
        }
        await using (var killed = await workplace.StartAsync("serve", "--port", "0"))
        {
            await killed.ListensAsync();
            await using var watch = await TestDatabase.OpenAsync(workplace.Uri);
            await UntilAsync(async () => await CountAsync(watch, "NOT NULL") > 500);
            await killed.SignalAsync("KILL");
            await killed.EndAsync();
            Assert.NotEqual(0, await CountAsync(watch, "NULL"));
        }

        // Its lease has run out by then.
        var time = new FakeTime();
        await using var later = await PampsServer.StartAsync(
            database,
            x => x.Db.Uri = workplace.Uri,
            services: x =>
            {
                time.Use(x);
                Doing()(x);
            }
        );
        await UntilAsync(async () => await later.JobsAsync("kind = 'index_texts'") == 0);
        Assert.Equal(0, await later.ScalarAsync<long>("SELECT count(*) FROM post WHERE entities IS NULL"));
        Assert.Equal(Posts, await later.ScalarAsync<long>("SELECT count(*) FROM hashtag"));
    }

    private static async Task<long> CountAsync(System.Data.Common.DbConnection connection, string entities)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM post WHERE entities IS {entities}";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Due in an hour from then, to the second.</summary>
    private static string NextAfter(FakeTime time) =>
        $"run_at > '{time.GetUtcNow().UtcDateTime.AddMinutes(59):yyyy-MM-dd HH:mm:ss}Z' AND locked_until IS NULL";
}
