using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /session/, POST /session/refresh/ and DELETE /session/: the refresh token in a cookie.</summary>
public sealed class BrowserSessionTests
{
    private static async Task<(PampsServer Pamps, Client User, Browser Browser)> SignInAsync(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        var user = await pamps.RegisterAsync();
        var browser = new Browser(pamps);
        await browser.SignInAsync(user);
        return (pamps, user, browser);
    }

    [Theory, OnEachDatabase]
    public async Task A_form_or_JSON_signs_in_and_the_refresh_token_is_in_the_cookie_only(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        var fields = new Dictionary<string, string>
        {
            ["username"] = user.Email,
            ["password"] = Client.DefaultPassword,
        };
        foreach (var body in new object[] { fields, new FormUrlEncodedContent(fields) })
        {
            var answer = await browser.SendAsync(HttpMethod.Post, "/session/", body);

            Assert.Equal(OK, answer.Status);
            answer.Json.HasFields("access_token", "token_type", "expires_in");
            Assert.Equal(("bearer", 1800), ((string)answer["token_type"]!, (int)answer["expires_in"]!));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.True((bool)Forge.Payload((string)answer["access_token"]!)["fresh"]!);
            var token = Browser.CookieOf(answer)!;
            Assert.Equal("refresh_token", (string)Forge.Payload(token)["scope"]!);
            var parts = answer.Header("Set-Cookie")!.Split("; ");
            Assert.Equal($"pamps_session={token}", parts[0]);
            var maxAge = Assert.Single(parts, x => x.StartsWith("max-age=", StringComparison.Ordinal));
            Assert.InRange(int.Parse(maxAge[8..], null), 7_775_990, 7_776_000);
            Assert.Equal(["httponly", maxAge, "path=/session", "samesite=strict"], parts[1..].Order());
        }
    }

    [Theory, OnEachDatabase]
    public async Task Behind_a_proxy_with_TLS_the_cookie_is_for_https_only(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
            x.Http.TrustedProxies = "127.0.0.1, ::1"
        );
        using var user = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        var body = new { username = user.Username, password = Client.DefaultPassword };
        Task<Answer> SendAsync(string path, string origin, string cookie) =>
            browser.SendAsync(
                HttpMethod.Post,
                path,
                body,
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-For", "192.0.2.7"),
                ("Host", "pamps.example"),
                ("Origin", origin),
                ("Cookie", cookie)
            );

        (await SendAsync("/session/", "http://pamps.example", "")).Refused(Forbidden);
        var opened = await SendAsync("/session/", "https://pamps.example", "");

        Assert.Equal(OK, opened.Status);
        Assert.StartsWith("__Host-pamps_session=", opened.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Contains("; path=/; secure", opened.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.DoesNotContain("domain", opened.Header("Set-Cookie"), StringComparison.OrdinalIgnoreCase);
        var token = Browser.CookieOf(opened);
        // What a page over http could have set does not count.
        foreach (var name in new[] { "pamps_session", "__Secure-pamps_session" })
        {
            var wrongName = await SendAsync("/session/refresh/", "https://pamps.example", $"{name}={token}");
            wrongName.Refused(Unauthorized);
        }
        var refreshed = await SendAsync(
            "/session/refresh/",
            "https://pamps.example:443",
            $"__Secure-pamps_session=x; __Host-pamps_session={token}"
        );
        Assert.Equal(OK, refreshed.Status);
    }

    [Theory, OnEachDatabase]
    public async Task Who_does_not_know_the_password_is_told_what_a_program_is_told(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
            x.Security.SignInFailuresPerAccount = 3
        );
        using var user = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        Task<Answer> TryAsync(string username, string password) =>
            browser.SendAsync(HttpMethod.Post, "/session/", new { username, password });

        var sentence = (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);
        var wrong = await TryAsync(user.Username, "wrong");
        Assert.Equal(sentence, wrong.Refused(Unauthorized));
        Assert.Null(wrong.Header("Set-Cookie"));
        Assert.Equal(sentence, (await TryAsync("nobody", "wrong")).Refused(Unauthorized));
        Assert.Equal(sentence, (await TryAsync(user.Username, "wrong")).Refused(Unauthorized));

        // The three failures of both doors count together.
        var throttled = await TryAsync(user.Username, Client.DefaultPassword);
        Assert.NotEmpty(throttled.Refused(TooManyRequests));
        Assert.NotNull(throttled.Header("Retry-After"));
    }

