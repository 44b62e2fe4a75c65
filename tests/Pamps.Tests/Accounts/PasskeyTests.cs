using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Audit;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using Pamps.Tests.Moderation;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Accounts.PasskeyDevice;

namespace Pamps.Tests.Accounts;

/// <summary>/user/me/passkeys/, and signing in with them.</summary>
public sealed class PasskeyTests
{
    internal static Task<PampsServer> StartAsync(
        Database database,
        FakeTime? time = null,
        Action<PampsOptions>? change = null
    ) =>
        PampsServer.StartAsync(
            database,
            x =>
            {
                x.Site.Address = PasskeyDevice.Site;
                change?.Invoke(x);
            },
            services: time is null ? null : time.Use
        );

    internal static void IsRefused(Answer answer, string code)
    {
        answer.Refused(
            code switch
            {
                "account_suspended" => Forbidden,
                "not_suspended" => Conflict,
                _ => Unauthorized,
            }
        );
        Assert.Equal(code, (string)answer["code"]!);
        Assert.Null(answer["access_token"]);
    }

    private static Task<Answer> RemoveAsync(Client user, long id, string password = Client.DefaultPassword) =>
        user.SendAsync(
            HttpMethod.Delete,
            $"{Address}{id}/",
            System.Net.Http.Json.JsonContent.Create(new { password })
        );

