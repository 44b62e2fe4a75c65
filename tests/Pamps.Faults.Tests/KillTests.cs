using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests;

/// <summary>The process dies in the middle of its work.</summary>
public sealed class KillTests
{
    [Theory, OnEachDatabase]
    public async Task What_was_acknowledged_is_there_after_the_process_was_killed_amid_writes(
        Database database
    )
    {
        await using var pamps = await RunningServer.StartAsync(database);
        using var crowd = await Crowd.RegisterAsync(pamps.Address, size: 16);
        var random = new Random(1);
        for (var round = 0; round < Size.Of(3, 50); round++)
        {
            using var stop = new CancellationTokenSource();
            var writing = crowd.WriteAsync(stop.Token);
            await crowd.HasWrittenAsync(random.Next(50, 400), writing);
            await pamps.KillAsync();
            await stop.CancelAsync();
            await writing;

            await pamps.StartAgainAsync();
            await crowd.CheckAsync();
            await pamps.AssertConsistentAsync();
        }
        Report.Say(
            $"{database}: {crowd.Acknowledged} writes acknowledged, {crowd.Unknown} not; none was lost"
        );
    }
}
