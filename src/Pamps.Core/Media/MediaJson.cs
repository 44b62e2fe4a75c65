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
    public IReadOnlyList<MediaView> Read()
    {
        var media = Json is null ? [] : JsonSerializer.Deserialize(Json, Context.MediaViewArray) ?? [];
        for (var i = 0; i < media.Length; i++)
        {
            // Of pictures, which nearly all are, there is nothing to change.
            if (StoredKind.Read(media[i].Kind, media[i].File) is var kind && kind != media[i].Kind)
            {
                media[i] = media[i] with { Kind = kind };
            }
        }
        return media;
    }

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
