using System.Net;
using Pamps.Tests.Accounts;
using Pamps.Tests.Cards;
using Pamps.Tests.Host;
using Pamps.Tests.Outgoing;
using Pamps.Tests.Streaming;
using Pamps.Tests.WebClient;

namespace Pamps.Tests.Media;

/// <summary>Files that have a host of their own (PAMPS_MEDIA__ADDRESS).</summary>
public sealed class FilesHostTests
{
    private const string Site = "https://pamps.example";
    private const string Files = "https://files.pamps.example";
    private static readonly (string, string) AtFiles = ("Host", "FILES.pamps.example");

    [Theory, OnEachDatabase]
    public async Task Every_address_of_a_file_is_at_their_host_and_pages_may_show_it(Database database)
    {
        await using var pamps = await StartAsync(database, x =>
        {
            x.Outgoing.Enabled = true;
            x.Outgoing.Allow = ForeignServer.Network;
        });
        await using var foreign = new ForeignServer();
        foreign.Page(
            "/gulls",
            CardServer.Html("Gulls", "<meta property=\"og:image\" content=\"/gull.png\">")
        );
        foreign.Serve("/gull.png", "image/png", Pictures.Of("png", Pictures.Quarters(1200, 630)));
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        await beto.PostAsync($"/user/follow/{ana.Id}/");
        var face = await ana.UploadAsync(Pictures.Of("png"));
        await ana.PatchAsync("/user/me/", new { avatar_media_id = (long)face["id"]! });
        var picture = await ana.UploadAsync(Pictures.Of("jpeg", Pictures.Quarters(1200, 900)));
        using var stream = await LiveStream.OpenAsync(beto);

        var post = await ana.PostAsync(
            "/post/",
            new { text = $"@{beto.Username} look", media_ids = new[] { (long)picture["id"]! } }
        );

        var (url, preview) = ((string)picture["url"]!, (string)picture["preview_url"]!);
        var avatar = (string)(await anyone.GetAsync($"/user/{ana.Username}/"))["avatar"]!;
        foreach (var address in new[] { url, preview, avatar })
        {
            Assert.StartsWith($"{Files}/media/files/", address, StringComparison.Ordinal);
        }
        Assert.Equal(url, (string)post["media"]![0]!["url"]!);
        var told = await stream.NextAsync("post");
        Assert.Contains($"\"preview_url\":\"{preview}\"", told.Data, StringComparison.Ordinal);
        Assert.Contains($"\"avatar\":\"{avatar}\"", told.Data, StringComparison.Ordinal);

        var id = (long)post["id"]!;
        foreach (
            var path in new[]
            {
                $"/@{ana.Username}/{id}",
                $"/@{ana.Username}/{id}/embed",
                "/",
                $"/@{ana.Username}",
            }
        )
        {
            var page = await anyone.VisitAsync(path);
            Assert.Contains(
                $"img-src 'self' data: {Files};",
                page.Header("Content-Security-Policy"),
                StringComparison.Ordinal
            );
            AssertOnlyAtFiles(page.Body);
        }
        var whole = await anyone.VisitAsync($"/@{ana.Username}/{id}");
        Assert.Contains($"property=\"og:image\" content=\"{url}\"", whole.Body, StringComparison.Ordinal);
        Assert.Contains($", {url} ", whole.Body, StringComparison.Ordinal);
        var feed = await anyone.GetAsync($"/@{ana.Username}.atom");
        Assert.Contains($"<icon>{avatar}</icon>", feed.Body, StringComparison.Ordinal);
        AssertOnlyAtFiles(feed.Body);

        var linking = await ana.WriteAsync(foreign["/gulls"]);
        await stream.NextAsync("edit");
        var card = await anyone.GetAsync($"/post/{linking}/");
        Assert.StartsWith(Files, (string)card["card"]!["picture"]!["url"]!, StringComparison.Ordinal);
        AssertOnlyAtFiles((await anyone.VisitAsync($"/@{ana.Username}/{linking}")).Body);

        // Who sends a profile back as they read it changes nothing.
        var kept = await ana.PatchAsync("/user/me/", new { avatar });
        Assert.Equal((HttpStatusCode.OK, avatar), (kept.Status, (string)kept["avatar"]!));
    }

    [Fact]
    public async Task Their_host_serves_files_and_nothing_else_and_the_sites_serves_them_too()
    {
        await using var pamps = await StartAsync(Database.Sqlite, x => x.Http.RefuseOtherHosts = true);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        var path = ((string)(await ana.UploadAsync(Pictures.Of("jpeg")))["url"]!)[Files.Length..];

        foreach (
            var host in new[] { AtFiles, ("Host", "files.pamps.example:8443"), ("Host", "pamps.example") }
        )
        {
            var file = await anyone.GetAsync(path, host);
            Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (file.Status, file.MediaType));
            Assert.Equal("cross-origin", file.Header("Cross-Origin-Resource-Policy"));
            Assert.Null(file.Header("Set-Cookie"));
        }
        foreach (
            var other in new[]
            {
                "/",
                "/post/",
                "/user/me/",
                "/config/",
                "/docs",
                "/media/files/",
                $"{path}/x",
                "/robots.txt",
            }
        )
        {
            Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync(other, AtFiles)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await anyone.VisitAsync(other, AtFiles)).Status);
        }
        foreach (var route in new[] { "/token", "/post/", path })
        {
            var answer = await ana.SendAsync(HttpMethod.Post, route, null, AtFiles);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Null(answer.Header("Set-Cookie"));
        }
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/health/live", AtFiles)).Status);
        Assert.Equal(
            HttpStatusCode.MisdirectedRequest,
            (await anyone.GetAsync(path, ("Host", "cdn.example"))).Status
        );
    }

    private static Task<PampsServer> StartAsync(Database database, Action<Core.PampsOptions> change) =>
        WithClient.StartAsync(database, x =>
        {
            x.Site.Address = Site;
            x.Media.Address = Files + "/";
            change(x);
        });

    /// <summary>No address of a file is a path, which would be at the site's own host.</summary>
    private static void AssertOnlyAtFiles(string text)
    {
        Assert.Contains($"{Files}/media/files/", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "/media/files/",
            text.Replace($"{Files}/media/files/", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }
}
