using System.Text.Json.Serialization;

namespace Pamps.Pages.Embeds;

/// <summary>What a site that shows one of ours is answered, by https://oembed.com section 2.3.</summary>
internal sealed record OEmbed(
    string Title,
    string AuthorName,
    string AuthorUrl,
    string ProviderName,
    string ProviderUrl,
    string Html,
    int Width,
    int Height
)
{
    public string Version { get; } = "1.0";

    public string Type { get; } = "rich";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OEmbed))]
internal sealed partial class OEmbedJson : JsonSerializerContext;
