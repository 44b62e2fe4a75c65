using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Proxies;

/// <summary>Instances come and go behind a proxy.</summary>
public sealed class InstancesTests
{
    [Fact]
    public async Task A_rolling_restart_of_three_instances_fails_no_request_at_the_proxy()
    {
        await using var instances = await Instances.StartAsync(3);
        using var crowd = await Crowd.RegisterAsync(instances.Address, size: 8, isBehindProxy: true);
        using var stop = new CancellationTokenSource();
        var writing = crowd.WriteAsync(stop.Token);
        for (var round = 0; round < Size.Of(1, 5); round++)
        {
            foreach (var instance in instances.Servers)
            {
                await crowd.HasWrittenAsync(50, writing);
                Assert.Equal(0, (await instance.StopAsync()).ExitCode);
                await instance.StartAgainAsync();
                await instances.IsBackAsync();
            }
        }
        await stop.CancelAsync();
        await writing;
        Report.Say(
            $"Rolling restart of three instances: {crowd.Acknowledged} requests went well, {crowd.Unknown} failed"
        );
        Assert.Empty(crowd.Failures);
        await crowd.CheckAsync();
        await instances.Servers[0].AssertConsistentAsync();
    }

    [Fact]
    public async Task An_instance_that_is_killed_under_load_costs_no_write_no_double_and_no_event()
    {
        await using var instances = await Instances.StartAsync(2);
        using var crowd = await Crowd.RegisterAsync(instances.Address, Size.Of(32, 64), isBehindProxy: true);
        using var ana = new Client(instances.Address, "ana", id: 0);
        await ana.RegisterAsync();
        foreach (var person in crowd.People)
        {
            await ana.PostAsync($"/user/follow/{person.Username}/");
        }
        var listeners = Enumerable.Range(0, 4).Select(_ => new Listener(ana)).ToList();
        using var stopListening = new CancellationTokenSource();
        var listening = listeners.ConvertAll(x => x.ListenAsync(stopListening.Token));
        await Task.WhenAll(listeners.Select(x => x.IsThereAsync()));

        using var stop = new CancellationTokenSource();
        var writing = crowd.WriteAsync(stop.Token);
        const int rounds = 4;
        var most = Size.Of(10_000, 50_000);
        for (var round = 0; round < rounds; round++)
        {
            var instance = instances.Servers[round % 2];
            await crowd.HasWrittenAsync(most / rounds / 2, writing);
            await instance.KillAsync();
            await crowd.HasWrittenAsync(most / rounds / 2, writing);
            await instance.StartAgainAsync();
            await instances.IsBackAsync();
        }
        await stop.CancelAsync();
        await writing;
        await crowd.CheckAsync();
        foreach (var (listener, task) in listeners.Zip(listening))
        {
            // Whoever stopped listening says why.
            await (task.IsFaulted ? task : listener.HasHeardAsync(crowd.Ids));
            Assert.All(listener.Heard, x => Assert.Equal((x.Key, 1), (x.Key, x.Value)));
            // What is read anew may be what was written within the moments that it takes to come back.
            Assert.InRange(listener.Heard.Count, crowd.Ids.Count / 2, int.MaxValue);
        }
        await stopListening.CancelAsync();
        await Task.WhenAll(listening);
        Report.Say(
            $"An instance of two killed: {crowd.Acknowledged} requests acknowledged, {crowd.Unknown} not; {listeners.Sum(x => x.Returns)} streams came back, {listeners.Sum(x => x.Resets)} had missed too much to be told"
        );
        await instances.Servers[0].AssertConsistentAsync();
    }
}
