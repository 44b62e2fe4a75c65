using System.Globalization;
using System.Text.Json;

namespace Pamps.Media;

/// <summary>What ffprobe says of a file.</summary>
/// <param name="Video">The codec of its first video; covers of songs are none. Null for none.</param>
/// <param name="Pixels">How many pixels that has.</param>
/// <param name="Audio">The codec of its first audio; null for none.</param>
/// <param name="Duration">How long it says that it plays; null where it says nothing.</param>
internal sealed record Probed(string? Video, long Pixels, string? Audio, TimeSpan? Duration)
{
    public bool IsVideo => Video is not null;

    /// <summary>Reads the answer; null when it is none.</summary>
    public static Probed? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var streams = document.RootElement.TryGetProperty("streams", out var all)
                ? all.EnumerateArray().ToArray()
                : [];
            var video = streams.FirstOrDefault(x => Text(x, "codec_type") == "video" && !IsCover(x));
            var audio = streams.FirstOrDefault(x => Text(x, "codec_type") == "audio");
            return new Probed(
                Text(video, "codec_name"),
                Number(video, "width") * Number(video, "height"),
                Text(audio, "codec_name"),
                document.RootElement.TryGetProperty("format", out var format)
                && double.TryParse(
                    Text(format, "duration"),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var seconds
                )
                && seconds is >= 0 and < 1e9
                    ? TimeSpan.FromSeconds(seconds)
                    : null
            );
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") != 0;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object
        && of.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static long Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object
        && of.TryGetProperty(name, out var value)
        && value.TryGetInt64(out var number)
            ? number
            : 0;
}
