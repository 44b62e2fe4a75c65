using System.Net;
using System.Net.Http.Json;

namespace Pamps.Auth.Tests;

public class BrowserSessionTests
{
    [Fact]
    public async Task Tabs_that_refresh_at_once_all_get_an_access_token_and_one_the_cookie()
    {
        await using var host = await TestHost.StartAsync();
        var cookie = Cookie(await SignInAsync(host));

        var tabs = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => RefreshAsync(host, cookie)))
        );

        Assert.All(tabs, tab => Assert.Equal(HttpStatusCode.OK, tab.Status));
        var winner = Assert.Single(tabs, tab => tab.Headers.Contains("Set-Cookie"));
        foreach (var tab in tabs)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", tab.Access)).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(host, Cookie(winner))).Status);
    }

    [Fact]
    public async Task A_cookie_used_again_ten_seconds_later_ends_the_login()
    {
        await using var host = await TestHost.StartAsync();
        var cookie = Cookie(await SignInAsync(host));
        var next = await RefreshAsync(host, cookie);

        host.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(host, cookie)).Status);

        // Coming late does not prolong the time in which one may.
        host.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(host, cookie)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(host, Cookie(next))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", next.Access)).Status);
    }

    private static string Cookie(Answer answer) =>
        Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];

    private static Task<Answer> SignInAsync(TestHost host) =>
        PostAsync(host, "/session", null, new { username = "ana", password = TestHost.Password });

    private static Task<Answer> RefreshAsync(TestHost host, string cookie) =>
        PostAsync(host, "/session/refresh", cookie, null);

    private static Task<Answer> PostAsync(TestHost host, string path, string? cookie, object? body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        request.Headers.Add("X-Requested-With", "pamps");
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return host.SendAsync(request);
    }
}
