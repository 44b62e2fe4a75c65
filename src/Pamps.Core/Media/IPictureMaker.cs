using Pamps.Core.Results;

namespace Pamps.Core.Media;

/// <summary>
/// Makes of a file that somebody sent the pictures that are kept. Nothing that was sent is kept as it came: what is shown has been
/// drawn anew.
/// </summary>
public interface IPictureMaker
{
    /// <summary>The media types that it takes. None where it cannot work on this system.</summary>
    IReadOnlyList<string> MediaTypes { get; }

    /// <summary>
    /// Reads the file, which is whatever it is, and draws it anew: turned as it is to be seen, in sRGB, and with nothing that it says
    /// of itself. It works for as long as that takes, on the caller's thread.
    /// </summary>
    /// <param name="path">The file. Neither its name nor what it was said to be counts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The pictures; refused is what is no picture of these types, or broken, or larger than may be.</returns>
    Result<MadePicture> Make(string path, CancellationToken cancellationToken);
}

/// <summary>What was made of a file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Width">How wide it is, in pixels.</param>
/// <param name="Height">How high it is, in pixels.</param>
/// <param name="Blurhash">What it looks like in few letters.</param>
/// <param name="Full">The picture, or what is played.</param>
/// <param name="Preview">A small one, which does not move.</param>
/// <param name="PreviewWidth">How wide that is, in pixels.</param>
/// <param name="PreviewHeight">How high that is, in pixels.</param>
/// <param name="Duration">How long it plays; null for a picture.</param>
public sealed record MadePicture(
    MediaKind Kind,
    int Width,
    int Height,
    string Blurhash,
    MadeFile Full,
    MadeFile Preview,
    int PreviewWidth,
    int PreviewHeight,
    TimeSpan? Duration = null
);

/// <summary>A file that was made.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="Extension">What kind of file it is, one of <see cref="MediaFileName.Types"/>.</param>
public sealed record MadeFile(ReadOnlyMemory<byte> Bytes, string Extension);
