using Microsoft.Extensions.Hosting;
using Pamps.Core;
using Pamps.Core.Streaming;

namespace Pamps.Http;

/// <summary>
/// What comes between the wish to stop and the stop: /health/ready has said 503 since, and for a while requests are still
/// taken, until the proxy sends them to other instances. Then the streams end, which would run for ever.
/// </summary>
internal sealed class Drain(PampsOptions options, LiveFeed feed, TimeProvider time) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(options.Http.DrainSeconds), time, cancellationToken);
        }
        finally
        {
            feed.Close();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
