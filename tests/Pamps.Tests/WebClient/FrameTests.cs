using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.WebClient;

/// <summary>What a page shows before the client has drawn it, and without JavaScript.</summary>
public sealed partial class FrameTests
{
    [Theory, OnEachDatabase]
    public async Task The_front_page_can_be_read_without_JavaScript(Database database)
    {
        await using var pamps = await WithClient.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        for (var i = 1; i <= 12; i++)
        {
            await ana.WriteAsync($"post {i}");
        }
        var frame = await ReadAsync(ana, "/");
        // Enough for the first sight; the rest the client draws.
        Assert.Equal(
            Enumerable.Range(3, 10).Reverse().Select(x => $"post {x}"),
            Text().Matches(frame).Select(x => x.Groups[1].Value)
        );
        Assert.Contains("<h1 data-v-appheader>Everyone</h1>", frame, StringComparison.Ordinal);
        Assert.Contains($"href=\"/@{ana.Username}\">{ana.Username}</a>", frame, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_conversation_can_be_read_without_JavaScript(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var top = await ana.WriteAsync("the question");
        var post = await beto.WriteAsync("the answer", top);
        var thanks = await ana.WriteAsync("the thanks", post);
        await beto.WriteAsync("not at all", thanks);
        var frame = await ReadAsync(ana, $"/@{beto.Username}/{post}");
        // What is above a post is there with it.
        Assert.Equal(
            ["the question", "the answer", "the thanks"],
            Text().Matches(frame).Select(x => x.Groups[1].Value)
        );
        Assert.Contains(
            $"href=\"/@{ana.Username}/{thanks}\">Show 1 reply</a>",
            frame,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("earlier", frame, StringComparison.Ordinal);
        // Of a longer conversation the nearest, and a way to the others.
        var deep = await ReadAsync(ana, $"/@{ana.Username}/{thanks}");
        Assert.Equal(
            ["the answer", "the thanks", "not at all"],
            Text().Matches(deep).Select(x => x.Groups[1].Value)
        );
        Assert.Contains(
            $"href=\"/@{beto.Username}/{post}\">Show 1 earlier post</a>",
            deep,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"href=\"/@{ana.Username}/{top}\">In reply to @{ana.Username}</a>",
            frame,
            StringComparison.Ordinal
        );
        Assert.Contains($">In reply to @{beto.Username}</a>", frame, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task What_a_text_names_is_a_link(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var address = "https://www.example.org/" + new string('x', 40) + "?a=1&b=%22";
        var post = await ana.WriteAsync($"😀 @{ana.Username}, #Café: {address} & https://example.org/");
        var frame = await ReadAsync(ana, $"/@{ana.Username}/{post}");
        const string rel = "\" rel=\"nofollow noopener noreferrer ugc\">";
        Assert.Equal(
            $"😀 <a data-v-posttext href=\"/@{ana.Username}\">@{ana.Username}</a>, "
                + "<a data-v-posttext href=\"/tag/caf%C3%A9\">#Café</a>: "
                + $"<a data-v-posttext href=\"{WebUtility.HtmlEncode(address)}{rel}example.org/{new string('x', 27)}…</a> &amp; "
                + $"<a data-v-posttext href=\"https://example.org/{rel}example.org</a>",
            Text().Match(frame).Groups[1].Value.Replace("&#x1F600;", "😀", StringComparison.Ordinal)
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_a_post_links_to_is_a_card_of_words_and_no_more(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var post = await ana.WriteAsync("https://www.example.org/");
        var file = new string('a', 64) + ".webp";
        await pamps.ExecuteAsync(
            $$"""
            INSERT INTO card (id, url, due_at, picture, content) VALUES ({{post}}, 'https://www.example.org/{{post}}', '2030-01-01 00:00:00Z', '{{file}}',
                '{"url":"https://www.example.org/?a=1&b=\"","title":"<b>Gulls</b>","site_name":"The coast","picture":{"file":"{{file}}","width":9,"height":4,"blurhash":"x"} }');
            UPDATE post SET card_id = id WHERE id = {{post}}
            """
        );
        var frame = await ReadAsync(ana, $"/@{ana.Username}/{post}");
        Assert.Contains(
            "<a class=\"link-card above\" data-v-linkcard target=\"_blank\" rel=\"nofollow noopener noreferrer ugc\" "
                + "href=\"https://www.example.org/?a=1&amp;b=&quot;\"",
            frame,
            StringComparison.Ordinal
        );
        Assert.Contains($"<img data-v-linkcard src=\"/media/files/{file}\"", frame, StringComparison.Ordinal);
        Assert.Contains(">The coast · example.org</span>", frame, StringComparison.Ordinal);
        Assert.Contains(">&lt;b&gt;Gulls&lt;/b&gt;</span>", frame, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task What_people_write_is_text_and_never_HTML(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        const string avatar = "https://example.org/a.png";
        Assert.Equal(OK, (await ana.PatchAsync("/user/me/", new { avatar })).Status);
        var post = await ana.WriteAsync(
            "<img src=x onerror=alert(1)> \"'> </p></div> https://a.example/\"<b>"
        );
        var frame = await ReadAsync(ana, $"/@{ana.Username}/{post}");
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", frame, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", frame, StringComparison.Ordinal);
        // Of other sites' pictures there are copies, or none.
        Assert.DoesNotContain("<img ", frame, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task No_text_takes_the_page_over(Database database)
    {
        await using var pamps = await WithClient.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        // What the client is tested with too.
        var cases = JsonNode.Parse(await Repository.ReadAsync("web/src/text/folding.json"))!;
        foreach (var one in cases["texts"]!.AsArray().Concat(cases["stacks"]!.AsArray()))
        {
            await ana.WriteAsync((string)one!["text"]!);
        }
        var articles = Article().Matches(await ReadAsync(ana, "/")).Select(x => x.Value).Reverse().ToList();
        Assert.Equal(10, articles.Count);
        var shown = cases["texts"]!.AsArray().Concat(cases["stacks"]!.AsArray()).TakeLast(10);
        foreach (var (one, article) in shown.Zip(articles))
        {
            var html = Text().Match(article).Groups[1].Value;
            if (one!["stacks"] is { } stacks)
            {
                var found = Stack().Matches(html).Select(x => WebUtility.HtmlDecode(x.Groups[1].Value));
                Assert.Equal(stacks.AsArray().Select(x => (string)x!), found);
                continue;
            }
            Assert.Equal((string)one["shown"]!, WebUtility.HtmlDecode(Element().Replace(html, "")));
            Assert.Equal(
                (bool?)one["more"] ?? false,
                article.Contains(">Show more</a>", StringComparison.Ordinal)
            );
        }
        // On its own page a post is whole.
        var whole = await ana.WriteAsync(string.Join('\n', Enumerable.Range(1, 30)));
        Assert.Contains(
            "\n30",
            WebUtility.HtmlDecode(await ReadAsync(ana, $"/@{ana.Username}/{whole}")),
            StringComparison.Ordinal
        );
    }

    [Theory, OnEachDatabase]
    public async Task Signing_in_leads_back_to_the_post(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var id = await ana.WriteAsync("a post");
        var frame = await ReadAsync(ana, $"/@{ana.Username}/{id}");
        var next = Uri.EscapeDataString($"/@{ana.Username}/{id}");
        Assert.Equal(2, Regex.Count(frame, Regex.Escape($"href=\"/sign-in?next={next}\"")));
        Assert.Contains($"href=\"/sign-up?next={next}\"", frame, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/about")]
    [InlineData("/home")]
    [InlineData("/settings")]
    [InlineData("/nothing")]
    public async Task A_page_that_only_the_client_knows_shows_nothing_else_meanwhile(string path)
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        Assert.Equal("", await ReadAsync(anyone, path));
    }

    [Theory]
    [InlineData("pt-BR", "/assets/pt-2.js", "Todos")]
    [InlineData("en", "/assets/en-1.js", "Everyone")]
    public async Task A_page_speaks_the_language_whose_file_it_names(
        string language,
        string file,
        string heading
    )
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        var page = await anyone.VisitAsync("/", ("Accept-Language", language));
        Assert.Equal([file], Preload().Matches(page.Body).Select(x => x.Groups[1].Value));
        Assert.Contains($">{heading}</h1>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_names_the_files_that_only_it_needs()
    {
        using var ana = await (await WithClient.ShareAsync(Database.Sqlite)).RegisterAsync("ana");
        var page = await ana.VisitAsync($"/@{ana.Username}/{await ana.WriteAsync("a post")}");
        Assert.Equal(
            ["/assets/en-1.js", "/assets/post-3.js", "/assets/text-4.js"],
            Preload().Matches(page.Body).Select(x => x.Groups[1].Value)
        );
    }

    private static async Task<string> ReadAsync(Client client, string path) =>
        Frame().Match((await client.VisitAsync(path)).Body).Groups[1].Value;

    [GeneratedRegex(
        "<div id=\"app\">(.*?)</div>\\s*<script type=\"application/json\"",
        RegexOptions.Singleline
    )]
    private static partial Regex Frame();

    [GeneratedRegex("<p class=\"post-text\"[^>]*>(.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Text();

    [GeneratedRegex("<article.*?</article>", RegexOptions.Singleline)]
    private static partial Regex Article();

    [GeneratedRegex("<span class=\"stack\"[^>]*>(.*?)</span>")]
    private static partial Regex Stack();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Element();

    [GeneratedRegex("<link rel=\"modulepreload\"[^>]* href=\"([^\"]*)\"")]
    private static partial Regex Preload();
}
