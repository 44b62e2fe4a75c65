using Pamps.Core.Copies;

namespace Pamps.Server;

/// <summary>Listens to the other copies of the server as long as this one runs.</summary>
internal sealed class CopiesService(CopyNotices copies) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        copies.ListenAsync(stoppingToken);
}