    [Theory, OnEachDatabase]
    public async Task Bodies_without_name_or_password_are_refused(Database database)
    {
        using var browser = new Browser(await PampsServer.ShareAsync(database));
        foreach (var body in new[] { "", "{", "null", "[]", "{}", "{\"username\": \"ana\"}" })
        {
            (await browser.SendAsync(HttpMethod.Post, "/session/", Client.Raw(body))).Blames(
                "username",
                "password"
            );
        }
        var half = new FormUrlEncodedContent([new("username", "ana")]);
        (await browser.SendAsync(HttpMethod.Post, "/session/", half)).Blames("password");
        var text = Client.Raw("{}", "text/plain");
        (await browser.SendAsync(HttpMethod.Post, "/session/", text)).Refused(UnsupportedMediaType);
        (await browser.SendAsync(HttpMethod.Post, "/session/")).Refused(UnsupportedMediaType);
    }

    [Theory, OnEachDatabase]
    public async Task What_other_pages_ask_for_is_refused_and_changes_nothing(Database database)
    {
        var (pamps, user, browser) = await SignInAsync(database);
        var own = pamps.Address.GetLeftPart(UriPartial.Authority);
        var with = ("X-Requested-With", "pamps");
        (string, string)[][] foreign =
        [
            [],
            [("X-Requested-With", "XMLHttpRequest")],
            [("Origin", own), ("Sec-Fetch-Site", "same-origin")],
            [with, ("Origin", "https://evil.example")],
            [with, ("Origin", "null")],
            [with, ("Origin", own.Replace("http:", "https:", StringComparison.Ordinal))],
            [with, ("Origin", $"http://{pamps.Address.Host}:1")],
            [with, ("Origin", own), ("Sec-Fetch-Site", "cross-site")],
            [with, ("Sec-Fetch-Site", "same-site")],
        ];
        var body = new { username = user.Username, password = Client.DefaultPassword };
        foreach (var headers in foreign)
        {
            foreach (
                var (method, path) in new[]
                {
                    (HttpMethod.Post, "/session/"),
                    (HttpMethod.Post, "/session/refresh/"),
                    (HttpMethod.Delete, "/session/"),
                }
            )
            {
                var answer = await browser.SendAsOtherAsync(method, path, body, headers);
                Assert.NotEmpty(answer.Refused(Forbidden));
                Assert.Null(answer.Header("Set-Cookie"));
            }
        }
        Assert.Equal(OK, (await browser.GetAsync("/user/me/")).Status);
        // The last as behind a proxy that ends TLS, which the server was not told of.
        var seenOutside = own.Replace("http:", "https:", StringComparison.Ordinal);
        foreach (
            var (site, origin) in new[]
            {
                ("same-origin", own),
                ("none", own),
                ("", own),
                ("same-origin", seenOutside),
            }
        )
        {
            var refreshed = await browser.SendAsync(
                HttpMethod.Post,
                "/session/refresh/",
                null,
                ("Origin", origin),
                ("Sec-Fetch-Site", site)
            );
            Assert.Equal(OK, refreshed.Status);
            browser.Keep(refreshed);
        }
        browser.Dispose();
        user.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task A_refresh_exchanges_the_cookie_and_its_token_is_not_fresh(Database database)
    {
        var (_, user, browser) = await SignInAsync(database);
        var (access, cookie) = (browser.AccessToken, browser.Cookie);

        var refreshed = await browser.RefreshAsync();

        Assert.Equal(OK, refreshed.Status);
        refreshed.Json.HasFields("access_token", "token_type", "expires_in");
        Assert.Equal("no-store", refreshed.Header("Cache-Control"));
        browser.Keep(refreshed);
        Assert.NotEqual((access, cookie), (browser.AccessToken, browser.Cookie));
        Assert.False((bool)Forge.Payload(browser.AccessToken)["fresh"]!);
        Assert.Equal(user.Username, (string)(await browser.GetAsync("/user/me/"))["username"]!);
        Assert.Equal(OK, (await browser.RefreshAsync()).Status);
        browser.Dispose();
        user.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task A_cookie_that_is_refused_is_cleared(Database database)
    {
        var (_, user, browser) = await SignInAsync(database);
        foreach (var cookie in new[] { "x", user.AccessToken, browser.Cookie + "x" })
        {
            browser.Cookie = cookie;
            var answer = await browser.RefreshAsync();
            Assert.NotEmpty(answer.Refused(Unauthorized));
            Assert.Equal("", Browser.CookieOf(answer));
            Assert.Contains(
                "max-age=0; path=/session",
                answer.Header("Set-Cookie"),
                StringComparison.Ordinal
            );
        }
        browser.Cookie = "";
        Assert.NotEmpty((await browser.RefreshAsync()).Refused(Unauthorized));
        browser.Dispose();
        user.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task Signing_out_ends_the_login_and_clears_the_cookie(Database database)
    {
        var (_, user, browser) = await SignInAsync(database);

        var ended = await browser.SignOutAsync();

        Assert.Equal(NoContent, ended.Status);
        Assert.Equal("", Browser.CookieOf(ended));
        (await browser.GetAsync("/user/me/")).Refused(Unauthorized);
        (await browser.RefreshAsync()).Refused(Unauthorized);
        Assert.Equal(NoContent, (await browser.SignOutAsync()).Status);
        browser.Cookie = "";
        Assert.Equal(NoContent, (await browser.SignOutAsync()).Status);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        browser.Dispose();
        user.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task Signing_in_again_ends_the_login_whose_cookie_is_replaced(Database database)
    {
        var (pamps, user, browser) = await SignInAsync(database);
        using var before = new Browser(pamps);
        before.Keep(await browser.RefreshAsync());
        browser.Cookie = before.Cookie;
        var wrong = new { username = user.Username, password = "wrong" };
        (await browser.SendAsync(HttpMethod.Post, "/session/", wrong)).Refused(Unauthorized);
        Assert.Equal(OK, (await before.GetAsync("/user/me/")).Status);

        await browser.SignInAsync(user);

        (await before.GetAsync("/user/me/")).Refused(Unauthorized);
        Assert.Equal(OK, (await browser.GetAsync("/user/me/")).Status);
        browser.Dispose();
        user.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task Tabs_that_refresh_at_once_all_get_an_access_token_and_one_the_cookie(Database database)
    {
        var (pamps, user, browser) = await SignInAsync(database);

        var answers = await Together.AtOnceAsync(browser.RefreshAsync);

        Assert.All(answers, x => Assert.Equal(OK, x.Status));
        var winner = Assert.Single(answers, x => x.Header("Set-Cookie") is not null);
        foreach (var answer in answers)
        {
            using var tab = new Browser(pamps);
            tab.Keep(answer);
            Assert.Equal(OK, (await tab.GetAsync("/user/me/")).Status);
        }
        browser.Keep(winner);
        Assert.Equal(OK, (await browser.RefreshAsync()).Status);
        browser.Dispose();
        user.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task A_cookie_used_again_ten_seconds_later_ends_the_login(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var user = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        await browser.SignInAsync(user);
        using var thief = new Browser(pamps) { Cookie = browser.Cookie };
        browser.Keep(await browser.RefreshAsync());

        time.Advance(TimeSpan.FromSeconds(9.9));
        var late = await thief.RefreshAsync();
        Assert.Equal(OK, late.Status);
        Assert.Null(late.Header("Set-Cookie"));

        // Coming late does not prolong the time in which one may.
        time.Advance(TimeSpan.FromSeconds(0.1));
        var refused = await thief.RefreshAsync();
        refused.Refused(Unauthorized);
        Assert.Equal("", Browser.CookieOf(refused));
        (await browser.GetAsync("/user/me/")).Refused(Unauthorized);
        (await browser.RefreshAsync()).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task A_cookie_of_two_refreshes_ago_ends_the_login_at_any_time(Database database)
    {
        var (_, user, browser) = await SignInAsync(database);
        var first = browser.Cookie;
        browser.Keep(await browser.RefreshAsync());
        browser.Keep(await browser.RefreshAsync());

        browser.Cookie = first;
        (await browser.RefreshAsync()).Refused(Unauthorized);

        (await browser.GetAsync("/user/me/")).Refused(Unauthorized);
        browser.Dispose();
        user.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task Grace_is_for_cookies_alone(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        // Exchanged by the strict call, then shown as a cookie; and the other way round.
        using var user = await pamps.RegisterAsync();
        using var browser = new Browser(pamps) { Cookie = user.RefreshToken };
        await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken });
        (await browser.RefreshAsync()).Refused(Unauthorized);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);

        await user.SignInAsync();
        browser.Cookie = user.RefreshToken;
        Assert.Equal(OK, (await browser.RefreshAsync()).Status);
        (await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken })).Refused(
            Unauthorized
        );
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task A_closed_account_gets_nothing_for_its_cookie(Database database)
    {
        var (pamps, user, browser) = await SignInAsync(database);
        using var super = await pamps.RegisterSuperuserAsync();
        var old = browser.Cookie;
        browser.Keep(await browser.RefreshAsync());
        await super.PatchAsync($"/user/{user.Username}/", new { active = false });

        (await browser.RefreshAsync()).Refused(Unauthorized);
        browser.Cookie = old;
        (await browser.RefreshAsync()).Refused(Unauthorized);
        browser.Dispose();
        user.Dispose();
    }
}
