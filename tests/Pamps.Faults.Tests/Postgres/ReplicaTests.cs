using System.Diagnostics;
using System.Net;
using Pamps.Faults.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>Reads go to a replica, which falls behind, and goes away.</summary>
public sealed class ReplicaTests(WithReplica place) : IClassFixture<WithReplica>
{
    [Fact]
    public async Task What_anybody_has_written_everybody_reads_at_once_from_any_instance()
    {
        using var ana = await place.Pamps.RegisterAsync("ana");
        using var anyone = place.Other.Anonymous();
        _ = await place.CountReadsAsync();
        const int rounds = 100;
        for (var i = 0; i < rounds; i++)
        {
            var post = await ana.WriteAsync($"post {i}");
            Assert.Equal($"post {i}", (string)(await anyone.GetAsync($"/post/{post}/"))["text"]!);
            Assert.Equal(post, (long)(await anyone.GetAsync("/post/?limit=1")).Items[0]!["id"]!);
        }
        var read = await place.CountReadsAsync();
        // A post is read with two statements, of which the second asks for its replies.
        Report.Say($"Of {3 * rounds} statements right after a write the replica answered {read}");
        Assert.NotEqual(0, read);

        // A name that was free a moment ago, asked for by who does not say who they are.
        for (var i = 0; i < 20; i++)
        {
            using var registered = await place.Pamps.RegisterAsync($"new{i}");
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync($"/user/new{i}/")).Status);
        }
    }

    [Fact]
    public async Task A_replica_that_is_behind_is_left_alone_until_it_has_caught_up()
    {
        using var ana = await place.Pamps.RegisterAsync("beto");
        using var anyone = place.Pamps.Anonymous();
        using var elsewhere = place.Other.Anonymous();
        await place.IsReadAsync();

        await place.Replica.ExecuteAsync("SELECT pg_wal_replay_pause()");
        var post = await ana.WriteAsync("behind");
        _ = await place.CountReadsAsync();
        foreach (var reader in new[] { ana, anyone, elsewhere })
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(post, (long)(await reader.GetAsync("/post/?limit=1")).Items[0]!["id"]!);
            }
        }
        Assert.Equal(0, await place.CountReadsAsync());
        await place.InUseAsync(replicas: 0);

        await place.Replica.ExecuteAsync("SELECT pg_wal_replay_resume()");
        await place.InUseAsync(replicas: 1);
        await place.IsReadAsync();
        Assert.Equal(post, (long)(await elsewhere.GetAsync("/post/?limit=1")).Items[0]!["id"]!);
        Assert.Single(place.Pamps.Log, x => x.Contains("s behind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_notices_that_a_replica_goes_away()
    {
        using var ana = await place.Pamps.RegisterAsync("carla");
        await ana.WriteAsync("still here");
        using var stop = new CancellationTokenSource();
        var counts = new int[4];
        var reading = counts.Select((_, i) => ReadAsync(place.Pamps, () => counts[i]++, stop.Token)).ToList();
        await using (var other = await place.Replica.ConnectAsync())
        {
            for (var round = 0; round < Size.Of(3, 100); round++)
            {
                await Sessions.EndAsync(other);
                await place.IsReadAsync();
            }
        }
        await place.Replica.FreezeAsync();
        await place.InUseAsync(replicas: 0);
        await ana.WriteAsync("the replica stands still");
        // Those that were there when it froze, too.
        var before = counts.ToList();
        while (counts.Zip(before).Any(x => x.First < x.Second + 2))
        {
            Assert.DoesNotContain(reading, x => x.IsCompleted);
            await Task.Delay(20, CancellationToken.None);
        }
        await place.Replica.ThawAsync();
        await place.InUseAsync(replicas: 1);

        await place.Replica.StopAsync("immediate");
        await place.InUseAsync(replicas: 0);
        await ana.WriteAsync("the replica is gone");
        await place.Replica.StartAsync();
        await place.InUseAsync(replicas: 1);
        await place.IsReadAsync();

        await stop.CancelAsync();
        var longest = (await Task.WhenAll(reading)).Max();
        Report.Say(
            $"{counts.Sum()} reads while the replica came and went: none failed, the slowest took {Report.Seconds(longest)}"
        );
    }

    /// <summary>Reads until told to stop; answers how long the slowest took.</summary>
    private static async Task<TimeSpan> ReadAsync(RunningServer pamps, Action count, CancellationToken stop)
    {
        using var anyone = pamps.Anonymous();
        var longest = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/post/")).Status);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            count();
        }
        return longest;
    }
}
