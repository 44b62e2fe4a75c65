using System.Buffers.Text;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /user/password/reset/: a new password with a link.</summary>
public sealed class PasswordResetTests
{
    private const string New = "a new long password";

    private static async Task<string> TokenAsync(Client user)
    {
        var made = await user
            .Server.Services.GetRequiredService<MakeResetToken>()
            .RunAsync(Viewer.Operator, user.Username, TestContext.Current.CancellationToken);
        return made.Value.Value;
    }

    private static Task<Answer> ResetAsync(Client client, object? token, object? password = null) =>
        client.PostAsync("/user/password/reset/", new { token, password = password ?? New });

    private static void IsNoLongerGood(Answer answer)
    {
        answer.Blames("token");
        Assert.Equal("invalid_token", (string)answer["codes"]!["token"]![0]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_link_gives_a_new_password_once_and_ends_every_login(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var (first, second) = (await TokenAsync(user), await TokenAsync(user));

        var answer = await ResetAsync(anyone, first);

        Assert.Equal(OK, answer.Status);
        answer.Json.HasFields("username");
        Assert.Equal(user.Username, (string)answer["username"]!);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        (await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken })).Refused(
            Unauthorized
        );
        (await user.TrySignInAsync(user.Username, Client.DefaultPassword)).Refused(Unauthorized);
        await user.SignInAsync(New);
        Assert.Equal(OK, (await stranger.GetAsync("/user/me/")).Status);
        // Neither this one nor any other that was made for the old password.
        IsNoLongerGood(await ResetAsync(anyone, first, "yet another password"));
        IsNoLongerGood(await ResetAsync(anyone, second, "yet another password"));
        await user.SignInAsync(New);
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_signed_in_as_somebody_else_stays_so(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();

        var answer = await ResetAsync(other, await TokenAsync(user));

        Assert.Equal(user.Username, (string)answer["username"]!);
        Assert.Equal(OK, (await other.GetAsync("/user/me/")).Status);
        await other.SignInAsync();
        await user.SignInAsync(New);
    }

    [Theory, OnEachDatabase]
    public async Task Of_uses_at_once_one_wins(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        var tokens = new[] { await TokenAsync(user), await TokenAsync(user) };

        var answers = await Together.AtOnceAsync(i => ResetAsync(user, tokens[i % 2], $"{New} {i}"));

        answers.Split(1, OK, others: UnprocessableEntity);
        await user.SignInAsync($"{New} {Array.FindIndex(answers, x => x.Status == OK)}");
    }

    [Theory, OnEachDatabase]
    public async Task What_is_expired_used_forged_or_no_token_is_refused_in_the_same_words(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var user = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var old = await TokenAsync(user);
        time.Advance(TimeSpan.FromMinutes(59));
        using var gone = await pamps.RegisterAsync();
        var good = await TokenAsync(user);
        var ofGone = await TokenAsync(gone);
        Assert.Equal(NoContent, (await gone.DeleteAsync("/user/me/")).Status);
        var ofOther = await TokenAsync(await pamps.RegisterAsync());
        time.Advance(TimeSpan.FromMinutes(1));

        var refused = new List<Answer>();
        foreach (
            var token in new[]
            {
                old,
                ofGone,
                Changed(good, 0),
                Changed(good, 9),
                Changed(good, 20),
                Changed(good, 47),
                // Whom one token names under the code of another.
                good[..16] + ofOther[16..],
                good[..^1],
                good + "A",
                good.ToUpperInvariant(),
                Base64Url.EncodeToString(new byte[48]),
                "x",
                "",
                new string('A', 100_000),
            }
        )
        {
            refused.Add(await ResetAsync(anyone, token));
        }
        refused.Add(await ResetAsync(anyone, null));

        Assert.All(refused, IsNoLongerGood);
        Assert.Single(refused.Select(x => x.Json["detail"]!.ToString()).Distinct());
        await user.SignInAsync();
        Assert.Equal(OK, (await ResetAsync(anyone, good)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_password_that_may_not_be_leaves_the_link_good(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
            x.Security.RefuseCommonPasswords = true
        );
        using var user = await pamps.RegisterAsync("ana");
        var token = await TokenAsync(user);

        foreach (var weak in new object[] { "short", "password", "aaaaaaaaaaaa", $"my {user.Username}!", 5 })
        {
            (await ResetAsync(user, token, weak)).Blames("password");
        }
        (await ResetAsync(user, "no token", "short")).Blames("token", "password");
        (await user.PostAsync("/user/password/reset/", new { token })).Blames("password");
        (await user.PostAsync("/user/password/reset/", Client.Raw("[]"))).Refused(UnprocessableEntity);
        (await user.PostAsync("/user/password/reset/", Client.Raw("x", "text/plain"))).Refused(
            UnsupportedMediaType
        );

        await user.SignInAsync();
        Assert.Equal(OK, (await ResetAsync(user, token)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_change_of_the_password_and_another_secret_make_links_useless(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, ServerInstances.ShareKey);
        await using var other = await PampsServer.StartAsync(database, x =>
        {
            x.Db.Uri = pamps.Options.Db.Uri;
            x.Security.SecretKey = new string('o', 64);
        });
        using var user = await pamps.RegisterAsync();
        using var elsewhere = other.Anonymous();
        var token = await TokenAsync(user);
        IsNoLongerGood(await ResetAsync(elsewhere, token));

        var change = new { current_password = Client.DefaultPassword, new_password = "another password" };
        Assert.Equal(NoContent, (await user.PostAsync("/user/me/password/", change)).Status);

        IsNoLongerGood(await ResetAsync(user, token));
        await user.SignInAsync("another password");
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_was_turned_away_for_wrong_passwords_may_sign_in_with_the_new_one(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
            x.Security.SignInFailuresPerAccount = 2
        );
        using var user = await pamps.RegisterAsync();
        (await user.TrySignInAsync(user.Username, "wrong")).Refused(Unauthorized);
        (await user.TrySignInAsync(user.Email, "wrong")).Refused(Unauthorized);
        (await user.TrySignInAsync(user.Username, Client.DefaultPassword)).Refused(TooManyRequests);

        Assert.Equal(OK, (await ResetAsync(user, await TokenAsync(user))).Status);

        await user.SignInAsync(New);
    }

    [Theory, OnEachDatabase]
    public async Task An_account_that_is_closed_gets_its_password_and_stays_closed(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        Assert.Equal(OK, (await boss.PatchAsync($"/user/{user.Username}/", new { active = false })).Status);

        Assert.Equal(OK, (await ResetAsync(user, await TokenAsync(user))).Status);

        (await user.TrySignInAsync(user.Username, New)).Refused(Unauthorized);
        Assert.Equal(OK, (await boss.PatchAsync($"/user/{user.Username}/", new { active = true })).Status);
        await user.SignInAsync(New);
    }

    [Theory, OnEachDatabase]
    public async Task Wrong_links_get_slow_for_the_address_and_for_nobody_else(Database database)
    {
        await using var pamps = await SecurityLogs.StartAsync(database, x =>
            x.Security.SignInFailuresPerAccount = 3
        );
        using var user = await pamps.RegisterAsync();
        var token = await TokenAsync(user);
        Task<Answer> FromAsync(string address, string token) =>
            user.SendAsync(
                HttpMethod.Post,
                "/user/password/reset/",
                System.Net.Http.Json.JsonContent.Create(new { token, password = New }),
                ("X-Forwarded-For", address)
            );
        for (var i = 0; i < 3; i++)
        {
            IsNoLongerGood(await FromAsync("192.0.2.1", Changed(token, 30)));
        }

        var slow = await FromAsync("192.0.2.1", token);
        slow.Refused(TooManyRequests);
        Assert.InRange(int.Parse(slow.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 900);
        // Nothing was tried at the account.
        await user.SignInAsync();
        Assert.Equal(OK, (await FromAsync("192.0.2.2", token)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task The_security_log_tells_of_links_their_use_and_wrong_ones(Database database)
    {
        await using var pamps = await SecurityLogs.StartAsync(database, services: new FakeTime().Use);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var token = await TokenAsync(user);
        IsNoLongerGood(await ResetAsync(user, Changed(token, 30)));
        Assert.Equal(OK, (await ResetAsync(user, token)).Status);

        var log = await SecurityLogs.ReadAsync(pamps);
        Assert.Equal(
            [
                ("reset_link_made", user.Id, 0, null),
                ("sign_in_failed", null, null, null),
                ("password_reset", user.Id, null, "link"),
            ],
            log.TakeLast(3).Select(x => (x.Kind, x.UserId, x.ActorId, x.Detail))
        );
        Assert.Equal(log[0].Network, log[^1].Network);
    }

    [Theory, OnEachDatabase]
    public async Task A_superuser_makes_links_for_others_and_nobody_else_does(Database database)
    {
        await using var pamps = await SecurityLogs.StartAsync(database, x =>
            x.Site.Address = "https://pamps.example.org"
        );
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var path = $"/user/{user.Username}/password/token/";

        (await user.PostAsync(path)).Refused(Forbidden);
        (await other.PostAsync(path)).Refused(Forbidden);
        (await anyone.PostAsync(path)).Refused(Unauthorized);
        (await boss.PostAsync("/user/nobody_here/password/token/")).Refused(NotFound);
        var made = await boss.PostAsync($"/user/{user.Username.ToUpperInvariant()}/password/token/");
        Assert.Equal((OK, "no-store"), (made.Status, made.Header("Cache-Control")));
        made.Json.HasFields("username", "token", "link", "expires_at");
        Assert.Equal(user.Username, (string)made["username"]!);
        Assert.Equal(
            $"https://pamps.example.org/reset-password#{(string)made["token"]!}",
            (string)made["link"]!
        );
        boss.Use(await boss.PostAsync("/refresh_token", new { refresh_token = boss.RefreshToken }));
        (await boss.PostAsync(path)).Refused(Unauthorized);

        Assert.Equal(OK, (await ResetAsync(anyone, (string)made["token"]!)).Status);
        await user.SignInAsync(New);
        var log = (await SecurityLogs.ReadAsync(pamps)).Single(x => x.Kind == "reset_link_made");
        Assert.Equal((user.Id, boss.Id), (log.UserId, log.ActorId));
    }

    /// <summary>The token with one of its bytes changed.</summary>
    private static string Changed(string token, int place)
    {
        var bytes = Base64Url.DecodeFromChars(token);
        bytes[place] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }
}
