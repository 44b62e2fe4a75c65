using System.Net;
using System.Text.Json.Nodes;

namespace Pamps.Auth.Tests;

/// <summary>Tokens that hold the right signature and the wrong things.</summary>
public class OddClaimTests
{
    public static TheoryData<string, string?> Claims =>
        new()
        {
            { "sub", null },
            { "sub", "\"\"" },
            { "sub", "5" },
            { "sub", "[\"ana\"]" },
            { "sid", null },
            { "sid", "\"\"" },
            { "sid", "\"-1\"" },
            { "sid", "\" 1\"" },
            { "sid", "\"1.0\"" },
            { "sid", "\"99999999999999999999\"" },
            { "sid", "{}" },
            { "scope", null },
            { "scope", "\"refresh_token\"" },
            { "scope", "\"access_token \"" },
            { "scope", "[\"access_token\"]" },
            { "fresh", null },
            { "fresh", "\"perhaps\"" },
            { "fresh", "{}" },
            { "jti", null },
            { "exp", null },
            { "exp", "\"soon\"" },
            { "exp", "-1" },
            { "exp", "1e99" },
            { "exp", "{}" },
        };

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task A_claim_that_is_missing_or_of_another_kind_is_refused(string claim, string? value)
    {
        await using var host = await TestHost.StartAsync();
        var payload = Forge.Payload((await host.SignInAsync()).Access);
        payload.Remove(claim);
        if (value is not null)
        {
            payload[claim] = JsonNode.Parse(value);
        }

        var answer = await host.GetAsync("/me", Forge.Signed(payload));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }
}
