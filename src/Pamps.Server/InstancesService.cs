using Pamps.Core.Instances;

namespace Pamps.Server;

/// <summary>Listens to the other instances of the server as long as this one runs.</summary>
internal sealed class InstancesService(InstanceNotices instances) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        instances.ListenAsync(stoppingToken);
}
