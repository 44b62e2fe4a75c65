using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.CommandLine;

/// <summary><c>audit</c>: reads the security log.</summary>
public sealed class AuditTests
{
    [Theory, OnEachDatabase]
    public async Task The_log_is_shown_newest_first_and_by_account_kind_and_time(Database database)
    {
        var time = new FakeTime();
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Db.Uri = workplace.Uri,
            services: x =>
            {
                time.Use(x);
                TestJobs.Without(x);
            }
        );
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.RegisterAsync();
        time.Advance(TimeSpan.FromHours(2));
        using var beto = new Client(pamps, "beto", id: 0);
        await beto.RegisterAsync();
        for (var i = 0; i < 3; i++)
        {
            (await beto.TrySignInAsync("ana", "wrong")).Refused(Unauthorized);
            time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(NoContent, (await beto.DeleteAsync("/user/me/")).Status);
        (await workplace.RunAsync("set-role", "ana", "superuser")).Succeeded();

        Assert.Equal(
            [
                "role_changed ana",
                "account_deleted ",
                "sign_in_failed ana",
                "sign_in ",
                "account_created ",
                "sign_in ana",
                "account_created ana",
            ],
            (await ListAsync(workplace))
                // The command has the machine's own date, which is another.
                .OrderByDescending(x => (string)x!["kind"]! == "role_changed")
                .Select(x => $"{x!["kind"]} {x["account"]!["username"]}")
        );
        Assert.Equal(
            [(1, ana.Id), (3, ana.Id), (1, ana.Id), (1, ana.Id)],
            (await ListAsync(workplace, "--account", "ANA"))
                .OrderByDescending(x => (string)x!["kind"]! == "role_changed")
                .Select(x => ((int)x!["count"]!, (long)x["account"]!["id"]!))
        );
        Assert.Equal(3, (await ListAsync(workplace, "--account", $"{beto.Id}")).Count);
        Assert.Equal(3, (await ListAsync(workplace, "--account", "beto")).Count);
        var failed = Assert.Single(
            await ListAsync(workplace, "--account", "ana", "--kind", "sign_in_failed")
        )!;
        Assert.Equal(
            ("2030-01-02T05:04:05.678000+00:00", "2030-01-02T05:06:05.678000+00:00"),
            ((string)failed["created_at"]!, (string)failed["last_at"]!)
        );
        Assert.Matches("^[0-9a-f]{16}$", (string)failed["network"]!);
        Assert.Null(failed["by"]);
        Assert.Equal(4, (await ListAsync(workplace, "--since", "2030-01-02T05:00")).Count);
        Assert.Equal(2, (await ListAsync(workplace, "--since", "2030-01-02T06:06:00+01:00")).Count);
        Assert.Equal(2, (await ListAsync(workplace, "--limit", "2")).Count);
        Assert.Equal(6, (await ListAsync(workplace, "--since", "2030-01-01")).Count);
        Assert.Equal(7, (await ListAsync(workplace, "--since", "0001-01-01")).Count);

        foreach (
            var (by, kinds) in new[]
            {
                ("operator", "role_changed"),
                ("0", "role_changed"),
                ("ANA", "sign_in"),
            }
        )
        {
            Assert.Equal(kinds, string.Join(' ', await KindsAsync(workplace, "--by", by)));
        }
        Assert.Equal(["account_deleted", "sign_in"], await KindsAsync(workplace, "--by", $"{beto.Id}"));
        Assert.Equal(
            ["role_changed"],
            await KindsAsync(workplace, "--by", "operator", "--account", "ana", "--since", "2026-01-01")
        );
        Assert.Empty(await KindsAsync(workplace, "--by", "beto", "--account", "ana"));

        var table = (await workplace.RunAsync("audit")).Succeeded().Split('\n');
        var rows = table.Where(x => x.StartsWith('│')).Select(Cells).ToList();
        Assert.Equal(["time", "last", "times", "kind", "account", "by", "network", "detail"], rows[0]);
        Assert.Equal(8, rows.Count);
        var role = Assert.Single(rows, x => x[3] == "role_changed");
        Assert.Equal(["", "1", "role_changed", "ana", "operator", "", "superuser"], role[1..]);
        Assert.Contains(rows, x => x[3] == "account_deleted" && x[4] == $"{beto.Id}");
        Assert.Contains(rows, x =>
            x[0] == "2030-01-02 05:04:05Z" && x[1] == "2030-01-02 05:06:05Z" && x[2] == "3"
        );
    }

