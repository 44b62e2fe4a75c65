using System.Text.Json.Nodes;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /token: who gets in, and what the others are told.</summary>
public sealed class SignInTests
{
    [Theory, OnEachDatabase]
    public async Task A_sign_in_gives_exactly_the_promised_fields(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        var tokens = await user.TrySignInAsync(user.Username, Client.DefaultPassword);

        Assert.Equal(OK, tokens.Status);
        tokens.Json.HasFields("access_token", "refresh_token", "token_type", "expires_in");
        Assert.Equal("bearer", (string)tokens["token_type"]!);
        Assert.InRange((long)tokens["expires_in"]!, 1790, 1800);
        Assert.Equal("no-store", tokens.Header("Cache-Control"));
        var claims = Forge.Payload((string)tokens["access_token"]!);
        Assert.Equal(user.Username, (string)claims["sub"]!);
        Assert.Equal("access_token", (string)claims["scope"]!);
        Assert.True((bool)claims["fresh"]!);
        Assert.Equal(1800, (long)claims["exp"]! - (long)claims["iat"]!);
        var refresh = Forge.Payload((string)tokens["refresh_token"]!);
        Assert.Equal("refresh_token", (string)refresh["scope"]!);
        Assert.Equal(36000, (long)refresh["exp"]! - (long)refresh["iat"]!);
        Assert.NotEqual((string)claims["jti"]!, (string)refresh["jti"]!);
    }

    [Theory, OnEachDatabase]
    public async Task One_signs_in_by_name_or_email_address_whatever_the_case(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        string[] names =
        [
            user.Username,
            user.Username.ToUpperInvariant(),
            user.Email,
            user.Email.ToUpperInvariant(),
        ];
        foreach (var name in names)
        {
            var tokens = await user.TrySignInAsync(name, Client.DefaultPassword);
            Assert.Equal(OK, tokens.Status);
            Assert.Equal(user.Username, (string)Forge.Payload((string)tokens["access_token"]!)["sub"]!);
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_words(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        (string, string)[] tries =
        [
            (user.Username, "wrong password"),
            (user.Username, Client.DefaultPassword.ToUpperInvariant()),
            (user.Username, Client.DefaultPassword + " "),
            (user.Email, "wrong password"),
            (Together.NewName(), Client.DefaultPassword),
            ($"{Together.NewName()}@example.org", Client.DefaultPassword),
            ("%", Client.DefaultPassword),
            (user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), Client.DefaultPassword),
        ];
        foreach (var (name, password) in tries)
        {
            var answer = await user.TrySignInAsync(name, password);
            Assert.Equal("Incorrect username or password", answer.Refused(Unauthorized));
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_fields_of_the_OAuth2_password_form_are_taken(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        foreach (var grant in new[] { "password", "" })
        {
            var answer = await SendAsync(user, ("grant_type", grant), ("scope", "a b"), ("client_id", "x"));
            Assert.Equal(OK, answer.Status);
        }
        (await SendAsync(user, ("grant_type", "client_credentials"))).Blames("grant_type");
    }

    [Theory, OnEachDatabase]
    public async Task A_form_without_name_or_password_is_refused(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        (await SendAsync(user, ("username", ""))).Blames("username");
        (await SendAsync(user, ("password", ""))).Blames("password");
        var nothing = await user.SendAsync(HttpMethod.Post, "/token", new FormUrlEncodedContent([]));
        nothing.Blames("username", "password");
        (await SendAsync(user, ("username", "a\0b"))).Blames("body");
        var json = await user.PostAsync("/token", new { username = user.Username, password = "x" });
        json.Refused(UnsupportedMediaType);
        var broken = await user.SendAsync(
            HttpMethod.Post,
            "/token",
            Client.Raw("--x\r\nnonsense", "multipart/form-data")
        );
        broken.Blames("body");
    }

    [Theory, OnEachDatabase]
    public async Task Tokens_open_nothing_after_their_user_is_gone_nor_when_the_name_comes_back(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, x => x.Security.DeletedNameDays = 0);
        using var old = await pamps.RegisterAsync();
        Assert.Equal(NoContent, (await old.DeleteAsync("/user/me/")).Status);

        await CheckAsync();
        using var heir = new Client(pamps, old.Username, 0);
        await heir.RegisterAsync();
        await CheckAsync();

        async Task CheckAsync()
        {
            (await old.GetAsync("/user/me/")).Refused(Unauthorized);
            (await old.PostAsync("/post/", new { text = "from the grave" })).Refused(Unauthorized);
            (await old.DeleteAsync("/user/me/")).Refused(Unauthorized);
            (await old.PostAsync("/refresh_token", new { refresh_token = old.RefreshToken })).Refused(
                Unauthorized
            );
        }
    }

    private static Task<Answer> SendAsync(Client user, params (string Name, string Value)[] fields)
    {
        var form = new Dictionary<string, string>
        {
            ["username"] = user.Username,
            ["password"] = Client.DefaultPassword,
        };
        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }
        return user.SendAsync(HttpMethod.Post, "/token", new FormUrlEncodedContent(form));
    }
}
