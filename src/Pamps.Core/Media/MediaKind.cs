namespace Pamps.Core.Media;

/// <summary>What an upload is. The first two numbers are kept in the database.</summary>
public enum MediaKind : short
{
    /// <summary>A picture.</summary>
    Image = 0,

    /// <summary>One that moves, without sound.</summary>
    Animation = 1,

    /// <summary>One that is played, perhaps with sound.</summary>
    Video = 2,

    /// <summary>Sound alone.</summary>
    Audio = 3,
}

/// <summary>
/// How kinds are kept. The version before video knows two of them and falls over any other, while it runs beside this one: for it
/// what is played is what moves. What it is says the name of its file.
/// </summary>
internal static class StoredKind
{
    /// <summary>As it is kept.</summary>
    public static MediaKind Of(MediaKind kind) =>
        kind is MediaKind.Video or MediaKind.Audio ? MediaKind.Animation : kind;

    /// <summary>What it is.</summary>
    /// <param name="stored">As it is kept.</param>
    /// <param name="file">The name of its file.</param>
    public static MediaKind Read(MediaKind stored, string file) =>
        file.EndsWith(".mp4", StringComparison.Ordinal) ? MediaKind.Video
        : file.EndsWith(".mp3", StringComparison.Ordinal) ? MediaKind.Audio
        : stored;
}
