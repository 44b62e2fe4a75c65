using System.Text.Json;

namespace Pamps.Outgoing;

/// <summary>
/// What a site says of one of its pages for others who show it (https://oembed.com section 2.3.4): words and a picture. Its HTML, which
/// would be shown as it is, is never looked at.
/// </summary>
/// <param name="Title">What it is called; or null.</param>
/// <param name="Author">Who made it; or null.</param>
/// <param name="Provider">Of which site it is; or null.</param>
/// <param name="Thumbnail">Where its picture is; or null.</param>
internal sealed record OEmbedWords(string? Title, string? Author, string? Provider, Uri? Thumbnail)
{
    /// <summary>An object of strings and numbers; some have others in them.</summary>
    private const int MostDepth = 8;

    /// <summary>Reads an answer; null when it is none.</summary>
    /// <exception cref="JsonException">It says that it is JSON, and is not.</exception>
    public static OEmbedWords? Read(OutgoingAnswer answer)
    {
        if (answer is { IsCut: true } or { MediaType: not ("application/json" or "application/json+oembed") })
        {
            return null;
        }
        using var json = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = MostDepth });
        return json.RootElement.ValueKind == JsonValueKind.Object
            ? new(
                Said("title"),
                Said("author_name"),
                Said("provider_name"),
                PageReader.AddressOf(answer.Address, Said("thumbnail_url"))
            )
            : null;

        string? Said(string name) =>
            json.RootElement.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text
            && !string.IsNullOrWhiteSpace(text)
                ? text
                : null;
    }
}
