using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>Browsers that came by https stay there.</summary>
public sealed class HstsTests
{
    private const string Header = "Strict-Transport-Security";

    [Fact]
    public async Task What_is_answered_by_https_says_to_come_by_nothing_else_refusals_too()
    {
        await using var pamps = await StartAsync();
        using var anyone = pamps.Anonymous();
        foreach (
            var (path, status) in new[]
            {
                ("/post/", OK),
                ("/health/live", OK),
                ("/docs/index.html", OK),
                ("/post/1/", NotFound),
                ("/user/me/", Unauthorized),
            }
        )
        {
            var answer = await AskAsync(anyone, path, "https", "pamps.example");
            Assert.Equal((path, status), (path, answer.Status));
            Assert.Equal("max-age=31536000", answer.Header(Header));
        }
    }

    [Theory]
    [InlineData("http", "pamps.example")]
    [InlineData("https", "localhost:8000")]
    [InlineData("https", "pamps.localhost")]
    public async Task By_http_and_as_localhost_nothing_is_said(string scheme, string host)
    {
        await using var pamps = await StartAsync();
        using var anyone = pamps.Anonymous();

        Assert.Null((await AskAsync(anyone, "/post/", scheme, host)).Header(Header));
    }

    [Fact]
    public async Task Nor_where_it_is_off_or_the_proxy_is_not_trusted()
    {
        await using var off = await StartAsync(days: 0);
        await using var untrusted = await StartAsync(proxies: "192.0.2.1");
        foreach (var pamps in new[] { off, untrusted })
        {
            using var anyone = pamps.Anonymous();
            Assert.Null((await AskAsync(anyone, "/post/", "https", "pamps.example")).Header(Header));
        }
    }

    private static Task<PampsServer> StartAsync(int days = 365, string proxies = "127.0.0.1, ::1") =>
        PampsServer.StartAsync(Database.Sqlite, x =>
            (x.Http.HstsDays, x.Http.TrustedProxies) = (days, proxies)
        );

    private static Task<Answer> AskAsync(Client client, string path, string scheme, string host) =>
        client.GetAsync(
            path,
            ("X-Forwarded-Proto", scheme),
            ("X-Forwarded-For", "192.0.2.7"),
            ("Host", host)
        );
}
