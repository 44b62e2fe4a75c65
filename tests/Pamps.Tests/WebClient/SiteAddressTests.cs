using System.Net.Sockets;
using System.Text;
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
        await using var pamps = await WithClient.StartAsync(database, x =>
            x.Site.Address = "https://PAMPS.example:8443/"
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
        await using var pamps = await WithClient.StartAsync(Database.Sqlite, x =>
            x.Site.Hosts = "pamps.example, www.pamps.example:8443,café.example"
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

    [Fact]
    public async Task A_request_that_names_no_host_gets_links_to_the_address_that_it_came_to()
    {
        var pamps = await WithClient.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        var post = await ana.WriteAsync("a post");
        string[] requests =
        [
            $"GET /@{ana.Username}.atom HTTP/1.0\r\n\r\n",
            $"GET /@{ana.Username}.atom HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
        ];
        foreach (var request in requests)
        {
            var stop = TestContext.Current.CancellationToken;
            using var connection = new TcpClient();
            await connection.ConnectAsync(pamps.Address.Host, pamps.Address.Port, stop);
            await using var stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), stop);
            using var reader = new StreamReader(stream);
            var answer = await reader.ReadToEndAsync(stop);
            Assert.Contains($"href=\"{pamps.Address}@{ana.Username}\"", answer, StringComparison.Ordinal);
            Assert.Contains($"<id>tag:pamps,2026:post:{post}</id>", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("http:///", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_it_is_set_hosts_that_are_not_the_sites_learn_nothing()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite, x =>
        {
            x.Site.Address = "https://pamps.example:8443";
            x.Site.Hosts = "www.pamps.example";
            x.Http.RefuseOtherHosts = true;
        });
        using var anyone = pamps.Anonymous();
        foreach (
            var host in new[]
            {
                "PAMPS.example",
                "www.pamps.example:1",
                "localhost:9",
                "10.0.0.1",
                "[fd00::1]:8",
            }
        )
        {
            Assert.Equal(OK, (await anyone.GetAsync("/post/", ("Host", host))).Status);
        }
        foreach (var host in new[] { "evil.example", "evil.pamps.example", "pamps.example.evil.example" })
        {
            var refused = await anyone.GetAsync("/post/", ("Host", host));
            refused.Refused(MisdirectedRequest);
            Assert.Equal("wrong_host", (string)refused["code"]!);
            Assert.Equal(OK, (await anyone.GetAsync("/health/live", ("Host", host))).Status);
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
