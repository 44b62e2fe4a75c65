using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /refresh_token and POST /logout.</summary>
public sealed class RefreshTests
{
    private static Task<Answer> RefreshAsync(Client user, string token) =>
        user.PostAsync("/refresh_token", new { refresh_token = token });

    [Theory, OnEachDatabase]
    public async Task A_refresh_gives_a_new_pair_that_works_and_is_not_fresh(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        var (access, refresh) = (user.AccessToken, user.RefreshToken);

        var tokens = await RefreshAsync(user, refresh);

        Assert.Equal(OK, tokens.Status);
        tokens.Json.HasFields("access_token", "refresh_token", "token_type", "expires_in");
        user.Use(tokens);
        Assert.NotEqual(access, user.AccessToken);
        Assert.NotEqual(refresh, user.RefreshToken);
        Assert.False((bool)Forge.Payload(user.AccessToken)["fresh"]!);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        Assert.Equal(OK, (await RefreshAsync(user, user.RefreshToken)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_refresh_token_used_again_ends_every_token_of_its_login_and_no_other(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        using var elsewhere = await user.OtherProgramAsync();
        var stolen = user.RefreshToken;
        user.Use(await RefreshAsync(user, stolen));
        user.Use(await RefreshAsync(user, user.RefreshToken));

        (await RefreshAsync(user, stolen)).Refused(Unauthorized);

        (await RefreshAsync(user, user.RefreshToken)).Refused(Unauthorized);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        Assert.Equal(OK, (await elsewhere.GetAsync("/user/me/")).Status);
        Assert.Equal(OK, (await RefreshAsync(elsewhere, elsewhere.RefreshToken)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_refreshes_of_one_token_at_once_one_wins(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        var answers = await Together.AtOnceAsync(() => RefreshAsync(user, user.RefreshToken));

        answers.Split(1, OK, others: Unauthorized);
        var winner = answers.Single(x => x.Status == OK);
        (await RefreshAsync(user, (string)winner["refresh_token"]!)).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task A_logout_ends_the_login_and_no_other(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        using var elsewhere = await user.OtherProgramAsync();
        var body = new { refresh_token = user.RefreshToken };

        Assert.Equal(NoContent, (await user.PostAsync("/logout", body)).Status);

        (await RefreshAsync(user, user.RefreshToken)).Refused(Unauthorized);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        Assert.Equal(OK, (await RefreshAsync(elsewhere, elsewhere.RefreshToken)).Status);
        Assert.Equal(NoContent, (await user.PostAsync("/logout", body)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_login_that_is_refreshed_again_and_again_ends_all_the_same(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Security.LoginExpireDays = 1,
            services: time.Use
        );
        using var user = await pamps.RegisterAsync();
        foreach (var hours in new[] { 9, 9, 5.9 })
        {
            time.Advance(TimeSpan.FromHours(hours));
            user.Use(await RefreshAsync(user, user.RefreshToken));
        }
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);

        time.Advance(TimeSpan.FromHours(0.1));

        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        (await RefreshAsync(user, user.RefreshToken)).Refused(Unauthorized);
        await user.SignInAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Bodies_without_a_refresh_token_are_refused(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        string[] wrong =
        [
            "",
            "{",
            "null",
            "[]",
            "5",
            "{}",
            "{\"refresh_token\": null}",
            "{\"refresh_token\": 5}",
            "{\"refresh_token\": [\"x\"]}",
            "{\"refresh_token\": \"\\ud800\"}",
        ];
        foreach (var path in new[] { "/refresh_token", "/logout" })
        {
            foreach (var body in wrong)
            {
                (await anyone.PostAsync(path, Client.Raw(body))).Blames("refresh_token");
            }
            (await anyone.PostAsync(path, Client.Raw("{}", "text/plain"))).Refused(UnsupportedMediaType);
            foreach (var token in new[] { "", "x", "a.b.c", new string('a', 20_000) })
            {
                (await anyone.PostAsync(path, new { refresh_token = token })).Refused(Unauthorized);
            }
        }
    }
}
