using Pamps.Faults.Tests.Host;
using Pamps.Tests.CommandLine;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>A server on a PostgreSQL that nobody else uses.</summary>
internal sealed class OnOwnPostgres : IAsyncDisposable
{
    private OnOwnPostgres(PostgresCluster cluster, RunningServer pamps) =>
        (Cluster, Pamps) = (cluster, pamps);

    public PostgresCluster Cluster { get; }

    public RunningServer Pamps { get; }

    public static async Task<OnOwnPostgres> StartAsync(int maxConnections = 100)
    {
        var cluster = await PostgresCluster.StartAsync(maxConnections);
        try
        {
            var workplace = new Workplace().With("PAMPS_DB__URI", await cluster.CreateDatabaseAsync());
            return new OnOwnPostgres(cluster, await RunningServer.StartAsync(workplace));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Pamps.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
