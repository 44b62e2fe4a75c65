using Microsoft.Extensions.DependencyInjection;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>GET /health/live and GET /health/ready.</summary>
public sealed class HealthTests
{
    [Theory, OnEachDatabase]
    public async Task A_server_with_its_database_is_alive_and_ready(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            var answer = await anyone.GetAsync(path);
            Assert.Equal(OK, answer.Status);
            Assert.Equal("application/json", answer.MediaType);
        }
    }

    [Theory, OnEachDatabase, Trait("Needs", "own process")]
    public async Task A_database_that_takes_no_writes_is_not_ready_from_the_start_and_heals_by_itself(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var anyone = pamps.Anonymous();
        await pamps.ExecuteAsync("ALTER TABLE idempotency RENAME TO elsewhere");

        Assert.Contains(
            "takes no writes",
            (await anyone.GetAsync("/health/ready")).Refused(ServiceUnavailable),
            StringComparison.Ordinal
        );
        await pamps.ExecuteAsync("ALTER TABLE elsewhere RENAME TO idempotency");
        await TestJobs.UntilAsync(async () => (await anyone.GetAsync("/health/ready")).Status == OK);
    }

    [Theory, OnEachDatabase]
    public async Task A_schema_that_is_behind_is_not_ready(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var anyone = pamps.Anonymous();
        await pamps.ExecuteAsync("DELETE FROM \"__EFMigrationsHistory\"");

        (await anyone.GetAsync("/health/ready")).Refused(ServiceUnavailable);
        Assert.Equal(OK, (await anyone.GetAsync("/health/live")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_schema_that_is_ahead_is_ready_as_beside_a_newer_instance_in_a_rolling_restart(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var anyone = pamps.Anonymous();
        await pamps.ExecuteAsync(
            "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29991231235959_Tomorrow', '10.0.0')"
        );

        Assert.Equal(OK, (await anyone.GetAsync("/health/ready")).Status);
    }
}
