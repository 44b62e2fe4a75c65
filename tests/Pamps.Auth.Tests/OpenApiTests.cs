using System.Text.Json;

namespace Pamps.Auth.Tests;

public class OpenApiTests
{
    private const string Scheme = "OAuth2PasswordBearer";

    [Fact]
    public async Task The_document_offers_the_password_flow_and_says_who_needs_it()
    {
        await using var host = await TestHost.StartAsync();
        var document = (await host.GetAsync("/openapi.json")).Json;
        var flow = document
            .GetProperty("components")
            .GetProperty("securitySchemes")
            .GetProperty(Scheme)
            .GetProperty("flows")
            .GetProperty("password");
        Assert.Equal("/token", flow.GetProperty("tokenUrl").GetString());
        Assert.Equal("/refresh_token", flow.GetProperty("refreshUrl").GetString());
        var needs = Operation(document, "/me", "get").GetProperty("security")[0];
        Assert.True(needs.TryGetProperty(Scheme, out _));
        Assert.False(Operation(document, "/open", "get").TryGetProperty("security", out _));
        Assert.False(Operation(document, "/token", "post").TryGetProperty("security", out _));
    }

    [Theory]
    [InlineData("/token", "application/x-www-form-urlencoded")]
    [InlineData("/login", "application/json")]
    [InlineData("/logout", "application/json")]
    public async Task A_body_that_the_endpoint_reads_itself_is_described(string path, string type)
    {
        await using var host = await TestHost.StartAsync();
        var document = (await host.GetAsync("/openapi.json")).Json;
        var body = Operation(document, path, "post").GetProperty("requestBody");
        Assert.True(body.GetProperty("content").TryGetProperty(type, out _));
    }

    private static JsonElement Operation(JsonElement document, string path, string method) =>
        document.GetProperty("paths").GetProperty(path).GetProperty(method);
}
