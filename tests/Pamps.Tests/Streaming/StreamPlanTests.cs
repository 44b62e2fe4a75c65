using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;
using Pamps.Tests.Plans;

namespace Pamps.Tests.Streaming;

/// <summary>How the databases find the next events: where the last one was, however many lie before it.</summary>
public sealed partial class StreamPlanTests
{
    [Theory, OnEachDatabase]
    public async Task Events_are_read_from_their_place_on(Database database)
    {
        using var statements = new Statements();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Db.Echo = true,
            services: statements.Use
        );
        await EventRows.AddAsync(pamps, 20_000, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        if (database == Database.Postgres)
        {
            await ExecuteAsync(pamps, "VACUUM ANALYZE event");
        }
        using var ana = await pamps.RegisterAsync("ana");
        string place;
        using (var stream = await LiveStream.OpenAsync(ana))
        {
            await stream.ExpectAsync("post", await ana.WriteAsync("heard"));
            place = stream.LastId;
            await stream.ExpectAsync("post", await ana.WriteAsync("missed"));
        }
        using (var again = await LiveStream.OpenAsync(ana, place))
        {
            Assert.Equal("post", (await again.NextAsync())!.Event);
        }

        var ofEvents = statements.Take().Where(x => x.Contains("FROM event e", StringComparison.Ordinal));
        var seen = ofEvents.Distinct().ToList();
        Assert.True(seen.Count >= 4, string.Join("\n\n", seen));
        foreach (var statement in seen)
        {
            var explain = database == Database.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
            var plan = await ExecuteAsync(pamps, explain + Parameter().Replace(statement, "1"));
            var isGood =
                database == Database.Sqlite
                    ? SqliteSearch().IsMatch(plan) && !plan.Contains("TEMP", StringComparison.Ordinal)
                    : PostgresSearch().IsMatch(plan) && !plan.Contains("Sort", StringComparison.Ordinal);
            Assert.True(isGood, $"{statement}\n\n{plan}");
        }
    }

    private static async Task<string> ExecuteAsync(PampsServer pamps, string sql)
    {
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add((string)reader.GetValue(reader.FieldCount - 1));
        }
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    /// <summary>By id; the newest is the end of an index.</summary>
    [GeneratedRegex(@"SEARCH e USING INTEGER PRIMARY KEY|^SCAN e USING COVERING INDEX ix_event_place$")]
    private static partial Regex SqliteSearch();

    [GeneratedRegex(@"Index (Only )?Scan (Backward )?using (ix_event_place|pk_event) on event e")]
    private static partial Regex PostgresSearch();
}
