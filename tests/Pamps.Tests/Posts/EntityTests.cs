using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>The entities that posts carry.</summary>
public sealed class EntityTests
{
    [Theory, OnEachDatabase]
    public async Task A_post_says_what_its_text_names(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var named = await pamps.RegisterAsync("Named");
        using var anyone = pamps.Anonymous();
        var text =
            $"🦤 @{named.Username.ToUpperInvariant()} #Cafe\u0301 https://example.org/ção @no_such_user";
        var expected = $$"""
            [{"kind":"mention","start":2,"length":21,"username":"{{named.Username}}","user_id":{{named.Id}}},
            {"kind":"hashtag","start":24,"length":5,"tag":"café"},
            {"kind":"url","start":30,"length":23,"url":"https://example.org/ção"}]
            """.ReplaceLineEndings("");

        var post = await author.PostAsync("/post/", new { text });
        Assert.Equal(HttpStatusCode.Created, post.Status);
        Assert.Contains($"\"entities\":{expected}", post.Body, StringComparison.Ordinal);
        var reply = await author.PostAsync("/post/", new { text, parent_id = (long)post["id"]! });

        var read = await anyone.GetAsync($"/post/{post["id"]}/");
        Assert.Contains($"\"entities\":{expected}", read.Body, StringComparison.Ordinal);
        AssertEntities(expected, read["replies"]![0]!);
        AssertEntities(expected, (await anyone.GetAsync($"/post/{post["id"]}/replies/")).Items[0]!);
        AssertEntities(expected, (await anyone.GetAsync($"/post/user/{author.Username}/")).Items[0]!);
        Assert.Equal(reply["id"]!.ToString(), read["replies"]![0]!["id"]!.ToString());
        AssertEntities("[]", (await author.PostAsync("/post/", new { text = "nothing" })).Json);
    }

    [Theory, OnEachDatabase]
    public async Task An_edit_brings_entities_and_rows_up_to_date_and_a_deletion_takes_them(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var stays = await pamps.RegisterAsync();
        using var goes = await pamps.RegisterAsync();
        using var comes = await pamps.RegisterAsync();
        var id = await author.WriteAsync(
            $"@{stays.Username} @{goes.Username} @{stays.Username} #stays #goes #STAYS"
        );
        Assert.Equal(Sorted(stays.Id, goes.Id), await ReadAsync(pamps, "mention", "user_id", id));
        Assert.Equal(["goes", "stays"], await ReadAsync(pamps, "hashtag", "tag", id));

        var edited = await author.PatchAsync(
            $"/post/{id}/",
            new { text = $"#comes #stays @{comes.Username} @{stays.Username}" }
        );
        Assert.Equal(
            ["comes", "stays", comes.Username, stays.Username],
            edited["entities"]!.AsArray().Select(x => (string)(x!["tag"] ?? x["username"])!)
        );
        Assert.Equal(Sorted(stays.Id, comes.Id), await ReadAsync(pamps, "mention", "user_id", id));
        Assert.Equal(["comes", "stays"], await ReadAsync(pamps, "hashtag", "tag", id));

        await author.PatchAsync($"/post/{id}/", new { text = "plain" });
        AssertEntities("[]", (await author.GetAsync($"/post/{id}/")).Json);
        Assert.Empty(await ReadAsync(pamps, "mention", "user_id", id));

        await author.PatchAsync($"/post/{id}/", new { text = $"@{stays.Username} #again" });
        Assert.Equal(HttpStatusCode.NoContent, (await author.DeleteAsync($"/post/{id}/")).Status);
        Assert.Empty(await ReadAsync(pamps, "mention", "user_id", id));
        Assert.Empty(await ReadAsync(pamps, "hashtag", "tag", id));
    }

    [Theory, OnEachDatabase]
    public async Task Edits_at_once_leave_the_rows_of_one_of_them(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var users = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pamps.RegisterAsync()));
        var id = await author.WriteAsync($"@{users[0].Username} #tag0");
        for (var round = 0; round < 5; round++)
        {
            var answers = await Whole.AtOnceAsync(
                users.Select(
                    (x, i) =>
                        (Func<Task<Answer>>)(
                            () => author.PatchAsync($"/post/{id}/", new { text = $"@{x.Username} #tag{i}" })
                        )
                )
            );
            Assert.All(answers, x => Whole.AssertIs(x, HttpStatusCode.OK));
            var entities = (await author.GetAsync($"/post/{id}/"))["entities"]!;
            var winner = users.Single(x => x.Username == (string)entities[0]!["username"]!);
            Assert.Equal([$"{winner.Id}"], await ReadAsync(pamps, "mention", "user_id", id));
            Assert.Equal([(string)entities[1]!["tag"]!], await ReadAsync(pamps, "hashtag", "tag", id));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_closed_or_gone_is_not_mentioned(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var closed = await pamps.RegisterAsync();
        using var gone = await pamps.RegisterAsync();
        var before = await author.WriteAsync($"@{gone.Username}");
        await superuser.PatchAsync($"/user/{closed.Username}/", new { active = false });
        await superuser.DeleteAsync($"/user/{gone.Username}/");

        var post = await author.PostAsync("/post/", new { text = $"@{closed.Username} @{gone.Username}" });

        AssertEntities("[]", post.Json);
        Assert.Empty(await ReadAsync(pamps, "mention", "user_id", before));
        var old = await author.GetAsync($"/post/{before}/");
        Assert.Equal(gone.Username, (string)old["entities"]![0]!["username"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_repeated_request_is_answered_with_the_same_entities(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var body = new { text = $"@{author.Username} #Café \"https://example.org/\"" };
        var first = await author.PostAsync("/post/", body, ("Idempotency-Key", "entities"));
        var again = await author.PostAsync("/post/", body, ("Idempotency-Key", "entities"));
        Assert.Equal(3, first["entities"]!.AsArray().Count);
        Assert.Equal(first.Body, again.Body);
    }

    private static void AssertEntities(string expected, JsonNode post) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), post["entities"]), post.ToJsonString());

    private static List<string> Sorted(params long[] ids) => [.. ids.Order().Select(x => $"{x}")];

    private static async Task<List<string>> ReadAsync(
        PampsServer pamps,
        string table,
        string column,
        long post
    )
    {
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {column} FROM {table} WHERE post_id = {post} ORDER BY {column}";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            values.Add(reader.GetValue(0).ToString()!);
        }
        return values;
    }
}
