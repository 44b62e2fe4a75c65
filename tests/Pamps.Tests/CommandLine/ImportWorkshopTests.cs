using System.Runtime.Versioning;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

/// <summary>What the workshop's server kept is taken in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ImportWorkshopTests
{
    /// <summary>The password U*U, from crypt_blowfish.</summary>
    private const string Hash = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private static readonly string Tables = $"""
        CREATE TABLE "user" (id INTEGER PRIMARY KEY, email VARCHAR NOT NULL, username VARCHAR NOT NULL, avatar VARCHAR,
            bio VARCHAR, password VARCHAR NOT NULL);
        CREATE TABLE post (id INTEGER PRIMARY KEY, text VARCHAR NOT NULL, date TIMESTAMP NOT NULL,
            user_id INTEGER REFERENCES "user" (id), parent_id INTEGER REFERENCES post (id));
        CREATE TABLE "like" (id INTEGER PRIMARY KEY, user_id INTEGER, post_id INTEGER);
        CREATE TABLE social (id INTEGER PRIMARY KEY, from_id INTEGER, to_id INTEGER, date TIMESTAMP);
        INSERT INTO "user" VALUES
            (1, 'ana@example.org', 'ana', 'http://example.org/no.png', 'Coffee', '{Hash}'),
            (2, 'beto@example.org', 'Beto Silva', NULL, NULL, '{Hash}'),
            (3, 'nowhere', 'caio', NULL, NULL, '{Hash}'),
            (4, 'dora@example.org', 'dora', NULL, NULL, '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW');
        INSERT INTO post VALUES
            (1, 'first #post', '2022-10-01 12:00:00.123456', 1, NULL),
            (2, 'an answer to @ana', '2022-10-01 12:00:00.123456', 2, 1),
            (3, 'and one to that', '2024-05-06 07:08:09', 1, 2),
            (4, '{new string('x', 501)}', '2024-05-06 07:08:10', 1, NULL),
            (5, 'of nobody', '2024-05-06 07:08:11', 3, NULL),
            (6, 'to what is not here', '2024-05-06 07:08:12', 1, 5);
        INSERT INTO "like" VALUES (1, 2, 1), (2, 1, 2), (3, 3, 1), (4, 1, 5);
        INSERT INTO social VALUES (1, 2, 1, '2023-01-01 00:00:00'), (2, 1, 1, NULL), (3, 3, 1, NULL);
        """;

    [Theory, OnEachDatabase]
    public async Task Everything_comes_along_and_nothing_twice(Database database)
    {
        var source = await WorkshopAsync(database);
        var workplace = await Workplace.OnAsync(database);
        string[] import = ["import-workshop", source, "--rename", "Beto Silva=beto"];

        var first = await workplace.RunAsync(import);

        Assert.Contains(
            "Imported 3 users (0 were here), 4 posts, 2 likes and 1 follows",
            first.Succeeded(),
            StringComparison.Ordinal
        );
        foreach (
            var left in new[]
            {
                "The user caio: ",
                "`pamps reset-password dora`",
                "The post 4: ",
                "1 posts of nobody who is here.",
                "2 likes of people or posts that are not here.",
                "2 follows of people who are not here.",
            }
        )
        {
            Assert.Contains(left, first.Errors, StringComparison.Ordinal);
        }
        Assert.Contains(
            "Imported 0 users (3 were here), 0 posts, 0 likes and 0 follows",
            (await workplace.RunAsync(import)).Succeeded(),
            StringComparison.Ordinal
        );
        (await workplace.RunAsync("db", "verify")).Succeeded();

        await using var pamps = await workplace.ServeHereAsync(database);
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.SignInAsync("U*U");
        Assert.Equal(
            1,
            await pamps.ScalarAsync<long>("SELECT count(*) FROM account WHERE password LIKE '$2b$05%'")
        );
        await ana.SignInAsync("U*U");
        var me = await ana.GetAsync("/user/me/");
        Assert.Equal(("Coffee", null), ((string)me["bio"]!, (string?)me["avatar"]));
        Assert.Equal((3, 1), ((int)me["posts_count"]!, (int)me["followers_count"]!));
        Assert.StartsWith("2022-10-01T12:00:00.123456", (string)me["created_at"]!, StringComparison.Ordinal);
        var posts = (await ana.GetAsync("/post/user/ana/?include_replies=true"))
            .Json.AsArray()
            .Concat((await ana.GetAsync("/post/user/beto/?include_replies=true")).Json.AsArray())
            .OrderByDescending(x => (long)x!["id"]!)
            .ToList();
        Assert.Equal(
            ["to what is not here", "and one to that", "an answer to @ana", "first #post"],
            posts.Select(x => (string)x!["text"]!)
        );
        Assert.Equal([0, 0, 1, 1], posts.Select(x => (int)x!["likes_count"]!));
        Assert.Equal((long)posts[2]!["id"]!, (long)posts[1]!["parent_id"]!);
        Assert.Equal((long)posts[3]!["id"]!, (long)posts[2]!["parent_id"]!);
        Assert.NotNull(posts[0]!["parent_id"]);
        Assert.Equal("beto", (string)posts[2]!["username"]!);
        Assert.Single((await ana.GetAsync("/tag/post/")).Json.AsArray());
    }

    [Theory, OnEachDatabase]
    public async Task Another_database_is_refused_and_an_account_of_somebody_else_is_left_alone(
        Database database
    )
    {
        var workplace = await Workplace.OnAsync(database);
        (
            await workplace.RunAsync("create-user", "other@example.org", "ana", "a password for tests")
        ).Succeeded();
        Assert.Contains(
            "has not the tables of the workshop's server",
            (await workplace.RunAsync("import-workshop", workplace.Uri)).Refused(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "There is no SQLite database at",
            (await workplace.RunAsync("import-workshop", "none.db")).Refused(),
            StringComparison.Ordinal
        );
        var ran = await workplace.RunAsync("import-workshop", await WorkshopAsync(database));
        Assert.Contains("The user ana: ", ran.Errors, StringComparison.Ordinal);
        Assert.Equal(["ana", "dora"], (await workplace.UsernamesAsync()).Order());
    }

    private static async Task<string> WorkshopAsync(Database database)
    {
        var uri = await TestDatabase.CreateAsync(database);
        await using (var connection = await TestDatabase.OpenAsync(uri))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Tables;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        return uri;
    }
}
