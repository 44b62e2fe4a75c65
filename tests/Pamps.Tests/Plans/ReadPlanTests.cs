using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using static Pamps.Tests.Plans.FilledServer;

namespace Pamps.Tests.Plans;

/// <summary>How the databases carry out the hot reads: along an index, a page's worth of rows and no more.</summary>
public sealed class ReadPlanTests
{
    /// <summary>
    /// A post has up to 100 replies, and the timeline looks at 21 posts of 21 authors. A list has 400 rows of a
    /// table's 20,000.
    /// </summary>
    private const int MostRows = 21 * 21;

    /// <summary>Who follows many has so many posts next to the cursor looked through; see TimelineBounds.</summary>
    private const int TimelineWindow = 4_000;

    /// <summary>A read, and the indexes without which it would not be quick.</summary>
    private sealed record Read(string Path, params string[] Indexes);

    private static readonly Read[] Reads =
    [
        new("/post/", "ix_post_public"),
        new($"/post/?before={Middle}", "ix_post_public"),
        new($"/post/?after={Middle}&order=oldest", "ix_post_public"),
        new($"/post/{BusyPost}/", "pk_post", "ix_post_replies"),
        new($"/post/{BusyPost}/replies/", "pk_post", "ix_post_replies"),
        new($"/post/{BusyPost}/replies/?after={Middle}", "ix_post_replies"),
        new($"/post/{BusyPost}/likes/", "ix_like_post"),
        new($"/post/{BusyPost}/ancestors/", "pk_post"),
        new($"/post/user/user_{BusyUser}/", "ux_user_username_key", "ix_post_user_own"),
        new($"/post/user/user_{BusyUser}/?before={Middle}&order=newest", "ix_post_user_own"),
        new($"/post/user/user_{BusyUser}/?include_replies=true", "ix_post_author"),
        new(
            $"/post/user/user_{BusyUser}/?include_replies=true&before={Middle}&order=newest",
            "ix_post_author"
        ),
        new($"/post/pinned/user_{BusyUser}/", "ux_user_username_key", "ix_post_pinned"),
        new($"/post/likes/user_{BusyUser}/", "ix_like_user"),
        new($"/post/likes/user_{BusyUser}/?before={Middle}", "ix_like_user"),
        new("/post/bookmarks/", "ix_bookmark_user"),
        new($"/post/bookmarks/?before={Middle}", "ix_bookmark_user"),
        new($"/user/user_{BusyUser}/", "ux_user_username_key", "ux_media_profile"),
        new($"/user/user_{BusyUser}/followers/", "ix_social_to"),
        new($"/user/user_{BusyUser}/followers/?after={Middle}", "ix_social_to"),
        new($"/user/user_{BusyUser}/following/", "ix_social_from"),
        new("/user/", "pk_user"),
        new($"/user/?after={Users / 2}", "pk_user"),
        new("/user/me/", "pk_user"),
        new("/user/timeline/", "ux_social_from_to", "ix_post_author"),
        new($"/user/timeline/?before={Middle}", "ux_social_from_to", "ix_post_author"),
        new($"/user/timeline/?before={FirstPost + 30}", "ux_social_from_to", "ix_post_author"),
        new($"/user/timeline/?after={Middle}&order=oldest", "ux_social_from_to", "ix_post_author"),
        new("/user/timeline/?own=true", "ux_social_from_to", "ix_post_author"),
        new($"/user/timeline/?own=true&before={Middle}", "ux_social_from_to", "ix_post_author"),
        new($"/user/timeline/?own=true&after={Middle}&order=oldest", "ux_social_from_to", "ix_post_author"),
        new($"/tag/{BusyTag}/", "pk_hashtag"),
        new($"/tag/{BusyTag}/?before={Middle}", "pk_hashtag"),
        new($"/tag/{BusyTag}/?after={Middle}&order=oldest", "pk_hashtag"),
        new($"/tag/?q={BusyTag[..1]}", "pk_hashtag"),
        new("/notification/", "ix_notification_user"),
        new($"/notification/?before={Middle}", "ix_notification_user"),
        new($"/notification/?after={Middle}&order=oldest", "ix_notification_user"),
        new("/notification/unread/", "ix_notification_user"),
        new("/user/me/sessions/", "ix_login_user"),
        new($"/user/me/sessions/?before={Middle}", "ix_login_user"),
    ];

