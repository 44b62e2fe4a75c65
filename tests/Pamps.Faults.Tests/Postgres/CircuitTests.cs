using System.Diagnostics;
using System.Net;
using Npgsql;
using Pamps.Core;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>The circuit breaker before PostgreSQL.</summary>
[Trait("Needs", "own process")]
public sealed class CircuitTests
{
    private const string Refusals = "pamps.database.circuit.refused";
    private const string OpenCircuits = "pamps.database.circuit.open";

    private static Task<PampsServer> StartAsync(string uri, Action<PampsOptions>? change = null) =>
        PampsServer.StartAsync(Database.Postgres, x =>
        {
            x.Db.Uri = uri;
            change?.Invoke(x);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_asks_while_PostgreSQL_does_not_answer_is_refused_before_the_pool(bool isStopped)
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var pamps = await StartAsync(await cluster.CreateDatabaseAsync());
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        using var watch = new Watch();

        await (isStopped ? cluster.StopAsync("fast") : cluster.FreezeAsync());
        try
        {
            // Who waits when the circuit opens is refused as well.
            while (watch[OpenCircuits] == 0)
            {
                (await anyone.GetAsync("/post/")).IsUnavailable();
            }
            var before = watch[Refusals];
            var refused = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => anyone.GetAsync("/post/")));
            Assert.All(refused, x => x.IsUnavailable());
            Assert.Equal(100, watch[Refusals] - before);
            (await anyone.GetAsync("/health/ready")).IsUnavailable();
            (await ana.PostAsync("/post/", new { text = "nor now" })).IsUnavailable();
        }
        finally
        {
            await (isStopped ? cluster.StartAsync() : cluster.ThawAsync());
        }
        Report.Say($"The circuit was open: well again after {Report.Seconds(await ana.UntilWellAsync())}");
        Assert.Equal(0, watch[OpenCircuits]);
    }

    [Fact]
    public async Task Statements_that_are_slow_by_themselves_open_no_circuit()
    {
        var uri = await TestDatabase.CreateAsync(Database.Postgres);
        await using var pamps = await StartAsync(uri, x => x.Db.TimeoutSeconds = 2);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        using var watch = new Watch();
        await using var source = NpgsqlDataSource.Create(TestDatabase.ToConnectionString(new Uri(uri)));
        await using var other = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(
            TestContext.Current.CancellationToken
        );
        await using var hold = new NpgsqlCommand("LOCK TABLE post IN ACCESS EXCLUSIVE MODE", other);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        // As many as there are connections, and then some: nothing at all is answered for seconds.
        var slow = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => anyone.GetAsync("/post/")));
        Assert.All(slow, x => x.IsUnavailable());
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/user/me/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/ready")).Status);
        Assert.Equal((0L, 0L), (watch[OpenCircuits], watch[Refusals]));
    }

    [Fact]
    public async Task Statements_that_are_stuck_hold_no_thread_that_others_need()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        // Statements are given up before the circuit opens, and who asks the server to cancel one waits for long.
        var uri = $"{await cluster.CreateDatabaseAsync()}?connect_timeout=10";
        await using var pamps = await StartAsync(uri, x => x.Db.TimeoutSeconds = 2);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        using var watch = new Watch();
        ThreadPool.GetMinThreads(out var least, out _);
        await using var locks = await Locks.HoldAsync(uri);
        var stuck = await locks.MeetAsync(ana, anyone);
        var gone = Enumerable.Range(0, 30).Select(_ => HangUpAsync(pamps)).ToList();

        await cluster.FreezeAsync();
        try
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(10); )
            {
                var asked = Stopwatch.StartNew();
                await anyone.GetAsync(watch[OpenCircuits] == 0 ? "/health/live" : "/post/");
                Assert.InRange(asked.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
                ThreadPool.GetMinThreads(out var now, out _);
                Assert.Equal(least, now);
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
            Assert.Equal(1, watch[OpenCircuits]);
            Assert.All(await Task.WhenAll(stuck), x => x.IsUnavailable());
            await Task.WhenAll(gone);
        }
        finally
        {
            await cluster.ThawAsync();
        }
        await locks.LetGoAsync();
        Report.Say($"Statements were stuck: well again after {Report.Seconds(await ana.UntilWellAsync())}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connections_to_a_machine_that_vanished_are_given_up_when_another_has_its_place(
        bool wasBusy
    )
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var wire = Wire.To(cluster.Port);
        var uri = await cluster.CreateDatabaseAsync();
        var throughWire = new UriBuilder(uri) { Port = wire.Port };
        await using var pamps = await StartAsync(throughWire.Uri.AbsoluteUri);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        using var watch = new Watch();
        await using var locks = await Locks.HoldAsync(uri);
        var stuck = await locks.MeetAsync(ana, anyone);
        if (!wasBusy)
        {
            // They wait unused then, and the next to write meet the silence.
            await locks.LetGoAsync();
            await Task.WhenAll(stuck);
        }

        wire.Cut();
        if (!wasBusy)
        {
            stuck = [.. Enumerable.Range(0, 40).Select(x => RegisterAsync(anyone, $"stuck{x}"))];
        }
        Assert.All(await Task.WhenAll(stuck), x => x.IsUnavailable());
        Assert.Equal(1, watch[OpenCircuits]);
        if (wasBusy)
        {
            await locks.LetGoAsync();
        }
        wire.Mend();

        var healed = await ana.UntilWellAsync();
        Report.Say($"The machine was another: well again after {Report.Seconds(healed)}");
        Assert.InRange(healed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        // None of the connections that there may be is missing.
        await using var again = await Locks.HoldAsync(uri);
        var served = await again.MeetAsync(ana, anyone);
        await again.LetGoAsync();
        Assert.All(await Task.WhenAll(served), x => Assert.InRange((int)x.Status, 200, 201));
    }

    private static Task<Answer> RegisterAsync(Client anyone, string username) =>
        anyone.PostAsync(
            "/user/",
            new
            {
                email = $"{username}@example.org",
                username,
                password = Client.DefaultPassword,
            }
        );

    private static async Task HangUpAsync(PampsServer pamps)
    {
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            http.GetAsync(new Uri(pamps.Address, "/post/"), patience.Token)
        );
    }
}
