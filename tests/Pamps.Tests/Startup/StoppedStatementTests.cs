using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;
using Pamps.Tests.Plans;

namespace Pamps.Tests.Startup;

/// <summary>Nobody's statement goes on when there is nobody any more to hear of it.</summary>
public sealed class StoppedStatementTests
{
    private const string Endless =
        "WITH RECURSIVE number (x) AS (SELECT 1 UNION ALL SELECT 1 FROM number) SELECT x FROM number WHERE x < 1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task The_statement_of_a_request_that_was_hung_up_is_stopped(Database database)
    {
        await using var slow = await SlowTable.StartAsync(database, "hashtag");
        using var anyone = slow.Pamps.Anonymous();
        var asked = await slow.AskAsync($"/tag/?q={SlowTable.Username}");

        await asked.DisposeAsync();

        if (database == Database.Sqlite)
        {
            // It waits for whoever reads what the log still has, and says 1 when that was in vain.
            Assert.Equal(0, await slow.Pamps.ScalarAsync<long>("PRAGMA wal_checkpoint(TRUNCATE)"));
        }
        else
        {
            const string active = """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%hashtag%'
                """;
            while (await slow.Pamps.ScalarAsync<long>(active) > 0)
            {
                await Task.Delay(10, Stop);
            }
        }
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/post/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_statement_that_has_used_up_its_budget_is_stopped(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        var db = pamps.Services.GetRequiredService<IDatabase>();
        var endless = new Statement(Endless) { Budget = TimeSpan.FromMilliseconds(20) };
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StatementStoppedException>(() =>
                db.ReadAsync(endless, (rows, ct) => rows.ReadAsync(ct), transaction: null, Stop)
            );
            // Nor is one that comes after it on the same connection.
            Assert.True(
                await db.ReadAsync(
                    new Statement("SELECT 1"),
                    (rows, ct) => rows.ReadAsync(ct),
                    transaction: null,
                    Stop
                )
            );
        }
    }
}
