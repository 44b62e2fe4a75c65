using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core.Text;

namespace Pamps.Core.Media;

/// <summary>The pictures of a post as they are kept with it: a read of posts asks no other table.</summary>
/// <param name="Json">An array in Core's own form; null for none.</param>
public readonly record struct MediaJson(string? Json)
{
    private static readonly MediaJsonContext Context = new(KeptJson.NewOptions());

    /// <summary>The pictures, in their order.</summary>
    public IReadOnlyList<MediaView> Read() =>
        Json is null
            ? []
            :
            [
                .. (JsonSerializer.Deserialize(Json, Context.MediaViewArray) ?? []).Select(x =>
                    x with
                    {
                        Kind = StoredKind.Read(x.Kind, x.File),
                    }
                ),
            ];

    /// <summary>These pictures, as they are kept.</summary>
    internal static MediaJson Of(IReadOnlyList<MediaView> media) =>
        new(
            media.Count == 0
                ? null
                : JsonSerializer.Serialize(
                    [.. media.Select(x => x with { Kind = StoredKind.Of(x.Kind) })],
                    Context.MediaViewArray
                )
        );
}

[JsonSerializable(typeof(MediaView[]))]
internal sealed partial class MediaJsonContext : JsonSerializerContext;
