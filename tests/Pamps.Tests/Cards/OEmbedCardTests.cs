using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Media;
using Pamps.Tests.Outgoing;

namespace Pamps.Tests.Cards;

/// <summary>What other sites say of their pages by oEmbed (https://oembed.com), where the pages themselves say less.</summary>
public sealed class OEmbedCardTests
{
    private const string All = """
        {"version":"1.0","type":"video","title":"Gulls &amp; <terns>","author_name":"Ana","provider_name":"The coast","cache_age":1,
         "thumbnail_url":"/gull.png","thumbnail_width":1,"html":"<script>alert(1)</script>","url":"http://127.0.0.1/","more":{"a":[1]}}
        """;

    [Fact]
    public async Task It_tells_what_the_page_leaves_out_and_nothing_else()
    {
        await using var pamps = await CardServer.StartAsync(Database.Sqlite, new FakeTime());
        await using var foreign = new ForeignServer();
        foreign.Page("/short", CardServer.Html("Own title", Link("oembed?url=short")));
        foreign.Page(
            "/full",
            CardServer.Html(
                "x",
                """
                <meta property="og:title" content="G"><meta property="og:image" content="/gull.png">
                <meta name="author" content="B"><meta property="og:site_name" content="S">
                """ + Link("/full.json")
            )
        );
        foreign.Page(
            "/half",
            CardServer.Html("x", "<meta property=og:title content=G>" + Link("/oembed?url=short"))
        );
        foreign.Serve("/oembed?url=short", "application/json; charset=utf-8", Encoding.UTF8.GetBytes(All));
        foreign.Serve("/gull.png", "image/png", Pictures.Of("png", Pictures.Quarters(1200, 630)));
        using var ana = await pamps.RegisterAsync();

        var cards = await CardsAsync(pamps, ana, foreign["/short"], foreign["/full"], foreign["/half"]);

        // Text is text, as everywhere in a card.
        Assert.Equal(("Gulls &amp; <terns>", "Ana", "The coast"), Of(cards[0]));
        Assert.Equal(("G", "B", "S"), Of(cards[1]));
        Assert.Equal(("G", "Ana", "The coast"), Of(cards[2]));
        Assert.All(cards, x => Assert.NotNull(x["picture"]));
        Assert.All(cards, x => Assert.DoesNotContain("alert", x.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal((2, 0), (foreign.Count("/oembed?url=short"), foreign.Count("/full.json")));
    }

    [Fact]
    public async Task What_is_none_or_may_not_be_asked_takes_nothing_from_the_card()
    {
        await using var pamps = await CardServer.StartAsync(Database.Sqlite, new FakeTime());
        await using var foreign = new ForeignServer();
        await using var other = new ForeignServer();
        other.Serve("/o", "application/json", Encoding.UTF8.GetBytes(All));
        var bodies = new (string Type, string Body)[]
        {
            ("text/html", All),
            ("application/json", "[]"),
            ("application/json", "{\"title\":"),
            (
                "application/json",
                "{\"title\":1,\"author_name\":null,\"thumbnail_url\":\"javascript:alert(1)\"}"
            ),
            ("application/json", "{\"title\":\"\\ud800\"}"),
            ("application/json", "{\"title\":" + new string('[', 100_000)),
            ("application/json", "{\"title\":\"" + new string('x', 1_100_000) + "\"}"),
            ("application/json", "{\"title\":\" \",\"thumbnail_url\":\"http://127.0.0.1/\"}"),
        };
        foreach (var (i, (type, body)) in bodies.Index())
        {
            foreign.Serve($"/{i}.json", type, Encoding.UTF8.GetBytes(body));
        }
        foreign.Redirect("/inside.json", "http://127.0.0.1/");
        string[] links =
        [
            .. bodies.Select((_, i) => $"/{i}.json"),
            "/inside.json",
            "/missing.json",
            other["/o"],
            // The same host by another scheme.
            foreign["/0.json"].Replace("http:", "https:", StringComparison.Ordinal),
            "http://127.0.0.1/",
            "file:///etc/passwd",
            "http://[",
        ];
        foreach (var (i, link) in links.Index())
        {
            foreign.Page($"/{i}", CardServer.Html("Own title", Link(link)));
        }
        using var ana = await pamps.RegisterAsync();

        var cards = await CardsAsync(pamps, ana, [.. links.Select((_, i) => foreign[$"/{i}"])]);

        Assert.All(cards, x => Assert.Equal(("Own title", null, null), Of(x)));
        Assert.All(cards, x => Assert.Null(x["picture"]));
        Assert.Empty(other.Asked);
        Assert.All(bodies.Index(), x => Assert.Equal(1, foreign.Count($"/{x.Index}.json")));
    }

    private static string Link(string address) =>
        $"<link rel='stylesheet alternate' type='application/JSON+oembed' href='{address}'><link rel=alternate type=application/json+oembed href=/second>";

    private static (string?, string?, string?) Of(JsonNode card) =>
        ((string?)card["title"], (string?)card["author"], (string?)card["site_name"]);

    private static async Task<List<JsonNode>> CardsAsync(
        PampsServer pamps,
        Client ana,
        params string[] addresses
    )
    {
        var ids = new List<long>();
        foreach (var address in addresses)
        {
            ids.Add(await ana.WriteAsync(address));
        }
        await pamps.FetchAsync();
        var cards = new List<JsonNode>();
        foreach (var id in ids)
        {
            var post = await ana.GetAsync($"/post/{id}/");
            Assert.Equal(HttpStatusCode.OK, post.Status);
            cards.Add(post["card"]!);
        }
        return cards;
    }
}
