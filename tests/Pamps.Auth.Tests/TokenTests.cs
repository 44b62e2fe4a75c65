using System.Net;
using System.Text.Json.Nodes;

namespace Pamps.Auth.Tests;

public class TokenTests
{
    [Fact]
    public async Task An_access_token_is_good_until_the_second_it_expires()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        host.Time.Advance(TimeSpan.FromSeconds(1799));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", pair.Access)).Status);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", pair.Access)).Status);
    }

    [Fact]
    public async Task Neither_token_passes_for_the_other()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", pair.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(pair.Access)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.RefreshAsync(pair.Refresh)).Status);
    }

    [Fact]
    public async Task A_token_has_the_claims_that_are_promised()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        var (access, refresh) = (Forge.Payload(pair.Access), Forge.Payload(pair.Refresh));
        Assert.Equal(
            ["exp", "fresh", "iat", "jti", "scope", "sid", "sub"],
            access.Select(claim => claim.Key).Order()
        );
        Assert.Equal(
            ["auth_time", "exp", "iat", "jti", "scope", "sid", "sub"],
            refresh.Select(claim => claim.Key).Order()
        );
        Assert.Equal(
            ("access_token", "refresh_token"),
            ((string?)access["scope"], (string?)refresh["scope"])
        );
        Assert.Equal(("ana", "1"), ((string?)access["sub"], (string?)access["sid"]));
        Assert.Equal(22, ((string?)access["jti"])!.Length);
        Assert.NotEqual((string?)access["jti"], (string?)refresh["jti"]);
        Assert.Equal(1800, (long)access["exp"]! - (long)access["iat"]!);
        Assert.Equal(36000, (long)refresh["exp"]! - (long)refresh["iat"]!);
    }

    [Fact]
    public async Task Tokens_name_issuer_and_audience_where_they_are_set()
    {
        await using var host = await TestHost.StartAsync(it =>
            (it.Issuer, it.Audience) = ("the shop", "https://shop.example")
        );
        var pair = await host.SignInAsync();
        foreach (var token in new[] { pair.Access, pair.Refresh })
        {
            var payload = Forge.Payload(token);
            Assert.Equal(
                ("the shop", "https://shop.example"),
                ((string?)payload["iss"], (string?)payload["aud"])
            );
        }
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", pair.Access)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.RefreshAsync(pair.Refresh)).Status);
    }

    [Theory]
    [InlineData("iss", null, HttpStatusCode.OK)]
    [InlineData("aud", null, HttpStatusCode.OK)]
    [InlineData("aud", "[\"another\",\"https://shop.example\"]", HttpStatusCode.OK)]
    [InlineData("iss", "\"The shop\"", HttpStatusCode.Unauthorized)]
    [InlineData("iss", "5", HttpStatusCode.Unauthorized)]
    [InlineData("aud", "\"https://shop.example/\"", HttpStatusCode.Unauthorized)]
    [InlineData("aud", "[\"another\"]", HttpStatusCode.Unauthorized)]
    [InlineData("aud", "5", HttpStatusCode.Unauthorized)]
    public async Task A_token_of_another_issuer_or_for_others_is_refused_and_one_that_says_nothing_is_not(
        string claim,
        string? value,
        HttpStatusCode expected
    )
    {
        await using var host = await TestHost.StartAsync(it =>
            (it.Issuer, it.Audience) = ("the shop", "https://shop.example")
        );
        var pair = await host.SignInAsync();

        Assert.Equal(expected, (await host.GetAsync("/me", Changed(pair.Access))).Status);
        Assert.Equal(expected, (await host.RefreshAsync(Changed(pair.Refresh))).Status);

        string Changed(string token)
        {
            var payload = Forge.Payload(token);
            payload.Remove(claim);
            if (value is not null)
            {
                payload[claim] = JsonNode.Parse(value);
            }
            return Forge.Signed(payload);
        }
    }

    [Fact]
    public async Task Where_no_audience_is_set_a_token_for_any_is_refused_and_its_issuer_is_not_asked_for()
    {
        await using var host = await TestHost.StartAsync();
        var payload = Forge.Payload((await host.SignInAsync()).Access);
        payload["iss"] = "anybody";
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", Forge.Signed(payload))).Status);
        payload["aud"] = "somebody";
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", Forge.Signed(payload))).Status);
    }

    [Fact]
    public async Task A_forged_token_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        var good = (await host.SignInAsync()).Access;
        var payload = Forge.Payload(good);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", Forge.Signed(payload))).Status);
        string[] bad =
        [
            Forge.Unsigned(payload),
            Forge.Signed(payload, "none"),
            Forge.Signed(payload, "HS384"),
            Forge.Signed(payload, "HS512"),
            Forge.Signed(payload, key: "another key that is long enough to sign with"),
            Forge.Changed(good, "sub", "cleo"),
            Forge.Changed(good, "fresh", false),
            good[..good.LastIndexOf('.')],
            good + "AAAA",
            new string('a', 9000),
        ];
        foreach (var token in bad)
        {
            Assert.Equal(
                (token, HttpStatusCode.Unauthorized),
                (token, (await host.GetAsync("/me", token)).Status)
            );
        }
    }

    [Theory]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task Only_the_configured_algorithm_is_taken(string algorithm)
    {
        await using var host = await TestHost.StartAsync(it => it.Algorithm = algorithm);
        var pair = await host.SignInAsync();
        var payload = Forge.Payload(pair.Access);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", pair.Access)).Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await host.GetAsync("/me", Forge.Signed(payload, algorithm))).Status
        );
        var other = await host.GetAsync("/me", Forge.Signed(payload, "HS256"));
        Assert.Equal(HttpStatusCode.Unauthorized, other.Status);
    }
}
