using System.Net;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;
using Pamps.Tests.Media;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.WebClient;

/// <summary>Posts and people as other sites show them.</summary>
public sealed class EmbedTests
{
    [Theory, OnEachDatabase]
    public async Task A_site_is_told_how_to_show_a_post_and_a_person_and_may_frame_them(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        await ana.WriteAsync("older");
        var post = await ana.WriteAsync("<b>\"look\"</b> & see");
        var address = new Uri(pamps.Address, $"/@{ana.Username}").AbsoluteUri;

        var told = await anyone.GetAsync(OEmbed($"{address}/{post}"));
        Assert.Equal((OK, "application/json"), (told.Status, told.MediaType));
        Assert.Equal(("1.0", "rich"), ((string?)told["version"], (string?)told["type"]));
        Assert.Equal($"@{ana.Username}: <b>\"look\"</b> & see", (string?)told["title"]);
        Assert.Equal((ana.Username, address), ((string?)told["author_name"], (string?)told["author_url"]));
        Assert.Equal("Pamps", (string?)told["provider_name"]);
        Assert.Equal(550, (int)told["width"]!);
        var html = (string)told["html"]!;
        Assert.StartsWith(
            $"<iframe src=\"{address}/{post}/embed\" title=\"@",
            html,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", html, StringComparison.Ordinal);

        var page = await anyone.VisitAsync($"/@{ana.Username}/{post}");
        Assert.Contains(
            WebUtility.HtmlEncode(OEmbed($"{address}/{post}")),
            page.Body,
            StringComparison.Ordinal
        );

        var frame = await anyone.VisitAsync($"/@{ana.Username}/{post}/embed");
        Assert.Equal((OK, "text/html"), (frame.Status, frame.MediaType));
        Assert.Null(frame.Header("X-Frame-Options"));
        var policy = frame.Header("Content-Security-Policy")!.Split("; ");
        Assert.Contains("frame-ancestors *", policy);
        Assert.Contains("default-src 'none'", policy);
        Assert.DoesNotContain(policy, x => x.StartsWith("script-src", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", frame.Body, StringComparison.Ordinal);
        Assert.Contains(
            "<link rel=\"stylesheet\" href=\"/assets/main-5e6f7a8b.css\">",
            frame.Body,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "&lt;b&gt;&quot;look&quot;&lt;/b&gt; &amp; see",
            frame.Body,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("older", frame.Body, StringComparison.Ordinal);
        // All else stays out of frames.
        foreach (var path in new[] { $"/@{ana.Username}/{post}", "/", "/nothing/embed", OEmbed(address) })
        {
            Assert.Equal("DENY", (await anyone.VisitAsync(path)).Header("X-Frame-Options"));
        }

        await ana.PatchAsync("/user/me/", new { display_name = "Ana <A>" });
        told = await anyone.GetAsync(OEmbed($"{address}/{post}"));
        Assert.Equal("Ana <A>", (string?)told["author_name"]);
        Assert.StartsWith($"Ana <A> (@{ana.Username}): ", (string)told["title"]!, StringComparison.Ordinal);
        told = await anyone.GetAsync(OEmbed(address) + "&maxwidth=300&maxheight=400");
        Assert.Equal((300, 400), ((int)told["width"]!, (int)told["height"]!));
        Assert.Contains($"src=\"{address}/embed\"", (string)told["html"]!, StringComparison.Ordinal);
        frame = await anyone.VisitAsync($"/@{ana.Username}/embed");
        Assert.Contains($"<h1>Ana &lt;A&gt; (@{ana.Username})</h1>", frame.Body, StringComparison.Ordinal);
        Assert.Contains("older", frame.Body, StringComparison.Ordinal);
        Assert.Contains("look", frame.Body, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task What_strangers_may_not_read_and_what_is_elsewhere_is_not_shown(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var here = new Uri(pamps.Address, $"/@{ana.Username}").AbsoluteUri;
        foreach (var visibility in new[] { "followers", "direct" })
        {
            var hidden = await ana.PostAsync("/post/", new { text = $"only {visibility}", visibility });
            // Nor to the author: the frame is seen by whoever reads the other site.
            await IsNothingAsync($"/@{ana.Username}/{hidden["id"]}/embed", $"{here}/{hidden["id"]}");
        }
        var post = await ana.WriteAsync("to be deleted");
        await IsNothingAsync(
            $"/@{beto.Username}/{post}/embed",
            $"{here.Replace(ana.Username, beto.Username, StringComparison.Ordinal)}/{post}"
        );
        await ana.DeleteAsync($"/post/{post}/");
        await IsNothingAsync($"/@{ana.Username}/{post}/embed", $"{here}/{post}");
        await IsNothingAsync("/@nobody_here/embed", new Uri(pamps.Address, "/@nobody_here").AbsoluteUri);

        var kept = await ana.WriteAsync("kept");
        foreach (
            var url in new[]
            {
                "",
                "no address",
                $"/@{ana.Username}/{kept}",
                $"https://example.org/@{ana.Username}/{kept}",
                $"ftp://{pamps.Address.Authority}/@{ana.Username}/{kept}",
                $"{here}/{kept}/embed",
                $"{here}/likes",
                new Uri(pamps.Address, "/").AbsoluteUri,
            }
        )
        {
            Assert.Equal((url, NotFound), (url, (await ana.GetAsync(OEmbed(url))).Status));
        }
        Assert.Equal(NotFound, (await ana.GetAsync("/oembed")).Status);
        Assert.Equal(NotImplemented, (await ana.GetAsync(OEmbed($"{here}/{kept}") + "&format=xml")).Status);
        var wrong = await ana.GetAsync(OEmbed($"{here}/{kept}") + "&maxwidth=wide");
        Assert.Equal((BadRequest, "application/problem+json"), (wrong.Status, wrong.MediaType));

        async Task IsNothingAsync(string frame, string url)
        {
            Assert.Equal((frame, NotFound), (frame, (await ana.VisitAsync(frame)).Status));
            Assert.Equal((url, NotFound), (url, (await ana.GetAsync(OEmbed(url))).Status));
        }
    }

    [Fact]
    public async Task Pictures_are_there_without_the_client_on_pages_in_frames_and_in_feeds()
    {
        var pamps = await WithClient.ShareAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();
        var media = await ana.UploadAsync(Stored.Unlike(), description: "A \"gull\" <on> a bollard");
        var other = await ana.UploadAsync(Pictures.Moving(2));
        long[] ids = [(long)media["id"]!, (long)other["id"]!];
        var post = (long)(await ana.PostAsync("/post/", new { text = "", media_ids = ids }))["id"]!;
        var full = new Uri(pamps.Address, (string)media["url"]!).AbsoluteUri;

        foreach (
            var path in new[]
            {
                $"/@{ana.Username}/{post}",
                $"/@{ana.Username}/{post}/embed",
                $"/@{ana.Username}/embed",
            }
        )
        {
            var page = (await anyone.VisitAsync(path)).Body;
            Assert.Contains(
                "<div class=\"post-pictures several\" data-v-postpictures>",
                page,
                StringComparison.Ordinal
            );
            Assert.Contains($"src=\"{media["preview_url"]}\" srcset=", page, StringComparison.Ordinal);
            Assert.Contains(
                "alt=\"A &quot;gull&quot; &lt;on&gt; a bollard\"",
                page,
                StringComparison.Ordinal
            );
            // What moves waits to be asked for.
            var still = Regex.Escape((string)other["preview_url"]!);
            Assert.Matches(
                $"src=\"{still}\" srcset=\"{still} \\d+w\" sizes=\"[^\"]+\" alt=\"A picture without a description\"",
                page
            );
        }
        var head = (await anyone.VisitAsync($"/@{ana.Username}/{post}")).Body;
        foreach (
            var element in new[]
            {
                $"<meta property=\"og:image\" content=\"{full}\" />",
                $"<meta property=\"og:image:type\" content=\"image/png\" />",
                $"<meta property=\"og:image:width\" content=\"{media["width"]}\" />",
                $"<meta property=\"og:image:height\" content=\"{media["height"]}\" />",
                "<meta property=\"og:image:alt\" content=\"A &quot;gull&quot; &lt;on&gt; a bollard\" />",
                "<meta name=\"twitter:card\" content=\"summary_large_image\" />",
                $"<title>@{ana.Username}: A &quot;gull&quot; &lt;on&gt; a bollard · Pamps</title>",
            }
        )
        {
            Assert.Contains(element, head, StringComparison.Ordinal);
        }
        foreach (var kind in new[] { "rss", "atom" })
        {
            var feed = System.Xml.Linq.XDocument.Parse(
                (await anyone.GetAsync($"/@{ana.Username}.{kind}")).Body
            );
            var item = feed.Descendants().Single(x => x.Name.LocalName is "item" or "entry");
            Assert.Equal(
                "A \"gull\" <on> a bollard",
                item.Elements().First(x => x.Name.LocalName == "title").Value
            );
            var content = item.Elements().Last(x => x.Name.LocalName is "description" or "content").Value;
            Assert.StartsWith(
                $"<p><img src=\"{full}\" alt=\"A &quot;gull&quot; &lt;on&gt; a bollard\" width=",
                content,
                StringComparison.Ordinal
            );
            Assert.EndsWith(
                $"alt=\"\" width=\"{other["width"]}\" height=\"{other["height"]}\"></p>",
                content,
                StringComparison.Ordinal
            );
        }
    }

    private static string OEmbed(string url) => "/oembed?url=" + Uri.EscapeDataString(url);
}
