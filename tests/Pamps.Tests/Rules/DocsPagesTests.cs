using System.Net;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed partial class DocsPagesTests
{
    [Theory]
    [InlineData("/docs")]
    [InlineData("/redoc")]
    public async Task The_documentation_loads_with_all_it_needs_from_this_server_alone(string path)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var http = new HttpClient { BaseAddress = pamps.Address };
        using var page = await http.GetAsync(
            new Uri(path, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", html);

        var assets = Asset().Matches(html).Select(x => x.Groups[1].Value).ToList();
        Assert.Contains(assets, x => x.EndsWith(".js", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            using var found = await http.GetAsync(
                new Uri(page.RequestMessage!.RequestUri!, asset),
                TestContext.Current.CancellationToken
            );
            Assert.True(found.IsSuccessStatusCode, $"{asset}: {found.StatusCode}");
        }
    }

    [Fact]
    public async Task The_documentation_leaves_no_password_and_no_token_in_the_browser()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var http = new HttpClient { BaseAddress = pamps.Address };
        var script = await http.GetStringAsync(
            new Uri("/docs/index.js", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("\"persistAuthorization\":false", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc/index.html")]
    public async Task The_documentation_may_run_its_own_scripts_only(string path)
    {
        var policy = await ReadPolicyAsync(path);
        Assert.Equal(
            [
                "base-uri 'none'",
                "connect-src 'self'",
                "default-src 'none'",
                "font-src data:",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "img-src 'self' data:",
                "script-src 'self'",
                "style-src 'self' 'unsafe-inline'",
                "worker-src blob:",
            ],
            policy.Split("; ").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("/post/")]
    [InlineData("/openapi.json")]
    [InlineData("/docsandmore")]
    public async Task Data_may_run_nothing(string path) =>
        Assert.Equal(
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            await ReadPolicyAsync(path)
        );

    private static async Task<string> ReadPolicyAsync(string path)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var anyone = pamps.Anonymous();
        return (await anyone.GetAsync(path)).Header("Content-Security-Policy")!;
    }

    [GeneratedRegex("(?:src|href)=\"(?!data:)([^\"]+)\"")]
    private static partial Regex Asset();
}
