using System.Data.Common;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Core.Reads;
using Pamps.Tests.Host;
using Pamps.Tests.Properties;

namespace Pamps.Tests.Posts;

/// <summary>How the databases carry out the hot reads: along an index, a page's worth of rows and no more.</summary>
public sealed class PlanTests
{
    private const int Users = 2000;
    private const int Count = 20_000;

    /// <summary>
    /// A post has up to 100 replies, and the timeline looks at 21 posts of 21 authors. A list has 400 rows of a
    /// table's 20,000.
    /// </summary>
    private const int MostRows = 21 * 21;
    private const long FirstPost = 1_000_000;
    private const long BusyUser = 1;
    private const long BusyPost = FirstPost;
    private const string BusyTag = "pampas";
    private const long Middle = FirstPost + (Count / 2);

    private static readonly string[] Reads =
    [
        "/post/",
        $"/post/?before={Middle}",
        $"/post/?after={Middle}&order=oldest",
        $"/post/{BusyPost}/",
        $"/post/{BusyPost}/replies/",
        $"/post/{BusyPost}/replies/?after={Middle}",
        $"/post/{BusyPost}/likes/",
        $"/post/{BusyPost}/ancestors/",
        $"/post/user/user_{BusyUser}/",
        $"/post/user/user_{BusyUser}/?before={Middle}&order=newest",
        $"/post/user/user_{BusyUser}/?include_replies=true",
        $"/post/user/user_{BusyUser}/?include_replies=true&before={Middle}&order=newest",
        $"/post/likes/user_{BusyUser}/",
        $"/post/likes/user_{BusyUser}/?before={Middle}",
        $"/user/user_{BusyUser}/",
        $"/user/user_{BusyUser}/followers/",
        $"/user/user_{BusyUser}/followers/?after={Middle}",
        $"/user/user_{BusyUser}/following/",
        "/user/",
        $"/user/?after={Users / 2}",
        "/user/me/",
        "/user/timeline/",
        $"/user/timeline/?before={Middle}",
        $"/user/timeline/?after={Middle}&order=oldest",
        "/user/timeline/?own=true",
        $"/user/timeline/?own=true&before={Middle}",
        $"/user/timeline/?own=true&after={Middle}&order=oldest",
        $"/tag/{BusyTag}/",
        $"/tag/{BusyTag}/?before={Middle}",
        $"/tag/{BusyTag}/?after={Middle}&order=oldest",
        $"/tag/?q={BusyTag[..1]}",
        "/notification/",
        $"/notification/?before={Middle}",
        $"/notification/?after={Middle}&order=oldest",
        "/notification/unread/",
        "/user/me/sessions/",
        $"/user/me/sessions/?before={Middle}",
    ];

