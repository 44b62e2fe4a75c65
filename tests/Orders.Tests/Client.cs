using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Orders.Tests;

/// <summary>Somebody who asks the server, signed in or not.</summary>
internal sealed class Client(HttpClient http, string? token = null)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Answer> FormAsync(string path, string username, string password) =>
        PostAsync(
            path,
            new FormUrlEncodedContent(
                new Dictionary<string, string> { ["username"] = username, ["password"] = password }
            )
        );

    public Client With(string accessToken) => new(http, accessToken);

    private async Task<Answer> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body, body.GetType())),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Stop);
        return new Answer(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.WwwAuthenticate.ToString(),
            await response.Content.ReadAsStringAsync(Stop)
        );
    }
}

internal sealed record Answer(HttpStatusCode Status, string? MediaType, string Challenge, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode? this[string field] => Json[field];

    public IReadOnlyList<long> Ids => [.. Json.AsArray().Select(x => (long)x!["id"]!)];

    /// <summary>Checks that this is a refusal in the promised form, and answers with its sentence.</summary>
    public string Refused(int status)
    {
        Assert.Equal(status, (int)Status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(status, (int)this["status"]!);
        Assert.Equal(status == 401 ? "Bearer" : "", Challenge);
        return (string)this["detail"]!;
    }
}
