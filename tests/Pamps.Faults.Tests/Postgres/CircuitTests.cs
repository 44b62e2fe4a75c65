using System.Net;
using Npgsql;
using Pamps.Core;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Postgres;

/// <summary>The circuit breaker before PostgreSQL.</summary>
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
}
