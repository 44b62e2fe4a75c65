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
