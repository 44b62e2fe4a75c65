using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Instances;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Instances;

/// <summary>What need not be done by each copy is done by one.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(55);

    [Theory, OnEachDatabase]
    public async Task Of_several_at_once_one_gets_the_lease(Database database)
    {
        await using var first = await PampsServer.StartAsync(database, ServerInstances.ShareKey);
        await using var second = await first.StartAnotherAsync();
        PampsServer[] copies = [first, second];

        for (var round = 0; round < 5; round++)
        {
            var name = $"round {round}";
            var taken = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(i => Task.Run(() => TakeAsync(copies[i % 2], name)))
            );
            Assert.Single(taken, true);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_lease_whose_holder_is_gone_is_free_when_it_has_run_out(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        Assert.True(await TakeAsync(pamps, "work"));
        Assert.True(await TakeAsync(pamps, "other work"));

        time.Advance(Span - TimeSpan.FromSeconds(1));
        Assert.False(await TakeAsync(pamps, "work"));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await TakeAsync(pamps, "work"));
        Assert.False(await TakeAsync(pamps, "work"));
    }

    private static Task<bool> TakeAsync(PampsServer copy, string name) =>
        copy
            .Services.GetRequiredService<Leases>()
            .TryTakeAsync(name, Span, TestContext.Current.CancellationToken);
}
