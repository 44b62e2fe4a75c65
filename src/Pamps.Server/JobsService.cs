using Pamps.Core.Consumers;
using Pamps.Core.Jobs;

namespace Pamps.Server;

/// <summary>Runs jobs, and has consumers told of events, as long as the server runs.</summary>
internal sealed class JobsService(JobRunner runner, ConsumerWatch watch) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anybody can do anything that a new consumer should hear of.
        await watch.LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(runner.RunAsync(stoppingToken), watch.RunAsync(stoppingToken));
}
