using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.WebClient;

/// <summary>The color that a site has of its own.</summary>
public sealed class SiteColorTests
{
    [Theory]
    [InlineData("#7a3b8f")]
    [InlineData("#FFEE00")]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#00ffff")]
    public async Task The_site_has_its_own_color_where_it_can_be_read(string color)
    {
        await using var pamps = await WithClient.StartAsync(Database.Sqlite, x => x.Site.Color = color);
        using var anyone = pamps.Anonymous();
        var page = await anyone.VisitAsync("/about");
        var styles = Regex.Match(page.Body, "<style>(.*?)</style>").Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(styles)));
        Assert.Contains(
            $"style-src 'self' 'sha256-{hash}';",
            page.Header("Content-Security-Policy")!,
            StringComparison.Ordinal
        );
        var rules = Regex.Matches(
            styles,
            "--accent:(#.{6});--accent-hover:#.{6};--accent-soft:(#.{6});--on-accent:(#.{3,6})}"
        );
        Assert.Equal(3, rules.Count);
        foreach (var rule in rules.Select(x => x.Groups))
        {
            Assert.InRange(Contrast(rule[1].Value, rule[2].Value), 4.4, 21);
            Assert.InRange(
                Contrast(rule[1].Value, rule[3].Value.Length == 4 ? "#ffffff" : rule[3].Value),
                4.5,
                21
            );
        }
        Assert.Equal(color, (string)(await anyone.GetAsync("/site.webmanifest"))["theme_color"]!);

        static double Contrast(string one, string other)
        {
            var (x, y) = (Luminance(one), Luminance(other));
            return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
        }

        static double Luminance(string hex)
        {
            var parts = Convert
                .FromHexString(hex[1..])
                .Select(x => x / 255d)
                .Select(x => x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4))
                .ToList();
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
        }
    }
}
