using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Pamps.Auth.Tests;

internal sealed record Answer(
    HttpStatusCode Status,
    HttpResponseHeaders Headers,
    string? ContentType,
    string Text
)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Access => Json.GetProperty("access_token").GetString()!;

    public string Refresh => Json.GetProperty("refresh_token").GetString()!;

    public string Detail => Json.GetProperty("detail").GetString()!;

    public string Challenge => Headers.WwwAuthenticate.ToString();

    public string[] Fields => [.. Json.GetProperty("errors").EnumerateObject().Select(one => one.Name)];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken token) =>
        new(
            response.StatusCode,
            response.Headers,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(token)
        );
}
