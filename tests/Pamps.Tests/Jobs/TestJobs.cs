using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Jobs;
using Pamps.Server;
using Pamps.Tests.Host;

namespace Pamps.Tests.Jobs;

/// <summary>Does jobs of a test.</summary>
internal class TestJob(string kind, Func<JobRun, CancellationToken, Task> doIt) : IJobHandler
{
    public string Kind => kind;

    public Task RunAsync(JobRun run, CancellationToken ct) => doIt(run, ct);
}

/// <summary>One that comes every hour.</summary>
internal sealed class HourlyJob(string kind, Func<JobRun, CancellationToken, Task> doIt)
    : TestJob(kind, doIt),
        IRecurringJob
{
    public TimeSpan Delay => TimeSpan.FromMinutes(5);

    public TimeSpan Period => TimeSpan.FromHours(1);
}

internal static class TestJobs
{
    public static readonly JobOptions Fast = new()
    {
        Poll = TimeSpan.FromMilliseconds(20),
        Tend = TimeSpan.FromMilliseconds(20),
        Linger = TimeSpan.FromMilliseconds(20),
    };

    /// <summary>Makes a server one that can do these, and looks for them often.</summary>
    public static Action<IServiceCollection> Doing(params IJobHandler[] handlers) =>
        services =>
        {
            services.AddSingleton(Fast);
            foreach (var handler in handlers)
            {
                services.AddSingleton(handler);
            }
        };

    /// <summary>A server that runs no jobs: what they do is called by the test.</summary>
    public static void Without(IServiceCollection services) =>
        services.Remove(services.Single(x => x.ImplementationType == typeof(JobsService)));

    public static Task EnqueueAsync(this PampsServer pamps, Job job) =>
        pamps
            .Services.GetRequiredService<JobQueue>()
            .EnqueueAsync(job, TestContext.Current.CancellationToken);

    /// <summary>How many jobs there are of which that holds.</summary>
    public static Task<long> JobsAsync(this PampsServer pamps, string which) =>
        pamps.ScalarAsync<long>($"SELECT count(*) FROM job WHERE {which}");

    /// <summary>
    /// Has the server sweep nothing by itself. To a test whose clock is years ahead every file is old, also one that is written just now.
    /// </summary>
    public static async Task PostponeSweepsAsync(this PampsServer pamps)
    {
        var sweeps = pamps.Services.GetServices<IJobHandler>().OfType<IRecurringJob>().Count();
        await UntilAsync(async () => await pamps.JobsAsync("kind LIKE 'sweep%'") == sweeps);
        await pamps.ExecuteAsync("UPDATE job SET run_at = '2099-01-01 00:00:00' WHERE kind LIKE 'sweep%'");
    }

    /// <summary>Waits for what is done in the background.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "It did not come to that.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
