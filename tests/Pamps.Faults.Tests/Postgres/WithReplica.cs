using System.Globalization;
using System.Net;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>Two instances of the server on a PostgreSQL with a replica.</summary>
public sealed class WithReplica : IAsyncLifetime
{
    internal PostgresCluster Primary { get; private set; } = null!;

    internal PostgresCluster Replica { get; private set; } = null!;

    internal RunningServer Pamps { get; private set; } = null!;

    internal RunningServer Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Primary = await PostgresCluster.StartAsync();
        Replica = await Primary.StartReplicaAsync();
        var workplace = new Workplace()
            .With("PAMPS_DB__URI", await Primary.CreateDatabaseAsync())
            .With("PAMPS_DB__REPLICAS", Address(Replica))
            .With("PAMPS_DB__REPLICA_LAG_SECONDS", "1");
        Pamps = await RunningServer.StartAsync(workplace);
        Other = await RunningServer.StartAsync(workplace);
        await IsReadAsync();
    }

    internal static string Address(PostgresCluster cluster) =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{cluster.Port}");

    /// <summary>How many reads of posts the replica has answered since this was asked last.</summary>
    public Task<int> CountReadsAsync() => Replica.CountNewAsync("FROM post p");

    /// <summary>Waits until both instances read from the replica.</summary>
    public async Task IsReadAsync()
    {
        foreach (var pamps in new[] { Pamps, Other })
        {
            using var anyone = pamps.Anonymous();
            _ = await CountReadsAsync();
            do
            {
                Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/post/")).Status);
            } while (await CountReadsAsync() == 0);
        }
    }

    /// <summary>Waits until an instance says that so many replicas are in use.</summary>
    public async Task InUseAsync(int replicas)
    {
        using var anyone = Pamps.Anonymous();
        for (long? inUse = null; inUse != replicas; )
        {
            var ready = await anyone.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.OK, ready.Status);
            Assert.Equal(1, (long)ready["replicas"]!["named"]!);
            inUse = (long)ready["replicas"]!["in_use"]!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // All that was started, if not all was.
        foreach (var started in new IAsyncDisposable?[] { Pamps, Other, Replica, Primary })
        {
            if (started is not null)
            {
                await started.DisposeAsync();
            }
        }
    }
}
