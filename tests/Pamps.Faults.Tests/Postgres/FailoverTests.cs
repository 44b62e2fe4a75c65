using System.Net;
using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>The primary is lost.</summary>
public sealed class FailoverTests(WithReplica place) : IClassFixture<WithReplica>
{
    [Fact]
    public async Task When_the_primary_dies_its_replica_takes_over_and_nothing_acknowledged_is_lost()
    {
        await place.Primary.WaitForReplicasAsync(does: true);
        using var ana = await place.Pamps.RegisterAsync("ana");
        using var there = await place.Other.RegisterAsync("beto");
        using var anyone = place.Other.Anonymous();
        using var crowd = await Crowd.RegisterAsync(place.Pamps.Address, size: 16);
        using var stop = new CancellationTokenSource();
        var writing = crowd.WriteAsync(stop.Token);
        await crowd.HasWrittenAsync(200, writing);

        await place.Primary.KillAsync();
        (await ana.PostAsync("/post/", new { text = "nobody writes it down" })).IsUnavailable();
        // Under that load it may just have been found to lag.
        await Healing.UntilAsync(HttpStatusCode.OK, () => anyone.GetAsync("/post/"));
        (await anyone.GetAsync("/health/ready")).IsUnavailable();

        await place.Replica.PromoteAsync();
        var healed = await ana.UntilWellAsync();
        var alsoThere = await there.UntilWellAsync();
        Report.Say(
            $"The primary was killed: well again {Report.Seconds(healed)} after the replica was promoted, at the other instance {Report.Seconds(alsoThere)} later"
        );
        await stop.CancelAsync();
        await writing;
        Report.Say($"{crowd.Acknowledged} writes acknowledged, {crowd.Unknown} not; none was lost");
        await crowd.CheckAsync();
        await place.Pamps.AssertConsistentAsync();
    }
}
