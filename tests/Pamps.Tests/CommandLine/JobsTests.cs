using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class JobsTests
{
    [Theory, OnEachDatabase]
    public async Task Failed_jobs_are_shown_tried_anew_and_dropped(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        Assert.Equal("There are no jobs.\n", (await workplace.RunAsync("jobs", "list")).Succeeded());
        Assert.Equal(
            "No job has failed.\n",
            (await workplace.RunAsync("jobs", "list", "--failed")).Succeeded()
        );
        Assert.Equal("[]\n", (await workplace.RunAsync("jobs", "list", "--json")).Succeeded());
        Assert.Equal(
            "No job has failed.\n",
            (await workplace.RunAsync("jobs", "retry", "--all")).Succeeded()
        );
        Assert.Equal("No job has failed.\n", (await workplace.RunAsync("jobs", "drop", "--all")).Succeeded());

        // Of a kind that no server here knows.
        await using var pamps = await workplace.ServeHereAsync(database);
        await AddAsync(pamps, 1, "'letter'", failed: true);
        await AddAsync(pamps, 2, "NULL", failed: true);
        await AddAsync(pamps, 3, "'twin'", failed: true);
        await AddAsync(pamps, 4, "'twin'", failed: false);
        await AddAsync(pamps, 5, "'runs'", failed: false, running: true);

        var table = (await workplace.RunAsync("jobs", "list")).Succeeded();
        Assert.Contains("[no] such host", table, StringComparison.Ordinal);
        Assert.Contains("running", table, StringComparison.Ordinal);
        Assert.Contains("sweep", table, StringComparison.Ordinal);
        var failed = await ListAsync(workplace, "--failed");
        Assert.Equal([1L, 2L, 3L], failed.Select(x => (long)x!["id"]!));
        Assert.Equal(
            """{"id":1,"kind":"of_tests","key":"letter","state":"failed","run_at":"2026-01-02T03:04:05.000000\u002B00:00","attempts":10,"error":"[no] such host","failed_at":"2026-01-03T03:04:05.000000\u002B00:00"}""",
            failed[0]!.ToJsonString()
        );

        Assert.Equal(
            "A server tries job 1 anew.\n",
            (await workplace.RunAsync("jobs", "retry", "1")).Succeeded()
        );
        Assert.Equal(
            1,
            await pamps.ScalarAsync<long>(
                "SELECT count(*) FROM job WHERE id = 1 AND failed_at IS NULL AND attempts = 0 AND run_at > '2026-01-04'"
            )
        );
        Assert.Contains(
            "Another job of the kind and key of 3 waits already",
            (await workplace.RunAsync("jobs", "retry", "3")).Refused(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "A server tries 1 job anew.\n",
            (await workplace.RunAsync("jobs", "retry", "--all")).Succeeded()
        );
        Assert.Equal(3L, (long)(await ListAsync(workplace, "--failed")).Single()!["id"]!);
        foreach (var deed in new[] { "retry", "drop" })
        {
            Assert.Equal(
                "pamps: There is no job 99.",
                (await workplace.RunAsync("jobs", deed, "99")).Refused()
            );
            Assert.Equal(
                "pamps: The job 5 is running.",
                (await workplace.RunAsync("jobs", deed, "5")).Refused()
            );
            Assert.Equal(
                "pamps: Say either a job's ID or --all.",
                (await workplace.RunAsync("jobs", deed)).Refused()
            );
            Assert.Equal(
                "pamps: Say either a job's ID or --all.",
                (await workplace.RunAsync("jobs", deed, "1", "--all")).Refused()
            );
        }
        Assert.Equal("Dropped job 4.\n", (await workplace.RunAsync("jobs", "drop", "4")).Succeeded());
        Assert.Equal(1, (await workplace.RunWithInputAsync("n\n", "jobs", "drop", "--all")).ExitCode);
        Assert.Equal(
            "Dropped 1 job.\n",
            (await workplace.RunAsync("jobs", "drop", "--all", "--force")).Succeeded()
        );
        Assert.Equal(
            [1L, 2L, 5L],
            (await ListAsync(workplace))
                .Where(x => (string?)x!["kind"] == "of_tests")
                .Select(x => (long)x!["id"]!)
        );
    }

    private static async Task<JsonArray> ListAsync(Workplace workplace, params string[] more) =>
        JsonNode
            .Parse((await workplace.RunAsync(["jobs", "list", "--json", .. more])).Succeeded())!
            .AsArray();

    private static Task AddAsync(PampsServer pamps, int id, string key, bool failed, bool running = false) =>
        pamps.ExecuteAsync(
            $"""
            INSERT INTO job (id, kind, key, payload, run_at, attempts, locked_until, error, failed_at)
            VALUES (
                {id}, 'of_tests', {key}, NULL, '2026-01-02 03:04:05Z', 10, {(
                running ? "'2999-01-01 00:00:00Z'" : "NULL"
            )},
                '[no] such host', {(failed ? "'2026-01-03 03:04:05Z'" : "NULL")}
            )
            """
        );
}
