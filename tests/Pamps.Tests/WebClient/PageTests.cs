using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.WebClient;

/// <summary>The pages for people: where they are, and what their heads say.</summary>
public sealed partial class PageTests
{
    [Theory, OnEachDatabase]
    public async Task Every_address_of_the_client_is_a_page(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        var post = await ana.WriteAsync("a post");
        string[] paths =
        [
            "/",
            "/home",
            $"/@{ana.Username}",
            $"/@{ana.Username}/{post}",
            $"/@{ana.Username}/replies",
            $"/@{ana.Username}/likes",
            $"/@{ana.Username}/followers",
            $"/@{ana.Username}/following",
            "/tag/x",
            "/tag/caf%C3%A9",
            "/search?q=x",
            "/notifications",
            "/notifications/aside",
            "/settings",
            "/settings/blocked",
            "/settings/filters",
            "/settings/look",
            "/settings/muted",
            "/direct",
            "/follow-requests",
            "/sign-in",
            "/sign-up",
            "/forgot-password",
            "/reset-password",
            "/share?text=x",
            "/confirm-email",
            "/rules",
            "/privacy",
            "/about",
        ];
        foreach (var path in paths)
        {
            var page = await anyone.VisitAsync(path);
            Assert.Equal((path, OK, "text/html"), (path, page.Status, page.MediaType));
            Assert.Contains(WithClient.Script, page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("To be replaced", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("<!--pamps", page.Body, StringComparison.Ordinal);
            Assert.Equal("no-cache", page.Header("Cache-Control"));
            var right = new Uri(pamps.Address, path.Split('?')[0]).AbsoluteUri;
            Assert.Equal(right, Link(page, "canonical"));
            Assert.Equal(right, Meta(page, "og:url"));
            Assert.Equal("Pamps", Meta(page, "og:site_name"));
            Assert.Equal("summary", Meta(page, "twitter:card"));
            Assert.NotEmpty(Meta(page, "og:title")!);
            Assert.NotEmpty(Meta(page, "description")!);
            Assert.Equal(Meta(page, "description"), Meta(page, "og:description"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_not_there_is_a_page_for_people_and_a_problem_for_programs(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        string[] paths =
        [
            "/nothing",
            "/nothing/at/all",
            "/@nobody_here",
            "/@nobody_here/likes",
            "/@nobody_here/1",
            $"/@{ana.Username}/1",
            $"/@{ana.Username}/nothing",
            $"/@{ana.Username}/99999999999999999999",
            "/@",
            "/@a!b",
        ];
        foreach (var path in paths)
        {
            var page = await anyone.VisitAsync(path);
            Assert.Equal((path, NotFound, "text/html"), (path, page.Status, page.MediaType));
            Assert.Contains(WithClient.Script, page.Body, StringComparison.Ordinal);
            Assert.Null(Link(page, "canonical"));
            Assert.Contains("Accept", page.Header("Vary")!, StringComparison.Ordinal);
            foreach (var accept in new[] { "application/json", "*/*", "text/html;q=0", "nonsense" })
            {
                (await anyone.GetAsync(path, ("Accept", accept))).Refused(NotFound);
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_API_stays_the_API_whoever_asks(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        foreach (var path in new[] { "/post/", "/user", $"/user/{ana.Username}/", "/health/live", "/config" })
        {
            Assert.Equal("application/json", (await ana.VisitAsync(path)).MediaType);
        }
        (await ana.VisitAsync("/user/nobody_here/")).Refused(NotFound);
        (await ana.VisitAsync("/token")).Refused(MethodNotAllowed);
        Assert.Contains("swagger", (await ana.VisitAsync("/docs/index.html")).Body, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Where_a_page_and_the_API_share_a_path_people_get_the_page(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        foreach (var path in new[] { "/tag/pampas", "/tag/pampas/", "/search?q=pampas", "/search/?q=pampas" })
        {
            var page = await anyone.VisitAsync(path);
            var list = await anyone.GetAsync(path, ("Accept", "application/json"));
            Assert.Equal((path, OK, "text/html"), (path, page.Status, page.MediaType));
            Assert.Equal((path, OK, "application/json"), (path, list.Status, list.MediaType));
            Assert.Matches(@"\bAccept(,|$)", page.Header("Vary")!);
            Assert.Matches(@"\bAccept(,|$)", list.Header("Vary")!);
        }
        // To search for nothing is a page, too.
        Assert.Equal(OK, (await anyone.VisitAsync("/search")).Status);
        (await anyone.GetAsync("/search")).Refused(UnprocessableEntity);
    }

    [Theory, OnEachDatabase]
    public async Task A_page_has_one_right_address(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var post = await ana.WriteAsync("a post");
        var loud = ana.Username.ToUpperInvariant();
        (string, string)[] moves =
        [
            ($"/@{loud}?x=1", $"/@{ana.Username}?x=1"),
            ($"/@{loud}/likes", $"/@{ana.Username}/likes"),
            ($"/@{loud}/{post}", $"/@{ana.Username}/{post}"),
            ($"/@{beto.Username}/{post}", $"/@{ana.Username}/{post}"),
            ($"/@nobody_here/{post}", $"/@{ana.Username}/{post}"),
        ];
        foreach (var (from, to) in moves)
        {
            var moved = await beto.VisitAsync(from);
            Assert.Equal((PermanentRedirect, to), (moved.Status, moved.Header("Location")));
            // Somebody else may have the name tomorrow.
            Assert.Equal("no-cache", moved.Header("Cache-Control"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_head_of_a_post_shows_its_text_and_runs_none_of_it(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var text = "\"><script>alert('1')</script> & more\n" + new string('é', 300) + "😀";
        var post = await ana.WriteAsync(text);

        var page = await ana.VisitAsync($"/@{ana.Username}/{post}");
        Assert.Single(Regex.Matches(page.Body, "<script>"));
        Assert.DoesNotContain("alert('1')", page.Body, StringComparison.Ordinal);
        const string line = "\"><script>alert('1')</script> & more";
        Assert.Equal($"@{ana.Username}: {line}", Meta(page, "og:title"));
        Assert.Equal($"@{ana.Username}: {line} · Pamps", Title(page));
        var description = Meta(page, "og:description")!;
        Assert.StartsWith(line + " éééé", description, StringComparison.Ordinal);
        Assert.EndsWith("é…", description, StringComparison.Ordinal);
        Assert.Equal(200, description.EnumerateRunes().Count());
        Assert.Equal("article", Meta(page, "og:type"));
        Assert.Equal(new Uri(pamps.Address, $"/@{ana.Username}.rss").AbsoluteUri, Link(page, "alternate"));
    }

    [Theory, OnEachDatabase]
    public async Task A_description_is_not_cut_within_a_character(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var whole = string.Concat(Enumerable.Repeat("😀", 200));
        foreach (var (text, shown) in new[] { (whole, whole), (whole + "😀", whole[..^2] + "…") })
        {
            var page = await ana.VisitAsync($"/@{ana.Username}/{await ana.WriteAsync(text)}");
            Assert.Equal(shown, Meta(page, "description"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_head_of_a_profile_shows_who_it_is(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var page = await ana.VisitAsync($"/@{ana.Username}");
        Assert.Equal($"@{ana.Username} · Pamps", Title(page));
        Assert.Equal("profile", Meta(page, "og:type"));
        Assert.Equal($"Posts by @{ana.Username}", Meta(page, "description"));
        Assert.Null(Meta(page, "og:image"));

        Assert.Equal(OK, (await ana.PatchAsync("/user/me/", new { bio = "Coffee & <b>birds</b>" })).Status);
        page = await ana.VisitAsync($"/@{ana.Username}");
        Assert.Equal("Coffee & <b>birds</b>", Meta(page, "description"));
        Assert.DoesNotContain("<b>", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pt-BR,pt;q=0.9,en;q=0.8", "pt-BR", "Entrar · Pamps")]
    [InlineData("fr, pt", "pt-BR", "Entrar · Pamps")]
    [InlineData("pt;q=0.1, en-GB", "en", "Sign in · Pamps")]
    [InlineData("fr", "en", "Sign in · Pamps")]
    [InlineData(";;", "en", "Sign in · Pamps")]
    public async Task A_page_speaks_the_visitors_language(string accepted, string language, string title)
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        var page = await anyone.VisitAsync("/sign-in", ("Accept-Language", accepted));
        Assert.Contains($"<html lang=\"{language}\">", page.Body, StringComparison.Ordinal);
        Assert.Equal(title, Title(page));
        Assert.Contains("Accept-Language", page.Header("Vary")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_has_the_name_and_the_words_that_its_operator_gave_it()
    {
        await using var pamps = await WithClient.StartAsync(Database.Sqlite, x =>
            (x.Site.Name, x.Site.Description) = ("Tom & <Jerry>", "Cats.")
        );
        using var anyone = pamps.Anonymous();
        var page = await anyone.VisitAsync("/");
        Assert.Equal("Tom & <Jerry>", Title(page));
        Assert.Equal("Tom & <Jerry>", Meta(page, "og:site_name"));
        Assert.Equal("Cats.", Meta(page, "description"));
        Assert.Contains(
            "data-v-appnavigation>Tom &amp; &lt;Jerry&gt;</span>",
            page.Body,
            StringComparison.Ordinal
        );
        foreach (var path in new[] { "/", "/about", "/nothing" })
        {
            Assert.Equal("Tom & <Jerry>", Meta(await anyone.VisitAsync(path), "application-name"));
        }
        var manifest = await anyone.GetAsync("/site.webmanifest");
        Assert.Equal(
            ("Tom & <Jerry>", "Cats.", "/"),
            ((string)manifest["name"]!, (string)manifest["description"]!, (string)manifest["scope"]!)
        );
        var config = await anyone.GetAsync("/config/");
        Assert.Equal("Tom & <Jerry>", (string)config["name"]!);
        Assert.Equal("Cats.", (string)config["description"]!);
    }

    [Fact]
    public async Task A_page_may_run_the_clients_own_scripts_and_nothing_else()
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        foreach (var path in new[] { "/", "/about", "/nothing" })
        {
            var page = await anyone.VisitAsync(path);
            var policy = page.Header("Content-Security-Policy")!;
            // What a browser computes: the hash of all that stands between the tags.
            var script = Assert.Single(InlineScript().Matches(page.Body)).Groups[1].Value;
            Assert.Equal(WithClient.InlineScript, script);
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
            Assert.Equal(
                [
                    "base-uri 'none'",
                    "connect-src 'self'",
                    "default-src 'none'",
                    "font-src 'self'",
                    "form-action 'self'",
                    "frame-ancestors 'none'",
                    "img-src 'self' data:",
                    "manifest-src 'self'",
                    "media-src 'self' data:",
                    "require-trusted-types-for 'script'",
                    $"script-src 'self' 'sha256-{hash}'",
                    "style-src 'self'",
                    "trusted-types vue pamps",
                ],
                policy.Split("; ").Order(StringComparer.Ordinal)
            );
        }
        foreach (var path in new[] { WithClient.Script, "/robots.txt", "/config/" })
        {
            Assert.Equal(
                "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
                (await anyone.GetAsync(path)).Header("Content-Security-Policy")
            );
        }
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_not_sent_again()
    {
        await using var pamps = await WithClient.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        var page = await ana.VisitAsync("/");
        var tag = ("If-None-Match", page.Header("ETag")!);
        Assert.Equal(NotModified, (await ana.VisitAsync("/", tag)).Status);
        await ana.WriteAsync("news");
        Assert.Equal(OK, (await ana.VisitAsync("/", tag)).Status);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_page_is_compressed_for_who_can_read_it(string coding)
    {
        var pamps = await WithClient.ShareAsync(Database.Sqlite);
        using var plain = pamps.Anonymous();
        using var http = new HttpClient(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(pamps.Address, "/about"));
        request.Headers.Add("Accept-Encoding", coding);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(
            (await plain.GetAsync("/about")).Body,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        var compressed = await plain.GetAsync("/about", ("Accept-Encoding", coding));
        Assert.Equal(coding, compressed.Header("Content-Encoding"));
    }

    [Fact]
    public async Task A_server_without_the_client_says_how_to_get_it()
    {
        await using var pamps = await WithClient.StartAsync(Database.Sqlite, hasClient: false);
        using var anyone = pamps.Anonymous();
        var page = await anyone.VisitAsync("/");
        Assert.Equal((OK, "text/html"), (page.Status, page.MediaType));
        Assert.Contains("Node", page.Body, StringComparison.Ordinal);
        Assert.Contains("href=\"/docs\"", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script type=\"module\"", page.Body, StringComparison.Ordinal);
        Assert.Equal(NotFound, (await anyone.VisitAsync("/nothing")).Status);
    }

    private static string Title(Answer page) =>
        WebUtility.HtmlDecode(TitleElement().Match(page.Body).Groups[1].Value);

    private static string? Meta(Answer page, string name) =>
        MetaElement()
            .Matches(page.Body)
            .Where(x => x.Groups[1].Value == name)
            .Select(x => WebUtility.HtmlDecode(x.Groups[2].Value))
            .FirstOrDefault();

    private static string? Link(Answer page, string rel) =>
        LinkElement()
            .Matches(page.Body)
            .Where(x => x.Groups[1].Value == rel)
            .Select(x => WebUtility.HtmlDecode(x.Groups[2].Value))
            .FirstOrDefault();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex TitleElement();

    [GeneratedRegex("<meta (?:name|property)=\"([^\"]*)\" content=\"([^\"]*)\" />")]
    private static partial Regex MetaElement();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<link rel=\"([^\"]*)\"(?: type=\"[^\"]*\")? href=\"([^\"]*)\" />")]
    private static partial Regex LinkElement();
}
