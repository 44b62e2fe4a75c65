using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Server.Settings;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /user/: every rule, and how a refusal names the field.</summary>
public sealed class RegistrationRulesTests
{
    private static async Task<Answer> RegisterAsync(Database database, params (string, JsonNode?)[] fields)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        var body = Together.Registration(Together.NewName());
        foreach (var (field, value) in fields)
        {
            body[field] = value;
        }
        return await anyone.PostAsync("/user/", body);
    }

    [Theory, OnEachDatabase]
    public async Task A_user_name_breaks_no_rule(Database database)
    {
        string?[] wrong =
        [
            null,
            "",
            "a",
            new('a', 31),
            "1ab",
            "_ab",
            "a b",
            "a-b",
            "a.b",
            "ab\n",
            " ab",
            "äb",
            "aб",
            "a\u0000b",
            "a@b.org",
            "ab😀",
        ];
        foreach (var name in wrong)
        {
            (await RegisterAsync(database, ("username", name))).Blames("username");
        }
        var suffix = Guid.NewGuid().ToString("N")[..24];
        foreach (var name in new[] { $"A{suffix}", $"z_{suffix}____", $"Z9{suffix}" })
        {
            Assert.Equal(Created, (await RegisterAsync(database, ("username", name))).Status);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Reserved_names_are_refused_whatever_their_case(Database database)
    {
        Assert.Superset(
            new HashSet<string> { "me", "follow", "timeline", "likes" },
            new HashSet<string>(Names.Reserved)
        );
        Assert.Superset(
            new HashSet<string> { "admin", "root", "support", "official", "system", "moderator", "pamps" },
            new HashSet<string>(Names.Official)
        );
        foreach (
            var name in Names.Reserved.Concat(Names.Official).Concat(["ME", "Follow", "tImeLine", "ADMIN"])
        )
        {
            (await RegisterAsync(database, ("username", name))).Blames("username");
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_email_address_breaks_no_rule(Database database)
    {
        string?[] wrong =
        [
            null,
            "",
            " ",
            "plain",
            "@example.org",
            "a@",
            "a b@example.org",
            "a@b@c",
            "A <a@example.org>",
            "a@example.org\r\nBcc: b@example.org",
            "a\u0000@example.org",
            new string('a', 243) + "@example.org",
            "a@localhost",
            "a@example.",
            "a@.org",
            "a@example..org",
            "a\u200B@example.org",
            "a@exam\u00ADple.org",
            "a\u202E@example.org",
            "a\u3164@example.org",
            "a\uFE0F@example.org",
            "a\u2800@example.org",
            "a\U000E0041@example.org",
        ];
        foreach (var email in wrong)
        {
            (await RegisterAsync(database, ("email", email))).Blames("email");
        }
        var longest = Guid.NewGuid().ToString("N").PadRight(254 - 12, 'x') + "@example.org";
        Assert.Equal(Created, (await RegisterAsync(database, ("email", longest))).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_password_breaks_no_rule(Database database)
    {
        foreach (var password in new[] { null, "", "1234567", new string('p', 257) })
        {
            (await RegisterAsync(database, ("password", password))).Blames("password");
        }
        foreach (var password in new[] { "x1234567", new string('p', 256), "pässwörter 😀" })
        {
            Assert.Equal(Created, (await RegisterAsync(database, ("password", password))).Status);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_password_that_is_easily_guessed_is_refused_where_common_ones_are(Database database)
    {
        await using var strict = await PampsServer.StartAsync(database, x =>
            x.Security.RefuseCommonPasswords = true
        );
        using var user = await strict.RegisterAsync("Anahi");
        using var anyone = strict.Anonymous();
        var (name, email) = (user.Username, user.Email);

        await RefusedAsync("holds_a_name", name);
        await RefusedAsync("holds_a_name", $"my {name.ToUpperInvariant()}!");
        await RefusedAsync("holds_a_name", $"{email} and more");
        await RefusedAsync("holds_a_name", "Pamps-pamps-2026");
        await RefusedAsync("one_sign", "zzzzzzzzzzzzzzzz");
        await RefusedAsync("one_sign", "ZzZzZzZzZzZz");
        await RefusedAsync("one_sign", string.Concat(Enumerable.Repeat("😀", 10)));
        var shortName = Together.Registration("lu");
        shortName["password"] = "LuluLulu";
        (await anyone.PostAsync("/user/", shortName)).Blames("password");
        shortName["password"] = "a lute and a bass";
        Assert.Equal(Created, (await anyone.PostAsync("/user/", shortName)).Status);

        async Task RefusedAsync(string code, string password)
        {
            var body = Together.Registration(name);
            body["password"] = password;
            var registered = await anyone.PostAsync("/user/", body);
            registered.Blames("password");
            Assert.Equal(code, (string)registered["codes"]!["password"]![0]!);
            var changed = await user.PostAsync(
                "/user/me/password/",
                new { current_password = Client.DefaultPassword, new_password = password }
            );
            changed.Blames("new_password");
            Assert.Equal(code, (string)changed["codes"]!["new_password"]![0]!);
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_avatar_breaks_no_rule(Database database)
    {
        string[] wrong =
        [
            "",
            "a.png",
            "/a.png",
            "//example.org/a.png",
            "ftp://example.org/a.png",
            "javascript:alert(1)",
            "data:image/png;base64,AAAA",
            "http://",
            "https://example.org/a b",
            "https://example.org/\n",
            "https://user:secret@example.org/",
            "https://@example.org/a.png",
            "https://example.org\\@elsewhere.example/a.png",
            @"https:\\example.org\a.png",
            "https:example.org/a.png",
            "http://example.org/a.png",
            "https://192.168.1.1/",
            "https://3232235777/a.png",
            "https://0xc0a80101/a.png",
            "https://0300.0250.1.1/a.png",
            "https://0x7f.1/a.png",
            "https://127.1/a.png",
            "https://127.0.0.1./a.png",
            "https://127.0.0.0x1:443/a.png",
            "https://１２７.0.0.1/a.png",
            "https://127。0。0。1/a.png",
            "https://127.0.0.%31/a.png",
            @"https://127.0.0.1\.example.org/a.png",
            "https://[::1]/a.png",
            "https://[::ffff:192.168.1.1]/a.png",
            "https://router/a.png",
            "https://router./a.png",
            "https://localhost/a.png",
            "https://a.LocalHost/a.png",
            "https://localhost./a.png",
            "https://ｌｏｃａｌ\u00ADhost/a.png",
            "https://nas.local/a.png",
            "https://nas.local?x",
            "https://nas.ｌｏｃａｌ/a.png",
            "https://a.internal",
            "https://a.home.arpa/a.png",
            "https://example.org:8443/a.png",
            "https://example.org:80/a.png",
            "https://example.org:0443/a.png",
            "https://.example.org/a.png",
            "https://example..org/a.png",
            "https://example.org\uFFFF/a.png",
            "https://example.org/\uFFFE.png",
            "https://example.org/\uFFFF.png",
            "https://example.org/\uFDD0.png",
            "https://example.org/" + new string('a', 2029),
        ];
        foreach (var avatar in wrong)
        {
            (await RegisterAsync(database, ("avatar", avatar))).Blames("avatar");
        }
        string[] right =
        [
            "https://a.example",
            "HTTPS://A-1.xn--bcher-kva.Example:443/a.png?b=//localhost/#京都",
            "https://localhost.example.org/127.0.0.1",
            "https://1.2.3.4.example/a.png",
            "https://example.org/" + new string('a', 2028),
        ];
        foreach (var avatar in right)
        {
            var user = await RegisterAsync(database, ("avatar", avatar));
            Assert.Equal(avatar, (string)user["avatar"]!);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_bio_breaks_no_rule(Database database)
    {
        foreach (var bio in new[] { new string('b', 501), "a\u0000b", "bell\a" })
        {
            (await RegisterAsync(database, ("bio", bio))).Blames("bio");
        }
        var longest = string.Concat(Enumerable.Repeat("😀", 500));
        Assert.Equal(longest, (string)(await RegisterAsync(database, ("bio", longest)))["bio"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Everything_that_is_wrong_is_told_at_once(Database database)
    {
        var answer = await RegisterAsync(
            database,
            ("username", "1"),
            ("email", "x"),
            ("password", "x"),
            ("avatar", "x"),
            ("bio", new string('b', 501))
        );

        answer.Blames("username", "email", "password", "avatar", "bio");
    }

    [Theory, OnEachDatabase]
    public async Task A_field_of_the_wrong_type_is_named(Database database)
    {
        foreach (var field in new[] { "email", "username", "password", "avatar", "bio" })
        {
            (await RegisterAsync(database, (field, 5))).Blames(field);
            (await RegisterAsync(database, (field, new JsonArray("x")))).Blames(field);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Each_environment_has_its_password_rules(Database database)
    {
        Assert.Equal(Created, await TryAsync("Development", "1234"));
        Assert.Equal(UnprocessableEntity, await TryAsync("Development", "123"));
        Assert.Equal(UnprocessableEntity, await TryAsync("Production", "x3k!9aZ"));
        Assert.Equal(Created, await TryAsync("Production", "x3k!9aZq"));
        Assert.Equal(UnprocessableEntity, await TryAsync("Production", "password1"));
        Assert.Equal(UnprocessableEntity, await TryAsync("Production", "PassWord1"));

        async Task<System.Net.HttpStatusCode> TryAsync(string environment, string password)
        {
            var rules = SettingsLayers
                .Build(environment, new Dictionary<string, string?>())
                .Get<PampsOptions>()!
                .Security;
            await using var pamps = await PampsServer.StartAsync(
                database,
                x =>
                {
                    x.Security.PasswordMinLength = rules.PasswordMinLength;
                    x.Security.RefuseCommonPasswords = rules.RefuseCommonPasswords;
                    x.Security.PasswordIterations = SecurityOptions.FewestIterations;
                },
                environment
            );
            using var anyone = pamps.Anonymous();
            var body = Together.Registration("somebody");
            body["password"] = password;
            var answer = await anyone.PostAsync("/user/", body);
            if (answer.Status != Created)
            {
                answer.Blames("password");
            }
            return answer.Status;
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_site_reserves_names_and_takes_no_addresses_of_some_domains(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            x.Moderation.ReservedNames = "Mayor, town_hall";
            x.Moderation.BlockedEmailDomains = "mailinator.example, spam.test";
        });
        using var anyone = pamps.Anonymous();

        var refused = await RegisterAsync("Mayor", "a@sub.MAILINATOR.example");
        refused.Blames("email", "username");
        Assert.Equal("reserved", (string)refused["codes"]!["username"]![0]!);
        Assert.Equal("blocked_domain", (string)refused["codes"]!["email"]![0]!);
        (await RegisterAsync("ana", "a@spam.test")).Blames("email");
        Assert.Equal(Created, (await RegisterAsync("mayors", "a@notspam.test")).Status);

        Task<Answer> RegisterAsync(string username, string email) =>
            anyone.PostAsync(
                "/user/",
                new
                {
                    username,
                    email,
                    password = Client.DefaultPassword,
                }
            );
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_registers_from_a_blocked_network_nor_do_simple_programs(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            x.Http.TrustedProxies = "127.0.0.1, ::1";
            x.Moderation.BlockedNetworks = "192.0.2.0/24, 2001:db8::/32";
        });
        using var anyone = pamps.Anonymous();

        foreach (var (field, value) in new (string, JsonNode)[] { ("website", "x"), ("filled_in_ms", 1_999) })
        {
            var refused = await RegisterAsync("198.51.100.1", (field, value));
            Assert.Equal((Forbidden, "registration_not_taken"), (refused.Status, (string)refused["code"]!));
        }
        var taken = await RegisterAsync("198.51.100.1", ("website", ""), ("filled_in_ms", 2_000));
        Assert.Equal(Created, taken.Status);

        foreach (var address in new[] { "192.0.2.255", "::ffff:192.0.2.1", "2001:db8:1::1" })
        {
            var blocked = await RegisterAsync(address);
            Assert.Equal((Forbidden, "network_blocked"), (blocked.Status, (string)blocked["code"]!));
        }
        foreach (var address in new[] { "192.0.3.1", "2001:db9::1" })
        {
            Assert.Equal(Created, (await RegisterAsync(address)).Status);
        }

        Task<Answer> RegisterAsync(string address, params (string, JsonNode)[] fields)
        {
            var body = Together.Registration(Together.NewName());
            foreach (var (field, value) in fields)
            {
                body[field] = value;
            }
            return anyone.PostAsync("/user/", body, ("X-Forwarded-For", address));
        }
    }
}
