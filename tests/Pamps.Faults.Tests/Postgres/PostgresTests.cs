using System.Diagnostics;
using System.Net;
using Npgsql;
using Pamps.Faults.Tests.Crowds;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>PostgreSQL goes away, stands still, or has no room.</summary>
public sealed class PostgresTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_restart_of_PostgreSQL_amid_writes_loses_nothing_and_heals_by_itself(string mode)
    {
        await using var place = await OnOwnPostgres.StartAsync();
        using var ana = await place.Pamps.RegisterAsync("ana");
        using var anyone = place.Pamps.Anonymous();
        using var crowd = await Crowd.RegisterAsync(place.Pamps.Address, size: 16);
        for (var round = 0; round < Size.Of(1, 20); round++)
        {
            using var stop = new CancellationTokenSource();
            var writing = crowd.WriteAsync(stop.Token);
            await crowd.HasWrittenAsync(200, writing);
            await place.Cluster.StopAsync(mode);
            (await ana.GetAsync("/post/")).IsUnavailable();
            (await ana.PostAsync("/post/", new { text = "nobody listens" })).IsUnavailable();
            (await anyone.GetAsync("/health/ready")).IsUnavailable();
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/live")).Status);

            await place.Cluster.StartAsync();
            var healed = await ana.UntilWellAsync();
            Report.Say($"PostgreSQL restarted ({mode}): well again after {Report.Seconds(healed)}");
            await stop.CancelAsync();
            await writing;
            await crowd.CheckAsync();
            await place.Pamps.AssertConsistentAsync();
        }
        Assert.InRange(place.Pamps.Log.Count, 0, 100 * Size.Of(1, 20));
    }

    [Fact]
    public async Task Requests_fail_fast_while_PostgreSQL_stands_still()
    {
        await using var place = await OnOwnPostgres.StartAsync();
        using var ana = await place.Pamps.RegisterAsync("ana");
        using var anyone = place.Pamps.Anonymous();
        using var crowd = await Crowd.RegisterAsync(place.Pamps.Address, size: 8);
        using var stop = new CancellationTokenSource();
        var writing = crowd.WriteAsync(stop.Token);
        await crowd.HasWrittenAsync(100, writing);

        await place.Cluster.FreezeAsync();
        var longest = TimeSpan.Zero;
        async Task AskAsync(Func<Task<Answer>> ask)
        {
            var watch = Stopwatch.StartNew();
            (await ask()).IsUnavailable();
            lock (stop)
            {
                longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            }
        }
        // More than there are connections.
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .SelectMany(x =>
                    new[]
                    {
                        AskAsync(() => ana.GetAsync("/post/")),
                        AskAsync(() => ana.PostAsync("/post/", new { text = $"frozen {x}" })),
                        AskAsync(() => anyone.GetAsync("/health/ready")),
                    }
                )
        );
        await place.Cluster.ThawAsync();
        var healed = await ana.UntilWellAsync();
        Report.Say(
            $"PostgreSQL stood still: the slowest of 300 refusals took {Report.Seconds(longest)}; well again after {Report.Seconds(healed)}"
        );
        await stop.CancelAsync();
        await writing;
        await crowd.CheckAsync();
        await place.Pamps.AssertConsistentAsync();
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(place.Pamps.Log.Count, 0, 100);
    }

    [Fact]
    public async Task Requests_fail_fast_while_others_hold_all_connections()
    {
        await using var place = await OnOwnPostgres.StartAsync(maxConnections: 20);
        using var ana = await place.Pamps.RegisterAsync("ana");
        using var anyone = place.Pamps.Anonymous();
        // What the server holds already is taken from it, as after a restart of it. Its jobs connect by themselves, and may
        // have been faster.
        var others = new List<NpgsqlConnection> { await place.Cluster.ConnectAsync() };
        do
        {
            for (var isFull = false; !isFull; )
            {
                try
                {
                    others.Add(await place.Cluster.ConnectAsync());
                }
                catch (PostgresException exception)
                    when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
                {
                    isFull = true;
                }
            }
        } while (await Sessions.EndAsync(others[0]) > 0);
        await Healing.UntilAsync(HttpStatusCode.ServiceUnavailable, () => ana.GetAsync("/post/"));
        (await ana.PostAsync("/post/", new { text = "no room" })).IsUnavailable();
        (await anyone.GetAsync("/health/ready")).IsUnavailable();

        foreach (var other in others)
        {
            await other.DisposeAsync();
        }
        var healed = await ana.UntilWellAsync();
        Report.Say($"Out of connections: well again after {Report.Seconds(healed)}");
    }

    [Fact]
    public async Task Sessions_that_are_ended_under_running_writes_lose_nothing()
    {
        await using var place = await OnOwnPostgres.StartAsync();
        using var crowd = await Crowd.RegisterAsync(place.Pamps.Address, size: 16);
        await using var other = await place.Cluster.ConnectAsync();
        using var stop = new CancellationTokenSource();
        var writing = crowd.WriteAsync(stop.Token);
        for (var round = 0; round < Size.Of(20, 500); round++)
        {
            await crowd.HasWrittenAsync(20, writing);
            await Sessions.EndAsync(other);
        }
        await crowd.HasWrittenAsync(20, writing);
        await stop.CancelAsync();
        await writing;
        Report.Say(
            $"Sessions ended: {crowd.Acknowledged} writes acknowledged, {crowd.Unknown} not; none was lost"
        );
        await crowd.CheckAsync();
        await place.Pamps.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_database_that_is_dropped_is_said_and_one_that_is_empty_too()
    {
        await using var place = await OnOwnPostgres.StartAsync();
        using var ana = await place.Pamps.RegisterAsync("ana");
        using var anyone = place.Pamps.Anonymous();
        var name = new Uri(place.Pamps.Workplace.Uri).AbsolutePath.Trim('/');
        foreach (var sql in new[] { $"DROP DATABASE {name} WITH (FORCE)", $"CREATE DATABASE {name}" })
        {
            await place.Cluster.ExecuteAsync(sql);
            // A connection from before may still be on its way out.
            await Healing.UntilAsync(HttpStatusCode.ServiceUnavailable, () => ana.GetAsync("/post/"));
            (await ana.GetAsync("/post/")).IsUnavailable();
            (await ana.PostAsync("/post/", new { text = "nowhere" })).IsUnavailable();
            (await anyone.GetAsync("/health/ready")).IsUnavailable();
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/live")).Status);
        }
        (await place.Pamps.Workplace.RunAsync("db", "upgrade")).Succeeded();
        using var beto = await place.Pamps.RegisterAsync("beto");
        await beto.WriteAsync("a new beginning");
        Assert.Equal(HttpStatusCode.OK, (await beto.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task No_request_meets_the_connections_that_a_restart_left_behind()
    {
        await using var place = await OnOwnPostgres.StartAsync();
        using var ana = await place.Pamps.RegisterAsync("ana");
        using var anyone = place.Pamps.Anonymous();
        // All connections that the server may have.
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => anyone.GetAsync("/post/")));
        await place.Cluster.StopAsync("fast");
        await place.Cluster.StartAsync();
        // The server's own work may have found it gone; until the next probe it refuses then, whatever the connections.
        for (var i = 0; Said("does not answer") > Said("answers again"); i++)
        {
            Assert.True(i < 1000, "It is never found again.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/post/")).Status);
            await ana.WriteAsync($"after the restart, {i}");
        }

        int Said(string what) => place.Pamps.Log.Count(x => x.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_post_with_a_key_does_not_meet_sessions_that_were_ended()
    {
        await using var place = await OnOwnPostgres.StartAsync();
        using var ana = await place.Pamps.RegisterAsync("ana");
        for (var i = 0; i < 5; i++)
        {
            // Its look at the token is remembered: the next that PostgreSQL hears of is the post itself.
            await ana.WriteAsync($"before, {i}");
            await place.Cluster.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pamps'"
            );
            var answer = await ana.PostAsync("/post/", new { text = $"{i}" }, ("Idempotency-Key", $"{i}"));
            Assert.True(answer.Status == HttpStatusCode.Created, $"{answer.Status} {answer.Body}");
        }
        Assert.Equal(10, (await ana.GetAsync("/post/")).Ids.Count);
    }

    [Fact]
    public async Task A_server_of_another_PostgreSQL_is_neither_read_nor_written()
    {
        await using var place = await OnOwnPostgres.StartAsync();
        await using var stranger = await PostgresCluster.StartAsync();
        var name = new Uri(place.Pamps.Workplace.Uri).AbsolutePath.Trim('/');
        await stranger.ExecuteAsync($"CREATE DATABASE {name}");
        place.Pamps.Workplace.With("PAMPS_DB__REPLICAS", WithReplica.Address(stranger));
        await place.Pamps.StopAsync();
        await place.Pamps.StartAgainAsync();

        using var ana = await place.Pamps.RegisterAsync("ana");
        await ana.WriteAsync("mine");
        Assert.Equal("mine", (string)(await ana.GetAsync("/post/")).Items[0]!["text"]!);
        await place.Cluster.StopAsync("fast");
        (await ana.PostAsync("/post/", new { text = "not a stranger's" })).IsUnavailable();
        (await ana.GetAsync("/post/")).IsUnavailable();
        Assert.Contains(place.Pamps.Log, x =>
            x.Contains("replicates another PostgreSQL", StringComparison.Ordinal)
        );
    }
}
