using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pamps.Auth.Tests;

/// <summary>Where passkeys are, and a host that has some. How they are made and used, Pamps's own tests see.</summary>
public class PasskeyTests
{
    [Theory]
    [InlineData("https://example.org", "https://example.org", "example.org")]
    [InlineData("https://Example.ORG/", "https://example.org", "example.org")]
    [InlineData("https://example.org:443", "https://example.org", "example.org")]
    [InlineData("https://example.org:8443", "https://example.org:8443", "example.org")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("http://localhost:8000", "http://localhost:8000", "localhost")]
    public void They_are_good_at_an_origin(string given, string origin, string domain) =>
        Assert.Equal(new PasskeyOrigin(origin, domain), PasskeyOrigin.Parse(given));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("http://example.org")]
    [InlineData("https://192.0.2.1")]
    [InlineData("https://[2001:db8::1]")]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("https://example.org/path")]
    [InlineData("https://me@example.org")]
    [InlineData("ftp://localhost")]
    public void And_at_nothing_else(string? given) => Assert.Null(PasskeyOrigin.Parse(given));

    [Fact]
    public void A_host_that_names_no_good_origin_does_not_start()
    {
        var refused = Assert.ThrowsAny<OptionsValidationException>(() =>
            Build(x => x.PasskeyOrigin = "http://example.org")
        );
        Assert.Contains("PasskeyOrigin", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_asks_for_them_where_it_has_an_origin()
    {
        await using var without = Build(_ => { });
        await without.StartAsync(Stop);
        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(without)).StatusCode);

        await using var app = Build(x => x.PasskeyOrigin = "https://example.org");
        await app.StartAsync(Stop);
        var asked = await AskAsync(app);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains(
            "\"rpId\":\"example.org\"",
            await asked.Content.ReadAsStringAsync(Stop),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "pamps_passkey=",
            asked.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal
        );
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> AskAsync(WebApplication app)
    {
        var client = app.GetTestClient();
        client.DefaultRequestHeaders.Add("X-Requested-With", "pamps");
        return client.GetAsync("/session/passkey/", Stop);
    }

    private static WebApplication Build(Action<PampsAuthOptions> change)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder
            .Services.AddPampsAuth(x =>
            {
                Settings.Quick(x);
                change(x);
            })
            .AddInMemoryStores()
            .AddPasskeyStore<Nothing>();
        var app = builder.Build();
        app.MapPampsPasskeys();
        return app;
    }

    private sealed class Nothing : IPasskeyStore
    {
        public Task<Passkey?> FindAsync(string credentialId, CancellationToken cancellationToken) =>
            Task.FromResult<Passkey?>(null);

        public Task<PasskeyUse> UseAsync(PasskeyProof proof, CancellationToken cancellationToken) =>
            Task.FromResult(PasskeyUse.Gone);
    }
}
