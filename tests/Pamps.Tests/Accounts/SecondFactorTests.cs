using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Accounts.AuthenticatorApp;

namespace Pamps.Tests.Accounts;

/// <summary>/user/me/second-factor/, and signing in with it.</summary>
public sealed class SecondFactorTests
{
    private static Task<PampsServer> StartAsync(
        Database database,
        FakeTime time,
        Action<PampsOptions>? change = null
    ) => PampsServer.StartAsync(database, change, services: time.Use);

    private static void IsRefused(Answer answer, string code)
    {
        answer.Refused(Unauthorized);
        Assert.Equal(code, (string)answer["code"]!);
    }

    private static async Task IsAsync(Client user, bool enabled, int left)
    {
        var state = await user.GetAsync(Address);
        state.Json.HasFields("enabled", "since", "recovery_codes_left");
        Assert.Equal(
            (enabled, enabled, left),
            ((bool)state["enabled"]!, state["since"] is not null, (int)state["recovery_codes_left"]!)
        );
    }

    [Theory, OnEachDatabase]
    public async Task Signing_in_takes_a_code_once_an_app_was_confirmed(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, time);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);

        // Nothing is asked for as long as the app has shown no code.
        await IsAsync(user, enabled: false, 0);
        (await user.PostAsync($"{Address}confirm/", new { code = "123456" })).Refused(Conflict);
        (await user.PostAsync(Address, new { password = "wrong" })).Blames("password");
        (await user.PostAsync(Address, new { })).Blames("password");
        var forgotten = await BeginAsync(user, time);
        var app = await BeginAsync(user, time);
        (await user.PostAsync($"{Address}confirm/", new { code = forgotten.Next() })).Blames("code");
        (await user.PostAsync($"{Address}confirm/", new { })).Blames("code");
        (await other.PostAsync($"{Address}confirm/", new { code = app.Next() })).Refused(Conflict);
        using var elsewhere = await user.OtherProgramAsync();

        var code = app.Next();
        var confirmed = await user.PostAsync($"{Address}confirm/", new { code });
        Assert.Equal(OK, confirmed.Status);
        var codes = CodesOf(confirmed);
        Assert.Equal(10, codes.Count);
        await IsAsync(user, enabled: true, 10);
        await IsAsync(other, enabled: false, 0);
        // Whoever was in by the password alone is out.
        (await elsewhere.GetAsync("/user/me/")).Refused(Unauthorized);
        (await user.PostAsync(Address, new { password = Client.DefaultPassword })).Refused(Conflict);
        (await user.PostAsync($"{Address}confirm/", new { code = app.Next() })).Refused(Conflict);

        IsRefused(await SignInAsync(user, otp: null), "second_factor_needed");
        IsRefused(await SignInAsync(user, app.Next(), "wrong"), "incorrect_credentials");
        IsRefused(await SignInAsync(user, code), "wrong_second_factor");
        IsRefused(await SignInAsync(user, app.Wrong()), "wrong_second_factor");
        IsRefused(await SignInAsync(user, new string('x', 100_000)), "wrong_second_factor");
        code = app.Next();
        Assert.Equal(OK, (await SignInAsync(user, code)).Status);
        IsRefused(await SignInAsync(user, code), "wrong_second_factor");
        // It is the user's alone, and the user's cannot be had with another's.
        IsRefused(await SignInAsync(user, (await SetUpAsync(other, time)).Codes[0]), "wrong_second_factor");
        Assert.Equal(OK, (await SignInAsync(user, codes[0].ToUpperInvariant())).Status);
        IsRefused(await SignInAsync(user, codes[0]), "wrong_second_factor");
        await IsAsync(user, enabled: true, 9);
        // A browser's sign-in asks for it as well.
        var body = new { username = user.Username, password = Client.DefaultPassword };
        IsRefused(await browser.SendAsync(HttpMethod.Post, "/session/", body), "second_factor_needed");
        var number = new
        {
            body.username,
            body.password,
            otp = 123456,
        };
        (await browser.SendAsync(HttpMethod.Post, "/session/", number)).Blames("otp");
        var withCode = new
        {
            username = user.Email,
            password = Client.DefaultPassword,
            otp = app.Next(),
        };
        Assert.Equal(OK, (await browser.SendAsync(HttpMethod.Post, "/session/", withCode)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_new_password_keeps_it_and_it_is_renewed_and_removed_with_password_and_code(
        Database database
    )
    {
        const string New = "a new long password";
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, time);
        using var user = await pamps.RegisterAsync();
        var (app, codes) = await SetUpAsync(user, time);
        var ct = TestContext.Current.CancellationToken;

        var make = pamps.Services.GetRequiredService<MakeResetToken>();
        var token = (await make.RunAsync(Viewer.Operator, user.Username, ct)).Value.Value;
        Assert.Equal(
            OK,
            (await user.PostAsync("/user/password/reset/", new { token, password = New })).Status
        );
        IsRefused(await SignInAsync(user, otp: null, New), "second_factor_needed");
        user.Use(await SignInAsync(user, app.Next(), New));

        var path = $"{Address}recovery-codes/";
        (await user.PostAsync(path, new { password = "wrong", code = app.Next() })).Blames("password");
        (await user.PostAsync(path, new { password = New, code = app.Wrong() })).Blames("code");
        (await user.PostAsync(path, new { password = New })).Blames("code");
        var renewed = CodesOf(await user.PostAsync(path, new { password = New, code = codes[1] }));
        Assert.Empty(codes.Intersect(renewed));
        IsRefused(await SignInAsync(user, codes[2], New), "wrong_second_factor");
        Assert.Equal(OK, (await SignInAsync(user, renewed[0], New)).Status);

        (await RemoveAsync("wrong", app.Next())).Blames("password");
        (await RemoveAsync(New, codes[2])).Blames("code");
        (await RemoveAsync(New, null)).Blames("code");
        await IsAsync(user, enabled: true, 9);
        Assert.Equal(NoContent, (await RemoveAsync(New, app.Next())).Status);
        await IsAsync(user, enabled: false, 0);
        Assert.Equal(OK, (await SignInAsync(user, otp: null, New)).Status);
        // A code that is not asked for is not looked at.
        Assert.Equal(OK, (await SignInAsync(user, renewed[1], New)).Status);
        (await RemoveAsync(New, app.Next())).Refused(Conflict);
        (await user.PostAsync(path, new { password = New, code = renewed[1] })).Refused(Conflict);

        Task<Answer> RemoveAsync(string password, string? code) =>
            user.SendAsync(
                HttpMethod.Delete,
                Address,
                System.Net.Http.Json.JsonContent.Create(new { password, code })
            );
    }

    [Theory, OnEachDatabase]
    public async Task Of_uses_of_a_code_at_once_one_wins_and_no_login_without_one_outlives_the_first(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, time);
        using var user = await pamps.RegisterAsync();
        var first = await BeginAsync(user, time);
        var code = first.Next();

        var answers = await Together.AtOnceAsync(i =>
            i % 4 == 0 ? user.PostAsync($"{Address}confirm/", new { code }) : SignInAsync(user, otp: null)
        );
        var confirmed = Assert.Single(answers, x => x.Status == OK && x["recovery_codes"] is not null);
        var codes = CodesOf(confirmed);
        var own = user.AccessToken;
        foreach (var tokens in answers.Where(x => x.Status == OK && x["access_token"] is not null))
        {
            user.UseAccessToken((string)tokens["access_token"]!);
            (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        }
        user.UseAccessToken(own);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);

        code = first.Next();
        (await Together.AtOnceAsync(() => SignInAsync(user, code))).Split(1, OK, others: Unauthorized);
        (await Together.AtOnceAsync(() => SignInAsync(user, codes[0]))).Split(1, OK, others: Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task Wrong_codes_count_as_wrong_passwords_and_the_password_alone_forgives_none(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, time, x =>
            x.Security.SignInFailuresPerAccount = 3
        );
        using var user = await pamps.RegisterAsync();
        var (app, _) = await SetUpAsync(user, time);

        for (var i = 0; i < 3; i++)
        {
            IsRefused(await SignInAsync(user, otp: null), "second_factor_needed");
            IsRefused(await SignInAsync(user, app.Wrong()), "wrong_second_factor");
        }
        (await SignInAsync(user, app.Next())).Refused(TooManyRequests);

        time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(OK, (await SignInAsync(user, app.Next())).Status);
    }
}