    [Theory, OnEachDatabase]
    public async Task Hot_reads_go_along_their_index_and_read_little_more_than_a_page(Database database)
    {
        await using var server = await StartAsync(database, TestJobs.Without);
        using var anyone = server.Pamps.Anonymous();
        var complaints = new List<string>();
        var asked = new List<(string Path, string Statement, (string, object)[] Values)>();
        foreach (var read in Reads)
        {
            Client[] clients =
                read.Path.Contains("timeline") ? [server.Reader, server.Newcomer]
                : read.Path.Contains("/me/")
                || read.Path.Contains("/notification/")
                || read.Path.Contains("bookmarks")
                    ? [server.Reader]
                : [server.Reader, anyone];
            foreach (var client in clients)
            {
                server.Statements.Take();
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(read.Path)).Status);
                var taken = server.Statements.Take();
                Assert.NotEmpty(taken);
                var walked = new List<string>();
                foreach (var statement in taken)
                {
                    var values = ValuesOf(statement, client.Id == 0 ? server.Reader : client);
                    var wrong =
                        database == Database.Sqlite
                            ? Complain(
                                await Plan.OfSqliteAsync(server.Connection, statement, values),
                                statement,
                                walked
                            )
                            : Complain(
                                await Plan.OfPostgresAsync(server.Connection, statement, values),
                                statement,
                                walked
                            );
                    complaints.AddRange(wrong.Select(x => $"{read.Path}: {x}\n{statement}"));
                    asked.Add((read.Path, statement, values));
                }
                complaints.AddRange(
                    read.Indexes.Where(x => !walked.Any(step => IsAlong(step, x)))
                        .Select(x => $"{read.Path}: not along {x}, but {string.Join("; ", walked)}")
                );
            }
        }
        if (database == Database.Sqlite)
        {
            // With statistics, which an upgrade brings, it may make a filter of a whole table each time that it is asked.
            await server.Connection.ReadAsync("ANALYZE", []);
            foreach (var (path, statement, values) in asked)
            {
                var steps = await Plan.OfSqliteAsync(server.Connection, statement, values);
                complaints.AddRange(
                    steps
                        .Where(x =>
                            x.StartsWith("BLOOM", StringComparison.Ordinal)
                            // What is above a post was gathered, and is short.
                            && !x.StartsWith("BLOOM FILTER ON a ", StringComparison.Ordinal)
                        )
                        .Select(x => $"{path}: {x}\n{statement}")
                );
            }
        }
        Assert.True(complaints.Count == 0, string.Join("\n\n", complaints));
    }

    /// <summary>SQLite has names of its own for its keys.</summary>
    private static bool IsAlong(string step, string index) =>
        Regex.IsMatch(step, $@"\b{index}\b")
        || (
            index.StartsWith("pk_", StringComparison.Ordinal)
            && (
                step.Contains("INTEGER PRIMARY KEY", StringComparison.Ordinal)
                || step.Contains($"sqlite_autoindex_{index[3..]}_1", StringComparison.Ordinal)
                || step is "SCAN u" or "SCAN p"
            )
        );

    private static IEnumerable<string> Complain(List<string> steps, string statement, List<string> walked)
    {
        Assert.NotEmpty(steps);
        walked.AddRange(steps);
        // The home list and the list of users are whole indexes, walked as far as a page goes. The timeline walks the
        // newest posts, or whatever index counts them, as far as its window goes, sorts what it gathers, and keeps a page of it. A conversation and a
        // completion are gathered step by step first.
        var isTimeline = statement.Contains("near AS MATERIALIZED", StringComparison.Ordinal);
        var isGathered = statement.Contains("RECURSIVE", StringComparison.Ordinal);
        return steps.Where(x =>
            x is not ("SCAN p USING INDEX ix_post_public" or "SCAN p USING COVERING INDEX ix_post_public")
            && !(x is "SCAN u" && !statement.Contains("JOIN", StringComparison.Ordinal))
            && !(
                isTimeline
                && Regex.IsMatch(
                    x,
                    "^SCAN (t|s|p|p USING COVERING INDEX ix_post_author|near|found|each_of_them|CONSTANT ROW|\\(.*\\))$"
                )
            )
            && !(isTimeline && x is "USE TEMP B-TREE FOR ORDER BY")
            && !(
                statement.StartsWith("SELECT 1 FROM post p WHERE p.id = @cursor", StringComparison.Ordinal)
                && x is "SCAN s" or "SCAN CONSTANT ROW"
            )
            && !(
                isGathered
                && x is "SCAN a" or "SCAN f" or "SCAN CONSTANT ROW" or "USE TEMP B-TREE FOR ORDER BY"
            )
            // No more than the subquery's limit lets through.
            && x is not ("SCAN unread" or "SCAN reply")
            && (
                x.StartsWith("SCAN", StringComparison.Ordinal) || x.Contains("TEMP", StringComparison.Ordinal)
            )
        );
    }

    private static IEnumerable<string> Complain(List<JsonObject> steps, string statement, List<string> walked)
    {
        walked.AddRange(steps.Select(x => (string?)x["Index Name"]).OfType<string>());
        var isTimeline = statement.Contains("near AS MATERIALIZED", StringComparison.Ordinal);
        var most = isTimeline ? TimelineWindow + 1 : MostRows;
        return steps
            .Where(x => Plan.RowsOf(x) > most || (string?)x["Node Type"] == "Seq Scan")
            .Select(x => $"{x["Node Type"]} {x["Relation Name"]} {x["Index Name"]}, {Plan.RowsOf(x)} rows");
    }

    private static (string, object)[] ValuesOf(string statement, Client reader) =>
        [
            .. Plan.ParametersOf(statement)
                .Select(x =>
                    (
                        x,
                        x switch
                        {
                            "viewer" or "user_id" => reader.Id,
                            "take" => 21,
                            "most" => 50,
                            "start" => BusyTag[..1],
                            "end" => BusyTag[..1] + "\U0010FFFF",
                            "of" when statement.Contains("h.tag", StringComparison.Ordinal) => BusyTag,
                            "now" => DateTime.UtcNow,
                            "of" when statement.Contains("notification n", StringComparison.Ordinal) =>
                                reader.Id,
                            "of" => Regex.IsMatch(statement, @"(p\.parent_id|k\.post_id) = (@|ANY)")
                                ? BusyPost
                                : BusyUser,
                            "key" => (object)$"user_{BusyUser}",
                            "id" => BusyPost,
                            "edge" or "before" or "after" or "cursor" => Middle,
                            _ => throw new InvalidOperationException($"No value for @{x}"),
                        }
                    )
                ),
        ];
}
