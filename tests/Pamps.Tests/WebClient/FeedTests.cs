using System.Globalization;
using System.Xml.Linq;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.WebClient;

/// <summary>A user's posts for feed readers.</summary>
public sealed class FeedTests
{
    private const string Odd = "\"1\" < 2 & ]]> <b>bold</b>\nsecond line \uFFFF 😀";
    private const string OddAsHtml =
        "&quot;1&quot; &lt; 2 &amp; ]]&gt; &lt;b&gt;bold&lt;/b&gt;<br>second line \uFFFD 😀";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Theory, OnEachDatabase]
    public async Task Atom_tells_a_users_newest_posts(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var posts = new List<long>();
        for (var i = 0; i < 21; i++)
        {
            posts.Add(await ana.WriteAsync($"post {i}"));
        }
        posts.Add(await ana.WriteAsync(Odd));
        await ana.WriteAsync("a reply is no post", posts[0]);
        await beto.WriteAsync("somebody else's");
        await ana.PatchAsync($"/post/{posts[20]}/", new { text = "edited" });

        var answer = await ana.GetAsync($"/@{ana.Username}.atom");
        Assert.Equal((OK, "application/atom+xml"), (answer.Status, answer.MediaType));
        var feed = XDocument.Parse(answer.Body).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        var address = new Uri(pamps.Address, $"/@{ana.Username}").AbsoluteUri;
        Assert.Equal($"@{ana.Username} · Pamps", feed.Element(Atom + "title")!.Value);
        Assert.Equal(address, feed.Element(Atom + "id")!.Value);
        Assert.Equal(ana.Username, feed.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.Equal(address + ".atom", LinkOf(feed, "self"));
        Assert.Equal(address, LinkOf(feed, "alternate"));

        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.Equal(
            posts.AsEnumerable().Reverse().Take(20).Select(x => $"{address}/{x}"),
            entries.Select(x => x.Element(Atom + "id")!.Value)
        );
        Assert.Equal("\"1\" < 2 & ]]> <b>bold</b>", entries[0].Element(Atom + "title")!.Value);
        Assert.Equal("html", entries[0].Element(Atom + "content")!.Attribute("type")!.Value);
        Assert.Equal(OddAsHtml, entries[0].Element(Atom + "content")!.Value);
        Assert.True(Time(entries[1], "updated") > Time(entries[1], "published"));
        Assert.Equal(Time(entries[1], "updated"), Time(feed, "updated"));
    }

    [Theory, OnEachDatabase]
    public async Task RSS_tells_the_same(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var post = await ana.WriteAsync(Odd);
        await ana.WriteAsync("a reply is no post", post);

        var answer = await ana.GetAsync($"/@{ana.Username}.rss");
        Assert.Equal((OK, "application/rss+xml"), (answer.Status, answer.MediaType));
        var channel = XDocument.Parse(answer.Body).Root!.Element("channel")!;
        var address = new Uri(pamps.Address, $"/@{ana.Username}").AbsoluteUri;
        Assert.Equal(address, channel.Element("link")!.Value);
        Assert.NotEmpty(channel.Element("description")!.Value);
        Assert.Equal(address + ".rss", LinkOf(channel, "self"));
        var item = Assert.Single(channel.Elements("item"));
        Assert.Equal($"{address}/{post}", item.Element("link")!.Value);
        Assert.Equal($"{address}/{post}", item.Element("guid")!.Value);
        Assert.Equal("\"1\" < 2 & ]]> <b>bold</b>", item.Element("title")!.Value);
        Assert.Equal(OddAsHtml, item.Element("description")!.Value);
        var date = DateTime.ParseExact(
            item.Element("pubDate")!.Value,
            "r",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );
        Assert.InRange(date, DateTime.Now.AddMinutes(-5), DateTime.Now.AddMinutes(5));
    }

    [Fact]
    public async Task Line_breaks_mentions_hashtags_and_addresses_are_there_in_both()
    {
        var pamps = await WithClient.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        await ana.WriteAsync(
            $"😀 @{ana.Username}\n\nsees #São <Paulo>:\nhttps://example.org/?a=1&b=%222%22 !"
        );
        var user = new Uri(pamps.Address, $"/@{ana.Username}").AbsoluteUri;
        var tag = new Uri(pamps.Address, "/tag/s%C3%A3o").AbsoluteUri;
        var expected =
            $"😀 <a href=\"{user}\">@{ana.Username}</a><br><br>sees <a href=\"{tag}\">#São</a> &lt;Paulo&gt;:<br>"
            + "<a href=\"https://example.org/?a=1&amp;b=%222%22\">https://example.org/?a=1&amp;b=%222%22</a> !";

        foreach (var (kind, element) in new[] { ("atom", "content"), ("rss", "description") })
        {
            var feed = XDocument.Parse((await ana.GetAsync($"/@{ana.Username}.{kind}")).Body);
            Assert.Equal(expected, feed.Descendants().Last(x => x.Name.LocalName == element).Value);
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_XML_cannot_hold_breaks_no_feed_wherever_it_stands(Database database)
    {
        const string bad = "\u0001\u000B\u001F\uFFFE\uFFFF";
        const string unusual = "\u0085\uFDD0\U0001FFFE\U0010FFFF";
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        // What the doors let in; the rest may have been stored by other means.
        await ana.PatchAsync("/user/me/", new { bio = "bio \uFFFF" });
        await ana.WriteAsync("written \uFFFF\uFDD0\U0001FFFE");
        var stored = await ana.WriteAsync("stored");
        await pamps.ExecuteAsync($"UPDATE post SET text = 'stored {bad}{unusual}' WHERE id = {stored}");
        await CheckAsync("bio \uFFFD");

        await pamps.ExecuteAsync(
            $"UPDATE \"user\" SET avatar = 'https://example.org/{bad}', bio = 'old {bad}' WHERE id = {ana.Id}"
        );
        await CheckAsync($"old {new string('\uFFFD', 5)}");

        async Task CheckAsync(string bio)
        {
            foreach (var (kind, described) in new[] { ("atom", "subtitle"), ("rss", "description") })
            {
                var answer = await ana.GetAsync($"/@{ana.Username}.{kind}");
                Assert.Equal(OK, answer.Status);
                var feed = XDocument.Parse(answer.Body);
                Assert.Equal(bio, feed.Descendants().First(x => x.Name.LocalName == described).Value);
                Assert.Contains("written \uFFFD\uFDD0\U0001FFFE", feed.Root!.Value, StringComparison.Ordinal);
                Assert.Contains(
                    $"stored {new string('\uFFFD', 5)}{unusual}",
                    feed.Root.Value,
                    StringComparison.Ordinal
                );
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_feed_that_did_not_change_is_not_sent_again(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        foreach (var path in new[] { $"/@{ana.Username}.rss", $"/@{ana.Username}.atom" })
        {
            var empty = await ana.GetAsync(path);
            Assert.Equal(OK, empty.Status);
            var tag = ("If-None-Match", empty.Header("ETag")!);
            Assert.Equal(NotModified, (await ana.GetAsync(path, tag)).Status);
            var head = await ana.SendAsync(HttpMethod.Head, path, null);
            Assert.Equal((OK, ""), (head.Status, head.Body));
            await ana.WriteAsync("news");
            Assert.Equal(OK, (await ana.GetAsync(path, tag)).Status);
        }
    }

    [Theory, OnEachDatabase]
    public async Task There_is_no_feed_of_nobody(Database database)
    {
        using var anyone = (await WithClient.ShareAsync(database)).Anonymous();
        foreach (var path in new[] { "/@nobody_here.rss", "/@nobody_here.atom", "/@.rss", "/@a!.atom" })
        {
            (await anyone.GetAsync(path)).Refused(NotFound);
            Assert.Equal(NotFound, (await anyone.VisitAsync(path)).Status);
        }
    }

    private static string LinkOf(XElement feed, string rel) =>
        feed.Elements(Atom + "link").Single(x => x.Attribute("rel")!.Value == rel).Attribute("href")!.Value;

    private static DateTimeOffset Time(XElement element, string name) =>
        DateTimeOffset.Parse(element.Element(Atom + name)!.Value, CultureInfo.InvariantCulture);
}
