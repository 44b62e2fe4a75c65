using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Jobs;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static Pamps.Tests.Jobs.TestJobs;

namespace Pamps.Tests.Jobs;

/// <summary>Work that is left for later is done, whatever happens, and by one instance at a time.</summary>
public sealed class JobTests
{
    [Theory, OnEachDatabase]
    public async Task A_job_that_fails_is_tried_ever_less_often_and_then_kept_while_others_are_done(
        Database database
    )
    {
        var time = new FakeTime();
        var (tries, done) = (0, 0);
        var bad = new TestJob("bad", (_, _) =>
        {
            Interlocked.Increment(ref tries);
            throw new InvalidOperationException(
                "no\nanswer from https://ana:hunter2@example.org/?token=hunter3"
            );
        });
        var good = new TestJob("good", (_, _) =>
        {
            Interlocked.Increment(ref done);
            return Task.CompletedTask;
        });
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
        {
            time.Use(x);
            Doing(bad, good)(x);
        });
        await pamps.EnqueueAsync(new Job("bad", "of a test"));
        for (var attempt = 1; attempt < 10; attempt++)
        {
            await UntilAsync(async () =>
                await pamps.JobsAsync($"kind = 'bad' AND attempts = {attempt} AND locked_until IS NULL") == 1
            );
            var jobs = await ListAsync(pamps, failed: false);
            var pause = jobs.Single(x => x.Kind == "bad").RunAt - time.GetUtcNow().UtcDateTime;
            var least = TimeSpan.FromSeconds(Math.Min(10 * Math.Pow(4, attempt - 1), 86_400));
            Assert.InRange(pause, least - TimeSpan.FromMilliseconds(1), 1.25 * least);
            time.Advance(pause - TimeSpan.FromSeconds(1));
            await Task.Delay(60, TestContext.Current.CancellationToken);
            Assert.Equal(attempt, Volatile.Read(ref tries));
            time.Advance(TimeSpan.FromSeconds(1.001));
        }

