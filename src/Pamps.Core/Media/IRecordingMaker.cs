using Pamps.Core.Results;

namespace Pamps.Core.Media;

/// <summary>
/// Makes of video and audio that somebody sent what is kept of it. Nothing is kept as it came: what is played has been encoded anew.
/// </summary>
public interface IRecordingMaker
{
    /// <summary>The media types of video that it takes. None where it cannot work on this system.</summary>
    IReadOnlyList<string> VideoTypes { get; }

    /// <summary>The same of audio.</summary>
    IReadOnlyList<string> AudioTypes { get; }

    /// <summary>
    /// Whether a file begins as video or audio does of a kind that can be taken, wherever there is what takes it; it may be broken all the
    /// same.
    /// </summary>
    bool IsRecording(string path);

    /// <summary>
    /// Encodes the file anew, with a picture of what is to be seen, or heard: bounded, and with nothing that it says of itself.
    /// </summary>
    /// <param name="path">The file, beside which it has room to work. Neither its name nor what it was said to be counts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What is kept; refused is what is of other types, or broken, or longer or larger than may be.</returns>
    /// <exception cref="IOException">There is no room on the disk.</exception>
    Task<Result<MadePicture>> MakeAsync(string path, CancellationToken cancellationToken);
}
