using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Pamps.Auth.Tests;

/// <summary>The host, running, with Ana who may sign in, Bea who may not and Cleo who may do all.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string Password = "correct horse";

    private readonly WebApplication _app;

    private TestHost(WebApplication app, FakeTimeProvider time)
    {
        _app = app;
        Time = time;
        Client = app.GetTestClient();
    }

    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    public InMemoryAccountStore Accounts => Get<InMemoryAccountStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TestHost> StartAsync(Action<PampsAuthOptions>? configure = null)
    {
        var time = FakeTime.New();
        var app = App.Build(time, Settings.Quick + configure);
        await app.StartAsync(Stop);
        var host = new TestHost(app, time);
        var hash = await host.Get<PasswordHashing>().HashAsync(Password, Stop);
        host.Accounts.Put(new Account(1, "ana", hash, Active: true, Superuser: false));
        host.Accounts.Put(new Account(2, "bea", hash, Active: false, Superuser: false));
        host.Accounts.Put(new Account(3, "cleo", hash, Active: true, Superuser: true));
        return host;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<Answer> SignInAsync(string name = "ana", string password = Password, string? from = null) =>
        FormAsync(from, ("username", name), ("password", password));

    public Task<Answer> FormAsync(string? from, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(
                fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
            ),
        };
        request.Headers.TryAddWithoutValidation("From", from);
        return SendAsync(request);
    }

    public Task<Answer> RefreshAsync(string token) => PostAsync("/refresh_token", token);

    public Task<Answer> SignOutAsync(string token) => PostAsync("/logout", token);

    public Task<Answer> GetAsync(string path, string? token = null, string scheme = "Bearer")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
        }

        return SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Client.SendAsync(request, Stop);
            return await Answer.ReadAsync(response, Stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private Task<Answer> PostAsync(string path, string token) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = JsonContent.Create(new { refresh_token = token }),
            }
        );
}
