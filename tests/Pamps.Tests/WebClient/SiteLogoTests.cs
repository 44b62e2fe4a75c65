using System.Net;
using NetVips;
using Pamps.Tests.Host;
using Pamps.Tests.Media;

namespace Pamps.Tests.WebClient;

/// <summary>The logo that a site has of its own.</summary>
public sealed class SiteLogoTests
{
    [Fact]
    public async Task The_site_has_its_own_logo_wherever_one_is_shown()
    {
        var ct = TestContext.Current.CancellationToken;
        // Red, wider than high, and clear at its left.
        using var red = Pictures.Plain(400, 300, Pictures.Red);
        using var clear = red.Bandjoin(0);
        using var full = Pictures.Plain(400, 300, Pictures.Red).Bandjoin(255);
        using var both = clear.Join(full, Enums.Direction.Horizontal);
        var file = Path.Combine(TestDatabase.NewFolder(), "logo");
        await File.WriteAllBytesAsync(file, both.PngsaveBuffer(), ct);
        await using var pamps = await WithClient.StartAsync(Database.Sqlite, x => x.Site.Logo = file);
        using var anyone = pamps.Anonymous();
        using var http = new HttpClient { BaseAddress = pamps.Address };

        foreach (
            var (path, side, left) in new (string, int, double[])[]
            {
                ("/logo.png", 96, [0, 0, 0, 0]),
                ("/icon-192.png", 192, [0, 0, 0, 0]),
                ("/icon-512.png", 512, [0, 0, 0, 0]),
                ("/icon-maskable-512.png", 512, [255, 255, 255]),
                ("/apple-touch-icon.png", 180, [255, 255, 255]),
            }
        )
        {
            var answer = await anyone.GetAsync(path);
            Assert.Equal(
                (path, HttpStatusCode.OK, "image/png", "no-cache", "nosniff"),
                (
                    path,
                    answer.Status,
                    answer.MediaType,
                    answer.Header("Cache-Control"),
                    answer.Header("X-Content-Type-Options")
                )
            );
            Assert.Equal(
                HttpStatusCode.NotModified,
                (await anyone.GetAsync(path, ("If-None-Match", answer.Header("ETag")!))).Status
            );
            using var icon = Image.NewFromBuffer(await http.GetByteArrayAsync(path, ct));
            Assert.Equal((side, side), (icon.Width, icon.Height));
            // Whole, in its own shape and in the middle.
            Assert.Equal(left.Length == 4 ? 0 : 255, icon.Getpoint(side / 2, 1)[^1]);
            Assert.Equal(left[^1], icon.Getpoint(side * 3 / 8, side / 2)[^1]);
            Assert.InRange(icon.Getpoint(side * 5 / 8, side / 2)[0], 215, 225);
        }

        var page = await anyone.VisitAsync("/about");
        Assert.Contains(
            "<link rel=\"icon\" href=\"/logo.png\" type=\"image/png\" />",
            page.Body,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("favicon", page.Body, StringComparison.Ordinal);
        Assert.Contains(
            $"<meta property=\"og:image\" content=\"{new Uri(pamps.Address, "/icon-512.png")}\" />",
            page.Body,
            StringComparison.Ordinal
        );
        var icons = (await anyone.GetAsync("/site.webmanifest"))["icons"]!.AsArray();
        Assert.Equal(["/icon-512.png"], icons.Select(x => (string)x!["src"]!));
    }
}
