using Pamps.Core.Instances;

namespace Pamps.Server;

/// <summary>Listens to the other copies of the server as long as this one runs.</summary>
internal sealed class InstancesService(InstanceNotices copies) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        copies.ListenAsync(stoppingToken);
}