    [Theory, OnEachDatabase]
    public async Task Hot_reads_go_along_an_index_and_read_little_more_than_a_page(Database database)
    {
        using var statements = new Statements();
        await using var pamps = await PampsServer.StartAsync(
            database,
            change: x => x.Db.Echo = true,
            services: x =>
                x.AddLogging(logs =>
                    logs.ClearProviders()
                        .AddProvider(statements)
                        .AddFilter(level => level > LogLevel.Critical)
                        .AddFilter(Statements.Category, LogLevel.Information)
                )
        );
        using var reader = await FillAsync(pamps);
        using var anyone = pamps.Anonymous();
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        if (database == Database.Postgres)
        {
            // As the server does by itself before long.
            await ReadAsync(connection, "VACUUM ANALYZE", []);
        }

        var complaints = new List<string>();
        foreach (var path in Reads)
        {
            var clients =
                path.Contains("/me/") || path.Contains("timeline") || path.Contains("/notification/")
                    ? [reader]
                    : new[] { reader, anyone };
            foreach (var client in clients)
            {
                statements.Take();
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).Status);
                var taken = statements.Take();
                Assert.NotEmpty(taken);
                foreach (var statement in taken)
                {
                    var wrong =
                        database == Database.Sqlite
                            ? await ComplainOfSqliteAsync(connection, statement, reader)
                            : await ComplainOfPostgresAsync(connection, statement, reader);
                    complaints.AddRange(wrong.Select(x => $"{path}: {x}\n{statement}"));
                }
            }
        }
        Assert.True(complaints.Count == 0, string.Join("\n\n", complaints));
    }

    private static async Task<Client> FillAsync(PampsServer pamps)
    {
        var reader = await pamps.RegisterAsync();
        await Rows.AddUsersAsync(pamps, Enumerable.Range(1, Users).Select(x => (long)x));
        // A fiftieth of everything is the busy user's or the busy post's, and lies scattered among the rest.
        await Rows.AddPostsAsync(
            pamps,
            Enumerable
                .Range(0, Count)
                .Select(i =>
                    (
                        FirstPost + i,
                        i % 50 < 2 ? BusyUser : Other(i),
                        i % 50 is 1 or 20 ? BusyPost
                        : i % 6 == 1 ? FirstPost + (i / 2)
                        : (long?)null
                    )
                )
        );
        await Rows.AddLikesAsync(
            pamps,
            Enumerable
                .Range(0, Count)
                .Select(i =>
                    (
                        FirstPost + i,
                        i % 50 == 1 ? BusyUser : Other(i),
                        i % 50 == 2 ? BusyPost : FirstPost + (i * 31L % Count)
                    )
                )
                .DistinctBy(x => (x.Item2, x.Item3))
        );
        await Rows.AddFollowsAsync(
            pamps,
            Enumerable
                .Range(0, Count)
                .Select(i =>
                    (
                        FirstPost + i,
                        i % 50 == 1 ? BusyUser
                        : i % 66 == 0 ? reader.Id
                        : Other(i),
                        i % 50 == 2 ? BusyUser : Other(i * 17L)
                    )
                )
                .Where(x => x.Item2 != x.Item3)
                .DistinctBy(x => (x.Item2, x.Item3))
        );
        await Rows.AddHashtagsAsync(
            pamps,
            Enumerable
                .Range(0, Count)
                .Select(i => (i % 50 < 40 ? BusyTag : $"{(char)('a' + (i % 26))}{i}", FirstPost + i))
        );
        await Rows.AddNotificationsAsync(pamps, reader.Id);
        await Rows.AddLoginsAsync(pamps);
        return reader;

        static long Other(long i) => 2 + (i * 7919 % (Users - 1));
    }

    private static async Task<IEnumerable<string>> ComplainOfSqliteAsync(
        DbConnection connection,
        string statement,
        Client reader
    )
    {
        var steps = (
            await ReadAsync(connection, "EXPLAIN QUERY PLAN " + statement, ValuesOf(statement, reader))
        )
            .Select(x => (string)x[3]!)
            .ToList();
        Assert.NotEmpty(steps);
        // The home list and the list of users are whole indexes, walked as far as a page goes. The timeline sorts
        // what it gathers, and keeps a page of it. A conversation and a completion are gathered step by step first.
        var isTimeline = statement.Contains(" s JOIN post p", StringComparison.Ordinal);
        var isGathered = statement.Contains("RECURSIVE", StringComparison.Ordinal);
        return steps.Where(x =>
            x is not ("SCAN p USING INDEX ix_post_home" or "SCAN p USING COVERING INDEX ix_post_home")
            && !(x is "SCAN u" && !statement.Contains("JOIN", StringComparison.Ordinal))
            && !(
                isTimeline
                && x is "SCAN t" or "SCAN s" or "SCAN CONSTANT ROW" or "USE TEMP B-TREE FOR ORDER BY"
            )
            && !(
                isGathered
                && x is "SCAN a" or "SCAN f" or "SCAN CONSTANT ROW" or "USE TEMP B-TREE FOR ORDER BY"
            )
            // Counts no more than the subquery's limit lets through.
            && x is not "SCAN unread"
            && (
                x.StartsWith("SCAN", StringComparison.Ordinal) || x.Contains("TEMP", StringComparison.Ordinal)
            )
        );
    }

    private static async Task<IEnumerable<string>> ComplainOfPostgresAsync(
        DbConnection connection,
        string statement,
        Client reader
    )
    {
        var rows = await ReadAsync(
            connection,
            "EXPLAIN (ANALYZE, FORMAT JSON) " + statement,
            ValuesOf(statement, reader)
        );
        var plan = JsonNode.Parse((string)rows[0][0]!)![0]!["Plan"]!.AsObject();
        return Nodes(plan)
            .Where(x => RowsOf(x) > MostRows)
            .Select(x => $"{x["Node Type"]} {x["Relation Name"]} {x["Index Name"]}, {RowsOf(x)} rows");
    }

    private static IEnumerable<JsonObject> Nodes(JsonObject node) =>
        (node["Plans"]?.AsArray() ?? []).SelectMany(x => Nodes(x!.AsObject())).Prepend(node);

    /// <summary>How many rows a step of the plan looked at, those included that it threw away.</summary>
    private static double RowsOf(JsonObject node) =>
        (double)node["Actual Loops"]!
        * new[] { "Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck" }.Sum(x =>
            (double?)node[x] ?? 0
        );

    private static (string, object)[] ValuesOf(string statement, Client reader) =>
        [
            .. Regex
                .Matches(statement, @"@(\w+)")
                .Select(x => x.Groups[1].Value)
                .Distinct()
                .Select(x =>
                    (
                        x,
                        x switch
                        {
                            "viewer" => reader.Id,
                            "take" => 21,
                            "most" => 50,
                            "start" => BusyTag[..1],
                            "end" => BusyTag[..1] + "\U0010FFFF",
                            "of" when statement.Contains("h.tag", StringComparison.Ordinal) => BusyTag,
                            "now" => DateTime.UtcNow,
                            "of" => Regex.IsMatch(statement, @"(p\.parent_id|k\.post_id) = (@|ANY)")
                                ? BusyPost
                                : BusyUser,
                            "key" => (object)$"user_{BusyUser}",
                            "id" => BusyPost,
                            "edge" or "before" or "after" => Middle,
                            _ => throw new InvalidOperationException($"No value for @{x}"),
                        }
                    )
                ),
        ];

    private static async Task<List<object?[]>> ReadAsync(
        DbConnection connection,
        string sql,
        (string Name, object Value)[] values
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add(row);
        }
        return rows;
    }
}
