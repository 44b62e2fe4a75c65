using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Samples.Tests;

/// <summary>Somebody who asks the server, signed in or not. What it answers must stand in its own documentation.</summary>
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

    public async Task<Documentation> DocumentationAsync() => new((await GetAsync(Documentation.Path)).Json);

    public Client With(string accessToken) => new(http, accessToken);

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body, body.GetType())),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Stop);
        var answer = new Answer(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.WwwAuthenticate.ToString(),
            await response.Content.ReadAsStringAsync(Stop)
        );
        if (path != Documentation.Path && (await DocumentationAsync()).Find(method, path) is { } operation)
        {
            operation.Allows(answer);
        }
        return answer;
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
        var detail = (string)this["detail"]!;
        // Nothing of the program's own: no types, no exceptions, no places in a reader.
        Assert.DoesNotMatch("""Exception|Attribute|System\.|parameter|bind|\$|"(int|long)""", detail);
        return detail;
    }
}
