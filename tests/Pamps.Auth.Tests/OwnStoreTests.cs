using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pamps.Auth.Tests;

/// <summary>A host that writes where accounts live and nothing else.</summary>
public class OwnStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_methods_are_all_that_a_host_must_write()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        var pair = await SignInAsync(client);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, pair));
        var refreshed = await client.PostAsJsonAsync(
            "/refresh_token",
            new { refresh_token = pair.Refresh },
            Stop
        );
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client, await Answer.ReadAsync(refreshed, Stop)));
    }

    [Fact]
    public async Task A_new_password_ends_every_login_of_before()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        var pair = await SignInAsync(client);
        OneAccount.Now = OneAccount.Now with
        {
            PasswordHash = await app
                .Services.GetRequiredService<PasswordHashing>()
                .HashAsync("another", Stop),
        };
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, pair));
        var refreshed = await client.PostAsJsonAsync(
            "/refresh_token",
            new { refresh_token = pair.Refresh },
            Stop
        );
        Assert.Equal(HttpStatusCode.Unauthorized, refreshed.StatusCode);
    }

    [Fact]
    public async Task A_key_file_is_made_once_and_for_its_owner_only()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "secret.key");
        var keys = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => SecretKeyFile.ReadOrMake(path), Stop))
        );
        Assert.Single(keys.Distinct());
        Assert.True(keys[0].Length >= 64);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddPampsAuth(Settings.Quick).AddAccountStore<OneAccount>();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPampsTokens();
        app.MapGet("/me", (SignedIn me) => me.Username).RequireAuthorization();
        var hash = await app.Services.GetRequiredService<PasswordHashing>().HashAsync("secret", Stop);
        OneAccount.Now = new Account(7, "Ana", hash, Active: true, Superuser: false);
        await app.StartAsync(Stop);
        return app;
    }

    private static async Task<Answer> SignInAsync(HttpClient client)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["username"] = "ana@example.org", ["password"] = "secret" }
        );
        var answer = await Answer.ReadAsync(await client.PostAsync("/token", form, Stop), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, Answer pair)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Add("Authorization", $"Bearer {pair.Access}");
        return (await client.SendAsync(request, Stop)).StatusCode;
    }

    private sealed class OneAccount : IAccountStore
    {
        public static Account Now { get; set; } = null!;

        public Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken) =>
            Task.FromResult(usernameOrEmail == "ana@example.org" ? Now : null);

        public Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
            Task.FromResult(accountId == 7 ? Now : null);
    }
}