    [Theory, OnEachDatabase, Trait("Needs", "own process")]
    public async Task A_page_follows_the_other_up_to_the_limit(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            await AddAsync(pamps, 250);
        }
        Assert.Equal(100, (await ListAsync(workplace)).Count);
        var most = await ListAsync(workplace, "--limit", "230");
        Assert.Equal(Enumerable.Range(21, 230).Reverse(), most.Select(x => (int)x!["id"]!));
        Assert.Equal(250, (await ListAsync(workplace, "--limit", "1000")).Count);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_one_line()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        Assert.Equal(
            "The security log has nothing of that.\n",
            (await workplace.RunAsync("audit")).Succeeded()
        );
        Assert.Empty(await ListAsync(workplace));
        foreach (
            var (line, arguments) in new (string, string[])[]
            {
                ("pamps: User not found", ["--account", "nobody"]),
                ("pamps: User not found", ["--account", "0", "--json"]),
                ("pamps: User not found", ["--by", "nobody", "--json"]),
                (
                    "pamps: --since is 'a b'; a time looks like 2026-11-29 or 2026-11-29T10:30.",
                    ["--since", "a\nb"]
                ),
                ("pamps: --limit is 0; it must be 1 to 100000.", ["--limit", "0"]),
                ("pamps: --limit is 100001; it must be 1 to 100000.", ["--limit", "100001"]),
                (
                    "pamps: --since is 'yesterday'; a time looks like 2026-11-29 or 2026-11-29T10:30.",
                    ["--since", "yesterday"]
                ),
            }
        )
        {
            var ran = await workplace.RunAsync(["audit", .. arguments]);
            Assert.Equal(line, ran.Refused());
            Assert.Empty(ran.Output);
        }
        var kind = await workplace.RunAsync("audit", "--kind", "gossip");
        Assert.Equal(1, kind.ExitCode);
        Assert.Contains("sign_in_failed", kind.Errors, StringComparison.Ordinal);
        var known = (await workplace.RunAsync("[suggest:19]", "pamps audit --kind ")).Succeeded();
        Assert.Contains("token_reused", known, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_start_keeps_the_settings_that_concern_security_when_they_are_new(Database database)
    {
        const string secret = "a key that nobody is to read anywhere";
        var workplace = (await Workplace.OnAsync(database)).With("PAMPS_SECURITY__SECRET_KEY", secret);
        await StartAndStopAsync(workplace);
        await StartAndStopAsync(workplace);
        workplace
            .With("PAMPS_HTTP__TRUSTED_PROXIES", "192.0.2.9")
            .With("PAMPS_SECURITY__LOGIN_EXPIRE_DAYS", "7")
            .With("PAMPS_LIMITS__LIKES_PER_HOUR", "12")
            .With("PAMPS_SITE__ADDRESS", "https://example.org");
        var told = await StartAndStopAsync(workplace);
        await StartAndStopAsync(workplace);
        workplace.With("PAMPS_HTTP__TRUSTED_PROXIES", "0.0.0.0/0");
        await StartAndStopAsync(workplace);
        workplace.With("PAMPS_SECURITY__SECRET_KEY", secret + " either");
        await StartAndStopAsync(workplace);

        const string first = "^PAMPS_ENV=testing, (.*, )?PAMPS_SECURITY__SECRET_KEY \\([0-9a-f]{4}\\), ";
        var log = await ListAsync(workplace);
        Assert.All(log, x => Assert.Equal(("settings_at_start", null), ((string)x!["kind"]!, x["account"])));
        var details = log.Select(x => (string)x!["detail"]!).ToList();
        Assert.Equal(4, details.Count);
        Assert.All(details, x => Assert.Matches(first, x));
        Assert.Contains("PAMPS_HTTP__TRUSTED_PROXIES=0.0.0.0/0", details[1], StringComparison.Ordinal);
        Assert.NotEqual(details[1], details[0]);
        details.RemoveRange(0, 2);
        foreach (
            var setting in new[]
            {
                "PAMPS_SECURITY__LOGIN_EXPIRE_DAYS=7",
                "PAMPS_HTTP__TRUSTED_PROXIES=192.0.2.9",
                "PAMPS_SITE__ADDRESS=https://example.org",
                "PAMPS_LIMITS__LIKES_PER_HOUR=12",
            }
        )
        {
            Assert.Contains(setting, details[0], StringComparison.Ordinal);
            Assert.Contains(setting, told, StringComparison.Ordinal);
            Assert.DoesNotContain(setting, details[1], StringComparison.Ordinal);
        }
        Assert.DoesNotContain(secret, told + string.Join('\n', log), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase, Trait("Needs", "own process")]
    public async Task What_is_read_only_keeps_nothing_and_a_copy_of_the_log_is_read_where_it_came(
        Database database
    )
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            await AddAsync(pamps, 3);
        }
        var file = Path.Combine(workplace.Folder, "night.pamps");
        (await workplace.RunAsync("backup", file)).Succeeded();
        // A server that was only started and asked has nothing that is anybody's.
        var target = await Workplace.OnAsync(database);
        await StartAndStopAsync(target, probe: true);
        Assert.Equal(["sign_in_failed", "settings_at_start"], await KindsAsync(target));

        (await target.RunAsync("restore", file)).Succeeded();

        Assert.Equal([3, 2, 1], (await ListAsync(target)).Select(x => (int)x!["id"]!));
        await using var reading = await target.StartAsync("serve", "--port", "0", "--read-only");
        await reading.ListensAsync();
        await reading.SaysAsync(x => x.Contains("settings_at_start", StringComparison.Ordinal));
        await reading.SignalAsync("TERM");
        var ran = await reading.EndAsync();
        ran.Succeeded();
        Assert.Empty(ran.Errors);
        Assert.Equal(3, (await ListAsync(target)).Count);
    }

