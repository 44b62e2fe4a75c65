using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.WebClient;

/// <summary>Which host links and ids name: who asks may send any.</summary>
public sealed partial class SiteAddressTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Theory, OnEachDatabase]
    public async Task With_an_address_everything_names_it_whatever_host_was_asked_for(Database database)
    {
        await using var pamps = await WithClient.StartAsync(
            database,
            x => x.Site.Address = "https://PAMPS.example:8443/"
        );
        using var ana = await pamps.RegisterAsync("ana");
        var posts = new[] { await ana.WriteAsync("one"), await ana.WriteAsync("two") };
        foreach (var host in new[] { pamps.Address.Authority, "localhost", "evil.example" })
        {
            var seen = await SeeAsync(ana, posts[^1], host);
            Assert.Equal(Expected("https://pamps.example:8443", ana, posts[^1]), seen);
            var list = await ana.GetAsync("/post/?limit=1", ("Host", host));
            Assert.StartsWith(
                "https://pamps.example:8443/post/?",
                list.Link("next")!,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task Without_one_links_follow_a_request_to_this_machine()
    {
        var pamps = await WithClient.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        var post = await ana.WriteAsync("a post");
        foreach (
            var host in new[] { "localhost", "LOCALHOST:8000", "127.0.0.1:8000", "127.9.9.9", "[::1]:80" }
        )
        {
            Assert.Equal(Expected($"http://{host}", ana, post), await SeeAsync(ana, post, host));
        }
    }

    [Fact]
    public async Task Without_one_nothing_that_lasts_names_a_host_that_nobody_listed()
    {
        await using var pamps = await WithClient.StartAsync(
            Database.Sqlite,
            x => x.Site.Hosts = "pamps.example, www.pamps.example:8443,café.example"
        );
        using var ana = await pamps.RegisterAsync("ana");
        var post = await ana.WriteAsync("a post");
        foreach (
            var host in new[]
            {
                "evil.example",
                "sub.pamps.example",
                "pamps.example.evil.example",
                "pamps.example.",
                "localhost.evil.example",
                "10.0.0.1",
            }
        )
        {
            var (site, id) = ($"http://{host}", ana.Id);
            Assert.Equal(
                Expected(site, ana, post) with
                {
                    Canonical = null,
                    OpenGraph = null,
                    FeedId = $"tag:pamps,2026:user:{id}",
                    EntryId = $"tag:pamps,2026:post:{post}",
                    Guid = $"false tag:pamps,2026:post:{post}",
                },
                await SeeAsync(ana, post, host)
            );
        }
        foreach (
            var host in new[]
            {
                "pamps.example",
                "pamps.example:9000",
                "www.pamps.example",
                "xn--caf-dma.example",
            }
        )
        {
            Assert.Equal(Expected($"http://{host}", ana, post), await SeeAsync(ana, post, host));
        }
    }

    private static Seen Expected(string site, Client author, long post)
    {
        var (user, entry) = ($"{site}/@{author.Username}", $"{site}/@{author.Username}/{post}");
        return new(entry, entry, user + ".rss", user, user, user + ".atom", entry, entry, "true " + entry);
    }

    private static async Task<Seen> SeeAsync(Client author, long post, string host)
    {
        var page = await author.VisitAsync($"/@{author.Username}/{post}", ("Host", host));
        var atom = await author.GetAsync($"/@{author.Username}.atom", ("Host", host));
        var rss = await author.GetAsync($"/@{author.Username}.rss", ("Host", host));
        Assert.Equal((OK, OK, OK), (page.Status, atom.Status, rss.Status));
        var feed = XDocument.Parse(atom.Body).Root!;
        var entry = feed.Elements(Atom + "entry").First();
        var item = XDocument.Parse(rss.Body).Descendants("item").First();
        return new(
            Canonical().Match(page.Body) is { Success: true } canonical ? canonical.Groups[1].Value : null,
            OpenGraph().Match(page.Body) is { Success: true } graph ? graph.Groups[1].Value : null,
            Alternate().Match(page.Body).Groups[1].Value,
            feed.Element(Atom + "id")!.Value,
            LinkOf(feed, "alternate"),
            LinkOf(feed, "self"),
            entry.Element(Atom + "id")!.Value,
            LinkOf(entry, "alternate"),
            $"{item.Element("guid")!.Attribute("isPermaLink")!.Value} {item.Element("guid")!.Value}"
        );
    }

    private static string LinkOf(XElement element, string rel) =>
        element
            .Elements(Atom + "link")
            .Single(x => x.Attribute("rel")!.Value == rel)
            .Attribute("href")!
            .Value;

    [GeneratedRegex("<link rel=\"canonical\" href=\"([^\"]*)\"")]
    private static partial Regex Canonical();

    [GeneratedRegex("<meta property=\"og:url\" content=\"([^\"]*)\"")]
    private static partial Regex OpenGraph();

    [GeneratedRegex("<link rel=\"alternate\" type=\"application/rss\\+xml\" href=\"([^\"]*)\"")]
    private static partial Regex Alternate();

    /// <summary>What a post's page and its author's feeds say of where they are.</summary>
    private sealed record Seen(
        string? Canonical,
        string? OpenGraph,
        string RssAddress,
        string FeedId,
        string FeedAddress,
        string FeedItself,
        string EntryId,
        string EntryAddress,
        string Guid
    );
}
