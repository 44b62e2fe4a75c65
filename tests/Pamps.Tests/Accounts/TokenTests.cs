using Pamps.Core;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>Which tokens open a route, and which are false.</summary>
public sealed class TokenTests
{
    [Theory, OnEachDatabase]
    public async Task A_forged_token_opens_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var victim = await pamps.RegisterAsync();
        var good = user.AccessToken;
        var key = pamps.Options.Security.SecretKey;
        var payload = Forge.Payload(good);
        string[] forged =
        [
            Forge.Unsigned(good),
            Forge.Unsigned(good, "None"),
            Forge.Unsigned(good, "HS256"),
            Forge.Changed(good, "sub", victim.Username),
            Forge.Changed(good, "sid", (string)Forge.Payload(victim.AccessToken)["sid"]!),
            Forge.Changed(good, "exp", 4_000_000_000),
            Forge.Signed(payload, "a key that is not the server's key at all"),
            Forge.Signed(payload, key, "HS512"),
            good[..^4],
            good + "x",
            good.Split('.')[0] + "." + good.Split('.')[1],
        ];
        // The forging itself is right: with the server's own key it makes a good token.
        user.UseAccessToken(Forge.Signed(payload, key));
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        foreach (var token in forged)
        {
            user.UseAccessToken(token);
            (await user.GetAsync("/user/me/")).Refused(Unauthorized);
            (await user.PostAsync("/post/", new { text = "forged" })).Refused(Unauthorized);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_token_of_the_right_key_but_the_wrong_claims_opens_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var victim = await pamps.RegisterAsync();
        var good = user.AccessToken;
        foreach (var claim in new[] { "sub", "sid", "jti", "exp", "scope", "fresh" })
        {
            var payload = Forge.Payload(good);
            payload.Remove(claim);
            await CheckAsync(payload);
        }
        // A login of one user with the name of another.
        var mixed = Forge.Payload(good);
        mixed["sub"] = victim.Username;
        await CheckAsync(mixed);

        async Task CheckAsync(System.Text.Json.Nodes.JsonObject payload)
        {
            user.UseAccessToken(Forge.Signed(payload, pamps.Options.Security.SecretKey));
            (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_token_names_its_issuer_and_one_of_the_version_before_names_none(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        var key = pamps.Options.Security.SecretKey;
        var (access, refresh) = (Forge.Payload(user.AccessToken), Forge.Payload(user.RefreshToken));
        Assert.Equal(("pamps", "pamps"), ((string?)access["iss"], (string?)refresh["iss"]));
        // Libraries refuse an audience that they were not told of; so there is none unless it is set.
        Assert.False(access.ContainsKey("aud"));

        access["iss"] = "somebody else";
        refresh["iss"] = "somebody else";
        user.UseAccessToken(Forge.Signed(access, key));
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        (await RefreshAsync()).Refused(Unauthorized);

        access.Remove("iss");
        refresh.Remove("iss");
        user.UseAccessToken(Forge.Signed(access, key));
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        user.Use(await RefreshAsync());
        Assert.Equal("pamps", (string?)Forge.Payload(user.RefreshToken)["iss"]);

        Task<Answer> RefreshAsync() =>
            user.PostAsync("/refresh_token", new { refresh_token = Forge.Signed(refresh, key) });
    }

    [Theory, OnEachDatabase]
    public async Task An_audience_that_is_set_is_written_and_signs_nobody_out_but_another_does(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, Change(""));
        await using var first = await pamps.StartAnotherAsync(Change("https://example.org"));
        await using var second = await pamps.StartAnotherAsync(Change("https://example.com"));
        using var user = await pamps.RegisterAsync();
        using var there = user.At(first);
        using var elsewhere = user.At(second);

        Assert.Equal(OK, (await there.GetAsync("/user/me/")).Status);
        await there.SignInAsync();
        Assert.Equal("https://example.org", (string?)Forge.Payload(there.AccessToken)["aud"]);
        Assert.Equal(OK, (await there.GetAsync("/user/me/")).Status);
        elsewhere.UseAccessToken(there.AccessToken);
        (await elsewhere.GetAsync("/user/me/")).Refused(Unauthorized);
        user.UseAccessToken(there.AccessToken);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);

        static Action<PampsOptions> Change(string audience) =>
            x =>
            {
                ServerInstances.ShareKey(x);
                x.Security.TokenAudience = audience;
            };
    }

    [Theory, OnEachDatabase]
    public async Task A_refresh_token_opens_no_route_and_an_access_token_refreshes_nothing(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        (await user.PostAsync("/refresh_token", new { refresh_token = user.AccessToken })).Refused(
            Unauthorized
        );
        (await user.PostAsync("/logout", new { refresh_token = user.AccessToken })).Refused(Unauthorized);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        user.UseAccessToken(user.RefreshToken);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task Header_forms_that_are_no_bearer_token_open_nothing(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        var token = user.AccessToken;
        user.UseAccessToken("");
        string[] headers =
        [
            "",
            "Bearer",
            "Bearer ",
            "Bearer  ",
            token,
            $"Basic {token}",
            $"Token {token}",
            $"Bearer{token}",
            $"Bearer {token} {token}",
            $"Bearer {token},",
            "Bearer ..",
            "Bearer null",
            "Bearer " + new string('a', 9000),
        ];
        foreach (var header in headers)
        {
            (await user.GetAsync("/user/me/", ("Authorization", header))).Refused(Unauthorized);
        }
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        Assert.Equal(OK, (await user.GetAsync("/user/me/", ("Authorization", $"bearer {token}"))).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_bad_token_leaves_the_open_routes_open(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        user.UseAccessToken("not.a.token");

        var profile = await user.GetAsync($"/user/{user.Username}/");

        Assert.Equal(OK, profile.Status);
        Assert.Null(profile["followed"]);
    }

    [Theory, OnEachDatabase]
    public async Task An_access_token_does_not_outlive_its_login(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => (x.Security.AccessTokenExpireMinutes, x.Security.RefreshTokenExpireMinutes) = (60, 10),
            services: time.Use
        );
        using var user = await pamps.RegisterAsync();

        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        time.Advance(TimeSpan.FromMinutes(1));
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task Tokens_run_out(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var user = await pamps.RegisterAsync();

        time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(2));
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        time.Advance(TimeSpan.FromSeconds(2));
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);

        time.Advance(TimeSpan.FromMinutes(570) - TimeSpan.FromSeconds(2));
        user.Use(await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken }));
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        time.Advance(TimeSpan.FromMinutes(600));
        (await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken })).Refused(
            Unauthorized
        );
    }
}