    /// <summary>Rows of nobody, whose ids are 1, 2 and so on.</summary>
    private static Task AddAsync(PampsServer pamps, int rows) =>
        pamps.ExecuteAsync(
            $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO security_event (id, key, kind, count, created_at, last_at)
            SELECT i, 'key ' || i, 'sign_in_failed', 1, '2026-11-29 10:00:00Z', '2026-11-29 10:00:00Z' FROM n
            """
        );

    /// <summary>Starts a server, waits until it has said its settings, stops it, and answers with all that it said.</summary>
    private static async Task<string> StartAndStopAsync(Workplace workplace, bool probe = false)
    {
        await using var server = await workplace.StartAsync("serve", "--port", "0");
        var address = await server.ListensAsync();
        await server.SaysAsync(x => x.Contains("settings_at_start", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = address };
        using var ready = await http.GetAsync(
            new Uri("/health/ready", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        if (probe)
        {
            using var form = new FormUrlEncodedContent([new("username", "admin"), new("password", "admin")]);
            using var answer = await http.PostAsync(
                new Uri("/token", UriKind.Relative),
                form,
                TestContext.Current.CancellationToken
            );
            Assert.Equal(Unauthorized, answer.StatusCode);
        }
        await server.SignalAsync("TERM");
        return (await server.EndAsync()).Succeeded();
    }

    private static async Task<JsonArray> ListAsync(Workplace workplace, params string[] arguments) =>
        JsonNode.Parse((await workplace.RunAsync(["audit", "--json", .. arguments])).Succeeded())!.AsArray();

    private static async Task<List<string>> KindsAsync(Workplace workplace, params string[] arguments) =>
        [.. (await ListAsync(workplace, arguments)).Select(x => (string)x!["kind"]!)];

    private static string[] Cells(string row) => [.. row.Trim('│').Split('│').Select(x => x.Trim())];
}
