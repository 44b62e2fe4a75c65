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

    [Fact]
    public async Task A_browser_stays_signed_in_while_it_comes_back_and_a_program_does_not()
    {
        await using var host = await TestHost.StartAsync(it =>
            (it.SessionLifetime, it.LoginLifetime) = (TimeSpan.FromDays(3), TimeSpan.FromDays(7))
        );
        var program = await host.SignInAsync();
        var left = Cookie(await SignInAsync(host));
        var used = Cookie(await SignInAsync(host));

        host.Time.Advance(TimeSpan.FromDays(2.9));
        used = Cookie(await RefreshAsync(host, used));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(program.Refresh)).Status);

        host.Time.Advance(TimeSpan.FromDays(0.1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(host, left)).Status);

        host.Time.Advance(TimeSpan.FromDays(2.7));
        used = Cookie(await RefreshAsync(host, used));
        // However often it comes.
        host.Time.Advance(TimeSpan.FromDays(1.3));
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(host, used)).Status);
    }

    [Fact]
    public async Task Of_several_cookies_none_is_taken_and_a_sign_out_ends_the_logins_of_all()
    {
        await using var host = await TestHost.StartAsync();
        var (own, other) = (Cookie(await SignInAsync(host)), Cookie(await SignInAsync(host)));

        foreach (var both in new[] { $"{own}; {other}", $"{other}; {own}" })
        {
            var refused = await RefreshAsync(host, both);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
            // Else the browser would show the other one alone the next time.
            Assert.False(refused.Headers.Contains("Set-Cookie"));
        }
        own = Cookie(await RefreshAsync(host, own));

        var request = new HttpRequestMessage(HttpMethod.Delete, "/session");
        request.Headers.Add("X-Requested-With", "pamps");
        request.Headers.Add("Cookie", $"{other}; {own}");
        Assert.Equal(HttpStatusCode.NoContent, (await host.SendAsync(request)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(host, own)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(host, other)).Status);
    }

    [Fact]
    public async Task A_browser_that_an_earlier_version_signed_in_goes_on_under_the_new_name()
    {
        await using var host = await TestHost.StartAsync();
        const string refresh = "https://localhost/session/refresh";
        var signedIn = await host.SignInAsync();
        var payload = Forge.Payload(signedIn.Refresh);

        // A token of this version is never in the old cookie: whoever put it there is somebody else.
        var planted = await PostAsync(host, refresh, $"__Secure-pamps_session={signedIn.Refresh}", null);
        Assert.Equal(HttpStatusCode.Unauthorized, planted.Status);

        payload.Remove("auth_time");
        var older = $"__Secure-pamps_session={Forge.Signed(payload)}";
        var renewed = await PostAsync(host, refresh, older, null);

        Assert.Equal(HttpStatusCode.OK, renewed.Status);
        var set = renewed.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, set.Count);
        Assert.StartsWith("__Host-pamps_session=e", set[0], StringComparison.Ordinal);
        Assert.Contains("; path=/; secure; samesite=strict; httponly", set[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "__Secure-pamps_session=; max-age=0; path=/session;",
            set[1],
            StringComparison.Ordinal
        );
        var next = await PostAsync(host, refresh, set[0].Split(';')[0], null);
        Assert.Equal(HttpStatusCode.OK, next.Status);
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
