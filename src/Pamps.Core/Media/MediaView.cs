using System.Text.Json.Serialization;

namespace Pamps.Core.Media;

/// <summary>A picture that somebody uploaded, or video or audio.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Kind">What it is.</param>
/// <param name="File">The name of its file.</param>
/// <param name="Preview">The name of the file that lists show.</param>
/// <param name="Width">How wide it is, in pixels; of audio its preview.</param>
/// <param name="Height">How high it is, in pixels.</param>
/// <param name="Blurhash">What it looks like in few letters.</param>
/// <param name="Description">What is to be seen on it, in words; or null.</param>
/// <param name="FocusX">The point that stays when it is cropped, in thousandths from -1000, left, to 1000.</param>
/// <param name="FocusY">The same from -1000, at the bottom, to 1000.</param>
/// <param name="DurationMs">How many milliseconds it plays; null for a picture.</param>
public sealed record MediaView(
    long Id,
    MediaKind Kind,
    string File,
    string Preview,
    int Width,
    int Height,
    string Blurhash,
    string? Description,
    short FocusX,
    short FocusY,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DurationMs = null
)
{
    /// <summary>Whether it is played, and no picture.</summary>
    [JsonIgnore]
    public bool IsRecording => Kind is MediaKind.Video or MediaKind.Audio;
}