    [Theory, OnEachDatabase]
    public async Task Who_has_added_one_signs_in_with_it_and_no_name_nor_password(Database database)
    {
        await using var pamps = await StartAsync(database);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var nobody = pamps.Anonymous();
        using var browser = new Browser(pamps);
        using var device = new PasskeyDevice();

        Assert.True((bool)(await nobody.GetAsync("/config/"))["passkeys"]!);
        (await nobody.GetAsync(Address)).Refused(Unauthorized);
        (await nobody.PostAsync($"{Address}options/", new { })).Refused(Unauthorized);
        (await nobody.PostAsync(Address, new { })).Refused(Unauthorized);
        (await RemoveAsync(nobody, 1)).Refused(Unauthorized);
        (await user.PostAsync($"{Address}options/", new { password = "wrong" })).Blames("password");
        (await user.PostAsync($"{Address}options/", new { })).Blames("password");
        var begun = await BeginAsync(user);
        begun.Json.HasFields("options", "state");
        var options = begun["options"]!;
        Assert.Equal("pamps.example.org", (string)options["rp"]!["id"]!);
        Assert.Equal(user.Username, (string)options["user"]!["name"]!);
        Assert.Equal("required", (string)options["authenticatorSelection"]!["userVerification"]!);
        Assert.Equal("required", (string)options["authenticatorSelection"]!["residentKey"]!);

        // What is wrong with it is said before anything is kept, and the challenge is good as long as nothing was.
        (await device.AddAsync(user, begun, " ")).Blames("name");
        (await device.AddAsync(user, begun, new string('x', 51))).Blames("name");
        (await user.PostAsync(Address, new { name = "x", state = (string)begun["state"]! })).Blames(
            "credential"
        );
        (await device.AddAsync(other, begun)).Blames("credential");
        Assert.Empty((await user.GetAsync(Address)).Items);
        var added = await device.AddAsync(user, begun, " My  telephone ");
        Assert.Equal(Created, added.Status);
        added.Json.HasFields("id", "name", "created_at", "last_used_at");
        var id = (long)added["id"]!;
        Assert.Equal($"{Address}{id}/", added.Header("Location"));
        Assert.Equal("My telephone", (string)(await user.GetAsync(Address)).Items.Single()!["name"]!);
        Assert.Empty((await other.GetAsync(Address)).Items);
        // A device that has one makes no other, and nobody else has the same.
        var again = await BeginAsync(user);
        Assert.Equal(
            System.Buffers.Text.Base64Url.EncodeToString(device.Id),
            (string)again["options"]!["excludeCredentials"]!.AsArray().Single()!["id"]!
        );
        Assert.Equal((string)options["user"]!["id"]!, (string)again["options"]!["user"]!["id"]!);
        using var copy = new PasskeyDevice { Id = device.Id };
        Assert.Equal("passkey_taken", (string)(await copy.AddAsync(other, await BeginAsync(other)))["code"]!);

        var (asked, cookie) = await AskAsync(browser);
        Assert.Empty(asked["allowCredentials"]!.AsArray());
        var signedIn = await SignInAsync(browser, device.Answer(asked), cookie);
        Assert.Equal(OK, signedIn.Status);
        browser.Keep(signedIn);
        Assert.Equal(user.Username, (string)(await browser.GetAsync("/user/me/"))["username"]!);
        Assert.NotNull((await user.GetAsync(Address)).Items.Single()!["last_used_at"]);
        // It is a fresh login, as one with a password is, until it is refreshed.
        using var viaPasskey = new Client(pamps, user.Username, user.Id);
        viaPasskey.UseAccessToken(browser.AccessToken);
        await AuthenticatorApp.BeginAsync(viaPasskey, new FakeTime());
        browser.Keep(await browser.RefreshAsync());
        viaPasskey.UseAccessToken(browser.AccessToken);
        var password = new { password = Client.DefaultPassword };
        IsRefused(await viaPasskey.PostAsync(AuthenticatorApp.Address, password), "not_fresh");

        (await other.PatchAsync($"{Address}{id}/", new { name = "Mine" })).Refused(NotFound);
        (await user.PatchAsync($"{Address}{id}/", new { name = "" })).Blames("name");
        Assert.Equal(
            "Key",
            (string)(await user.PatchAsync($"{Address}{id}/", new { name = "Key" }))["name"]!
        );
        (await RemoveAsync(other, id)).Refused(NotFound);
        (await RemoveAsync(user, id, "wrong")).Blames("password");
        Assert.Equal(OK, (await device.SignInAsync(browser)).Status);
        Assert.Equal(NoContent, (await RemoveAsync(user, id)).Status);
        (await RemoveAsync(user, id)).Refused(NotFound);
        IsRefused(await device.SignInAsync(browser), "wrong_passkey");
        // Pages of other sites ask for nothing here.
        (await browser.SendAsOtherAsync(HttpMethod.Get, Session, null)).Refused(Forbidden);

        await using var without = await PampsServer.StartAsync(database);
        using var there = await without.RegisterAsync();
        using var elsewhere = new Browser(without);
        Assert.False((bool)(await there.GetAsync("/config/"))["passkeys"]!);
        (await elsewhere.SendAsync(HttpMethod.Get, Session)).Refused(Conflict);
        (await there.PostAsync($"{Address}options/", new { password = Client.DefaultPassword })).Refused(
            Conflict
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_is_not_right_in_every_part_signs_nobody_in(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, time);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        using var othersBrowser = new Browser(pamps);

        using var device = new PasskeyDevice();
        var begun = await BeginAsync(user);
        await WrongAsync(x => x.AddAsync(user, begun), x => x.Blames("credential"));
        using var login = await user.OtherProgramAsync();
        (await device.AddAsync(login, begun)).Blames("credential");
        Assert.Equal(Created, (await device.AddAsync(user, begun)).Status);
        using (var second = new PasskeyDevice())
        {
            (await second.AddAsync(user, begun)).Blames("credential");
            var late = await BeginAsync(user);
            time.Advance(TimeSpan.FromMinutes(5));
            (await second.AddAsync(user, late)).Blames("credential");
        }

        await WrongAsync(x => x.SignInAsync(browser), x => IsRefused(x, "wrong_passkey"));
        await WithAsync(x => x.Forges = true);
        await WithAsync(x => x.Handle = "b3RoZXI");
        using (var unknown = new PasskeyDevice())
        {
            await BeginAsync(user);
            IsRefused(await unknown.SignInAsync(browser), "wrong_passkey");
            // Another's key under this one's name.
            unknown.Make((await BeginAsync(user))["options"]!);
            unknown.Id = device.Id;
            unknown.Handle = (string)(await BeginAsync(user))["options"]!["user"]!["id"]!;
            IsRefused(await unknown.SignInAsync(browser), "wrong_passkey");
        }

        var (options, cookie) = await AskAsync(browser);
        var (others, othersCookie) = await AskAsync(othersBrowser);
        IsRefused(await SignInAsync(browser, device.Answer(options), othersCookie), "wrong_passkey");
        IsRefused(await SignInAsync(browser, device.Answer(options), ""), "passkey_too_late");
        IsRefused(await SignInAsync(browser, device.Answer(options), cookie[..^1]), "passkey_too_late");
        IsRefused(
            await SignInAsync(browser, device.Answer(options), $"{cookie}; {othersCookie}"),
            "passkey_too_late"
        );
        IsRefused(
            await SignInAsync(browser, device.Answer(options), $"pamps_passkey={begun["state"]}"),
            "passkey_too_late"
        );
        var right = device.Answer(options);
        var taken = device.Count;
        Assert.Equal(OK, (await SignInAsync(browser, right, cookie)).Status);
        IsRefused(await SignInAsync(browser, right, cookie), "wrong_passkey");
        IsRefused(await SignInAsync(browser, device.Answer(options), cookie), "wrong_passkey");
        time.Advance(TimeSpan.FromMinutes(5));
        IsRefused(await SignInAsync(othersBrowser, device.Answer(others), othersCookie), "passkey_too_late");
        foreach (
            var body in new object[] { new { }, new { credential = "x" }, new { credential = (object?)null } }
        )
        {
            (await browser.SendAsync(HttpMethod.Post, Session, body)).Blames("credential");
        }
        (_, cookie) = await AskAsync(browser);
        foreach (var garbage in new[] { "{}", """{"id":1}""", """{"id":"*"}""", """{"id":"\ud800"}""" })
        {
            var body = Client.Raw($$"""{ "credential": {{garbage}} }""");
            IsRefused(
                await browser.SendAsync(HttpMethod.Post, Session, body, ("Cookie", cookie)),
                "wrong_passkey"
            );
        }

        // A counter that stands still or goes back: there are two of it.
        device.Count = taken - 1;
        IsRefused(await device.SignInAsync(browser), "wrong_passkey");
        device.Count = 0;
        IsRefused(await device.SignInAsync(browser), "wrong_passkey");
        Assert.Contains(await SecurityLogs.ReadAsync(pamps), x =>
            x.Kind == SecurityEventKinds.PasskeyRefused && x.Username == user.Username
        );
        device.Count = 100;
        Assert.Equal(OK, (await device.SignInAsync(browser)).Status);
        // One that counts nothing says so each time.
        using var uncounted = new PasskeyDevice { Counts = false };
        Assert.Equal(Created, (await uncounted.AddAsync(other, await BeginAsync(other))).Status);
        Assert.Equal(OK, (await uncounted.SignInAsync(browser)).Status);
        Assert.Equal(OK, (await uncounted.SignInAsync(browser)).Status);

        async Task WrongAsync(Func<PasskeyDevice, Task<Answer>> send, Action<Answer> isRefused)
        {
            var origin = device.Origin;
            foreach (
                var wrong in new[]
                {
                    "https://pamps.example.com",
                    "https://pamps.example.org.evil.example",
                    "https://evil.pamps.example.org",
                    "http://pamps.example.org",
                    "https://pamps.example.org:8443",
                    "https://pamps.example.org/",
                    "",
                }
            )
            {
                device.Origin = wrong;
                isRefused(await send(device));
            }
            device.Origin = origin;
            device.Domain = "example.org";
            isRefused(await send(device));
            device.Domain = "pamps.example.org";
            device.CrossOrigin = true;
            isRefused(await send(device));
            device.CrossOrigin = false;
            // Not unlocked; nobody there.
            foreach (var flags in new byte[] { 0x01, 0x04 })
            {
                device.Flags = flags;
                isRefused(await send(device));
            }
            device.Flags = 0x05;
        }

        async Task WithAsync(Action<PasskeyDevice> change)
        {
            change(device);
            IsRefused(await device.SignInAsync(browser), "wrong_passkey");
            (device.Forges, device.Handle) = (false, null);
        }
    }

    [Theory, OnEachDatabase]
    public async Task It_is_a_second_factor_beside_the_password_and_outlives_a_new_one(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await StartAsync(database, time);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        var ct = TestContext.Current.CancellationToken;

        // A passkey asks nobody for more than the password who has set up no app.
        using (await OfAsync(user))
        {
            Assert.Equal(OK, (await WithPasswordAsync(null)).Status);
        }
        var (app, codes) = await AuthenticatorApp.SetUpAsync(user, time);
        (await user.PostAsync($"{Address}options/", new { password = Client.DefaultPassword })).Blames(
            "code"
        );
        (
            await user.PostAsync(
                $"{Address}options/",
                new { password = Client.DefaultPassword, code = app.Wrong() }
            )
        ).Blames("code");
        using var device = await OfAsync(user, app.Next());
        using var othersDevice = await OfAsync(other);

        IsRefused(await WithPasswordAsync(null), "second_factor_needed");
        IsRefused(await WithPasswordAsync(othersDevice), "wrong_second_factor");
        var (options, cookie) = await AskAsync(browser);
        IsRefused(await SendAsync(device.Answer(options), cookie, "wrong"), "incorrect_credentials");
        IsRefused(
            await SendAsync(device.Answer(options), "", Client.DefaultPassword),
            "second_factor_needed"
        );
        var right = device.Answer(options);
        var opened = await SendAsync(right, cookie, Client.DefaultPassword);
        Assert.Equal(OK, opened.Status);
        Assert.Contains("pamps_passkey=;", opened.Header("Set-Cookie"), StringComparison.Ordinal);
        IsRefused(await SendAsync(right, cookie, Client.DefaultPassword), "wrong_second_factor");
        // Where a code is given, it decides.
        IsRefused(await WithPasswordAsync(device, otp: app.Wrong()), "wrong_second_factor");
        Assert.Equal(OK, (await WithPasswordAsync(device, otp: codes[0])).Status);
        // Without the password it is as much as both.
        Assert.Equal(OK, (await device.SignInAsync(browser)).Status);

        var make = pamps.Services.GetRequiredService<MakeResetToken>();
        var token = (await make.RunAsync(Viewer.Operator, user.Username, ct)).Value.Value;
        var reset = new { token, password = "a new long password" };
        Assert.Equal(OK, (await user.PostAsync("/user/password/reset/", reset)).Status);
        Assert.Equal(OK, (await device.SignInAsync(browser)).Status);

        // Whoever is suspended is told so, as with the password, and only by a right one.
        await boss.SignInAsync();
        Assert.Equal(OK, (await boss.ActAsync(user, "suspend")).Status);
        IsRefused(await device.SignInAsync(browser), "account_suspended");
        // And reads why, and appeals, each with an answer of its own.
        (options, cookie) = await AskAsync(browser);
        right = device.Answer(options);
        IsRefused(await WhyAsync(right, ""), "passkey_too_late");
        IsRefused(await WhyAsync(othersDevice.Answer(options), cookie, "not theirs"), "not_suspended");
        (options, cookie) = await AskAsync(browser);
        right = device.Answer(options);
        Assert.Equal("suspend", (string)(await WhyAsync(right, cookie))["action"]!);
        IsRefused(await WhyAsync(right, cookie, "please"), "wrong_passkey");
        (options, cookie) = await AskAsync(browser);
        var appealed = await WhyAsync(device.Answer(options), cookie, "please");
        Assert.Equal((OK, "please"), (appealed.Status, (string?)appealed["appeal"]));
        device.Forges = true;
        IsRefused(await device.SignInAsync(browser), "wrong_passkey");
        (options, cookie) = await AskAsync(browser);
        IsRefused(await WhyAsync(device.Answer(options), cookie), "wrong_passkey");
        device.Forges = false;
        Assert.Equal(OK, (await boss.ActAsync(user, "restore")).Status);
        Assert.Equal(OK, (await device.SignInAsync(browser)).Status);

        // What the operator removes for who has lost the app are the passkeys, too.
        var remove = pamps.Services.GetRequiredService<SetUpSecondFactor>();
        Assert.False((await remove.UndoForAsync(Viewer.Operator, user.Username, ct)).IsRefused(out _));
        IsRefused(await device.SignInAsync(browser), "wrong_passkey");
        Assert.True((await remove.UndoForAsync(Viewer.Operator, user.Username, ct)).IsRefused(out _));
        Assert.False((await remove.UndoForAsync(Viewer.Operator, other.Username, ct)).IsRefused(out _));
        IsRefused(await othersDevice.SignInAsync(browser), "wrong_passkey");

        Task<Answer> WhyAsync(JsonNode passkey, string cookie, string? text = null) =>
            browser.SendAsync(
                HttpMethod.Post,
                "/user/suspension/",
                new { passkey, text },
                ("Cookie", cookie)
            );

        async Task<Answer> WithPasswordAsync(PasskeyDevice? device, string? otp = null)
        {
            var (options, cookie) = await AskAsync(browser);
            return await SendAsync(device?.Answer(options), cookie, Client.DefaultPassword, otp);
        }

        Task<Answer> SendAsync(JsonNode? passkey, string cookie, string password, string? otp = null) =>
            browser.SendAsync(
                HttpMethod.Post,
                "/session/",
                new
                {
                    username = user.Username,
                    password,
                    otp,
                    passkey,
                },
                ("Cookie", cookie)
            );
    }
}
