using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Search;

namespace Pamps.Tests.Posts;

/// <summary>What nobody sees is nothing: the cases that the web client is tested with too.</summary>
public sealed class UnseenTests
{
    private const string Filler = "\u3164";

    [Theory, OnEachDatabase]
    public async Task A_text_of_which_nothing_is_seen_is_no_post_and_no_bio(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var id = await author.WriteAsync("seen");
        var cases = await ReadAsync();
        foreach (var text in Texts(cases["unseen"]!))
        {
            var post = await author.PostAsync("/post/", new { text });
            post.Blames("text");
            Assert.Equal("empty", (string)post["codes"]!["text"]![0]!);
            (await author.PatchAsync($"/post/{id}/", new { text })).Blames("text");
            var me = await author.PatchAsync("/user/me/", new { bio = text });
            Assert.Equal("", (string)me["bio"]!);
        }
        foreach (var text in Texts(cases["seen"]!))
        {
            var read = await author.GetAsync($"/post/{await author.WriteAsync(text)}/");
            Assert.Equal(text, (string)read["text"]!);
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_unseen_neither_makes_nor_ends_a_mention_or_a_tag(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var author = await pamps.RegisterAsync();
        foreach (var name in new[] { "ana", "ana1", "beto" })
        {
            using var user = new Client(pamps, name, id: 0);
            await user.RegisterAsync();
        }
        var cases = await ReadAsync();
        foreach (
            var (list, field, value) in new[] { ("names", "mentions", "username"), ("tags", "tags", "tag") }
        )
        {
            foreach (var one in cases[list]!.AsArray())
            {
                var post = await author.PostAsync("/post/", new { text = (string)one!["text"]! });
                var found = post["entities"]!.AsArray().Select(x => (string)x![value]!).Distinct();
                Assert.Equal(Texts(one[field]!).Distinct(), found);
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_unseen_does_not_hide_from_lists_and_searches(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var word = SearchTests.NewWord();
        var id = await author.WriteAsync($"#{word}{Filler} {word}");
        foreach (var name in new[] { word, word + Filler, $"{word[..2]}\u2060{word[2..]}", $"#{word}\uFE0F" })
        {
            Assert.Equal([id], (await author.GetAsync($"/tag/{Uri.EscapeDataString(name)}/")).Ids);
            Assert.Equal([id], await SearchTests.FindAsync(author, name));
        }
        Assert.Equal([id], await SearchTests.FindAsync(author, $"{word} from:＠{author.Username}{Filler}"));
        Assert.Equal(
            [author.Id],
            await SearchTests.FindAsync(author, $"{Filler}{author.Username}\u115F", "&type=user")
        );
        (await author.GetAsync($"/search/?q={SearchTests.Escape(Filler)}")).Refused(
            HttpStatusCode.UnprocessableEntity
        );
    }

    private static async Task<JsonNode> ReadAsync() =>
        JsonNode.Parse(await Repository.ReadAsync("web/src/text/unseen.json"))!;

    private static string[] Texts(JsonNode array) => array.Deserialize<string[]>()!;
}
