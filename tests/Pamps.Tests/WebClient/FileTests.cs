using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.WebClient;

/// <summary>The client's files: how they are compressed, kept and found.</summary>
public sealed class FileTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("*", "br")]
    [InlineData("deflate", null)]
    [InlineData("identity, br;q=0.5", null)]
    [InlineData("br;q=0, gzip;q=0, identity;q=0", null)]
    [InlineData("br;q=nonsense", null)]
    [InlineData(";;;,", null)]
    [InlineData("", null)]
    public async Task A_file_comes_in_the_form_that_the_client_likes_best(string accepted, string? coding)
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        var file = await anyone.GetAsync(WithClient.Script, ("Accept-Encoding", accepted));
        Assert.Equal(OK, file.Status);
        Assert.Equal(coding, file.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", file.Header("Vary"));
        var expected = coding switch
        {
            "br" => WithClient.Compressed.Length,
            "gzip" => WithClient.Zipped.Length,
            _ => "console.log('ready');".Length,
        };
        Assert.Equal(expected, file.Body.Length);
        Assert.Equal("text/javascript; charset=utf-8", file.Header("Content-Type"));
        Assert.Equal("nosniff", file.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task What_is_named_by_its_content_is_kept_for_good_and_the_rest_is_asked_for_again()
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        var script = await anyone.GetAsync(WithClient.Script);
        Assert.Equal("public, max-age=31536000, immutable", script.Header("Cache-Control"));

        var icon = await anyone.GetAsync("/favicon.svg");
        Assert.Equal("image/svg+xml", icon.MediaType);
        Assert.Equal("no-cache", icon.Header("Cache-Control"));
        Assert.Equal("<svg/>", icon.Body);
        var again = await anyone.GetAsync("/favicon.svg", ("If-None-Match", icon.Header("ETag")!));
        Assert.Equal((NotModified, ""), (again.Status, again.Body));
        Assert.Equal(OK, (await anyone.GetAsync("/favicon.svg", ("If-None-Match", "\"other\""))).Status);
        Assert.Equal("application/manifest+json", (await anyone.GetAsync("/site.webmanifest")).MediaType);
    }

    [Fact]
    public async Task Each_form_of_a_file_has_a_tag_of_its_own()
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        var plain = await anyone.GetAsync(WithClient.Script);
        var compressed = await anyone.GetAsync(WithClient.Script, ("Accept-Encoding", "br"));
        Assert.NotEqual(plain.Header("ETag"), compressed.Header("ETag"));
    }

    [Theory]
    [InlineData(WithClient.Script)]
    [InlineData("/")]
    [InlineData("/about")]
    public async Task HEAD_tells_what_GET_would(string path)
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        var get = await anyone.GetAsync(path);
        var head = await anyone.SendAsync(HttpMethod.Head, path, null);
        Assert.Equal((OK, ""), (head.Status, head.Body));
        foreach (var name in new[] { "Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary" })
        {
            Assert.Equal(get.Header(name), head.Header(name));
        }
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/index.html.br")]
    [InlineData(WithClient.Script + ".br")]
    [InlineData(WithClient.Script + "/")]
    [InlineData("/ASSETS/main-1a2b3c4d.js")]
    [InlineData("/assets/..%2ffavicon.svg")]
    [InlineData("/assets/%2e%2e%2f%2e%2e%2fappsettings.json")]
    [InlineData("/assets/")]
    public async Task Nothing_is_found_but_by_its_own_path(string path)
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        (await anyone.GetAsync(path)).Refused(NotFound);
        var page = await anyone.VisitAsync(path);
        Assert.Equal((NotFound, "text/html"), (page.Status, page.MediaType));
    }

    [Fact]
    public async Task Files_are_only_read()
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        (await anyone.PostAsync(WithClient.Script)).Refused(NotFound);
        (await anyone.PostAsync("/about")).Refused(MethodNotAllowed);
        (await anyone.PostAsync("/@nobody_here")).Refused(NotFound);
        (await anyone.DeleteAsync("/@nobody_here.rss")).Refused(NotFound);
    }

    [Fact]
    public async Task Robots_may_read_the_pages()
    {
        using var anyone = (await WithClient.ShareAsync(Database.Sqlite)).Anonymous();
        var robots = await anyone.GetAsync("/robots.txt");
        Assert.Equal("text/plain", robots.MediaType);
        Assert.StartsWith("User-agent: *\n", robots.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Disallow: /\n", robots.Body, StringComparison.Ordinal);
    }
}