        await UntilAsync(async () => await pamps.JobsAsync("kind = 'bad' AND failed_at IS NOT NULL") == 1);
        var failed = Assert.Single(await ListAsync(pamps, failed: true));
        Assert.Equal((10, "of a test", null), (failed.Attempts, failed.Key, failed.LockedUntil));
        Assert.Equal(
            "InvalidOperationException: no answer from https://…@example.org/?token=…",
            failed.Error
        );
        await pamps.EnqueueAsync(new Job("good"));
        await UntilAsync(async () => await pamps.JobsAsync("kind = 'good'") == 0);
        time.Advance(TimeSpan.FromDays(30));
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal((10, 1), (tries, done));
    }

    [Theory, OnEachDatabase]
    public async Task A_job_of_an_unknown_kind_stays(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            services: Doing(new TestJob("known", (_, _) => Task.CompletedTask))
        );
        await pamps.EnqueueAsync(new Job("of_a_newer_version", Payload: "{}"));
        await pamps.EnqueueAsync(new Job("known"));
        await UntilAsync(async () => await pamps.JobsAsync("kind = 'known'") == 0);
        Assert.Equal(
            1,
            await pamps.JobsAsync(
                "kind = 'of_a_newer_version' AND attempts = 0 AND locked_until IS NULL AND failed_at IS NULL"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task Two_instances_run_each_job_once(Database database)
    {
        var runs = new ConcurrentDictionary<string, int>();
        var here = new ConcurrentBag<int>();
        Action<IServiceCollection> Instance(int number) => Doing(new TestJob("once", async (run, ct) =>
                {
                    runs.AddOrUpdate(run.Payload!, 1, (_, before) => before + 1);
                    here.Add(number);
                    await Task.Delay(10, ct);
                }));
        await using var first = await PampsServer.StartAsync(
            database,
            ServerInstances.ShareKey,
            services: Instance(1)
        );
        await using var second = await first.StartAnotherAsync(services: Instance(2));

        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(x => first.EnqueueAsync(new Job("once", Payload: $"{x}")))
        );
        await UntilAsync(async () => await first.JobsAsync("kind = 'once'") == 0);

        Assert.Equal(200, runs.Count);
        Assert.All(runs, x => Assert.Equal(1, x.Value));
        Assert.Equal([1, 2], here.Distinct().Order());
    }

    [Theory, OnEachDatabase]
    public async Task A_job_that_takes_longer_than_its_lease_is_still_run_by_one(Database database)
    {
        var begun = 0;
        Action<IServiceCollection> slow = services =>
        {
            Doing(new TestJob("slow", async (_, ct) =>
                {
                    Interlocked.Increment(ref begun);
                    await Task.Delay(7000, ct);
                }))(services);
            services.AddSingleton(Fast with { Lease = TimeSpan.FromSeconds(3) });
        };
        await using var first = await PampsServer.StartAsync(
            database,
            ServerInstances.ShareKey,
            services: slow
        );
        await using var second = await first.StartAnotherAsync(services: slow);
        await first.EnqueueAsync(new Job("slow"));
        await UntilAsync(async () => await first.JobsAsync("kind = 'slow'") == 0);
        Assert.Equal(1, begun);
    }

    [Theory, OnEachDatabase]
    public async Task A_server_that_stops_puts_its_jobs_back(Database database)
    {
        var begun = new TaskCompletionSource();
        var endless = new TestJob("endless", async (_, ct) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        });
        var uri = await TestDatabase.CreateAsync(database);
        await using (
            var pamps = await PampsServer.StartAsync(database, x => x.Db.Uri = uri, services: Doing(endless))
        )
        {
            await pamps.EnqueueAsync(new Job("endless"));
            await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, await pamps.JobsAsync("kind = 'endless' AND locked_until IS NOT NULL"));
        }
        await using var later = await PampsServer.StartAsync(database, x => x.Db.Uri = uri);
        Assert.Equal(
            1,
            await later.JobsAsync(
                "kind = 'endless' AND locked_until IS NULL AND attempts = 0 AND error IS NULL"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_kind_and_key_one_waits_and_one_that_is_asked_for_while_it_runs_runs_again(
        Database database
    )
    {
        var payloads = new ConcurrentQueue<string?>();
        using var gate = new SemaphoreSlim(0);
        var keyed = new TestJob("keyed", async (run, ct) =>
        {
            payloads.Enqueue(run.Payload);
            await gate.WaitAsync(ct);
        });
        await using var pamps = await PampsServer.StartAsync(database, services: Doing(keyed));
        var later = new DateTime(2999, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await pamps.EnqueueAsync(new Job("keyed", "waits", RunAt: later));
        await pamps.EnqueueAsync(new Job("keyed", "waits"));
        Assert.Equal(1, await pamps.JobsAsync("kind = 'keyed'"));

        await pamps.EnqueueAsync(new Job("keyed", "runs", "first"));
        await UntilAsync(() => Task.FromResult(payloads.Count == 1));
        await pamps.EnqueueAsync(new Job("keyed", "runs", "second"));
        Assert.Equal(1, await pamps.JobsAsync("key = 'runs'"));
        gate.Release(2);
        await UntilAsync(async () => await pamps.JobsAsync("key = 'runs'") == 0);
        Assert.Equal(["first", "second"], payloads);
        Assert.Equal(1, await pamps.JobsAsync("key = 'waits' AND attempts = 0"));
    }

    [Theory, OnEachDatabase]
    public async Task A_server_that_only_reads_runs_none(Database database)
    {
        var uri = await TestDatabase.CreateAsync(database);
        await using (
            var pamps = await PampsServer.StartAsync(database, x => x.Db.Uri = uri, services: Without)
        )
        {
            await pamps.EnqueueAsync(new Job("known"));
        }
        var runs = 0;
        await using var reader = await PampsServer.StartAsync(
            database,
            x => (x.Db.Uri, x.Db.ReadOnly) = (uri, true),
            services: Doing(new TestJob("known", (_, _) =>
                {
                    Interlocked.Increment(ref runs);
                    return Task.CompletedTask;
                }))
        );
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(0, runs);
        Assert.Equal(1, await reader.JobsAsync("kind = 'known' AND attempts = 0"));
    }

    private static Task<IReadOnlyList<JobView>> ListAsync(PampsServer pamps, bool failed) =>
        pamps
            .Services.GetRequiredService<ManageJobs>()
            .ListAsync(failed, after: 0, TestContext.Current.CancellationToken);
}
