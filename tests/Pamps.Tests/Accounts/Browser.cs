using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests.Accounts;

/// <summary>A page of the server in a browser: keeps the session's cookie and sends it as a browser does.</summary>
internal sealed class Browser(PampsServer server) : IDisposable
{
    public const string CookieName = "pamps_session";

    private readonly Client client = server.Anonymous();

    /// <summary>What the cookie holds; empty when there is none.</summary>
    public string Cookie { get; set; } = "";

    public string AccessToken => client.AccessToken;

    public Task<Answer> GetAsync(string path) => client.GetAsync(path);

    public Task<Answer> DeleteAsync(string path) => client.DeleteAsync(path);

    /// <summary>Signs in, and uses the tokens from now on.</summary>
    public async Task SignInAsync(Client user, string userAgent = "")
    {
        var body = new { username = user.Username, password = Client.DefaultPassword };
        var answer = await SendAsync(HttpMethod.Post, "/session/", body, ("User-Agent", userAgent));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        Keep(answer);
    }

    public Task<Answer> RefreshAsync() => SendAsync(HttpMethod.Post, "/session/refresh/");

    public Task<Answer> SignOutAsync() => SendAsync(HttpMethod.Delete, "/session/");

    /// <summary>Sends what a page of the server sends, and keeps nothing of the answer.</summary>
    public Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    ) => SendAsOtherAsync(method, path, body, [("X-Requested-With", "pamps"), .. headers]);

    /// <summary>Sends the cookie and these headers.</summary>
    public Task<Answer> SendAsOtherAsync(
        HttpMethod method,
        string path,
        object? body,
        params (string Name, string Value)[] headers
    )
    {
        var content = body is null or HttpContent
            ? (HttpContent?)body
            : System.Net.Http.Json.JsonContent.Create(body, body.GetType());
        if (Cookie.Length > 0)
        {
            headers = [.. headers, ("Cookie", $"{CookieName}={Cookie}")];
        }
        return client.SendAsync(method, path, content, [.. headers.Where(x => x.Value.Length > 0)]);
    }

    /// <summary>Uses the answer's access token, and its cookie where it sets one.</summary>
    public void Keep(Answer answer)
    {
        client.UseAccessToken((string)answer["access_token"]!);
        Cookie = CookieOf(answer) ?? Cookie;
    }

    /// <summary>What an answer puts into the cookie, or null when it sets none.</summary>
    public static string? CookieOf(Answer answer) =>
        Regex.Match(answer.Header("Set-Cookie") ?? "", "pamps_session=([^;]*)") is { Success: true } match
            ? match.Groups[1].Value
            : null;

    public void Dispose() => client.Dispose();
}
