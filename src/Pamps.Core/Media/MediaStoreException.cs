namespace Pamps.Core.Media;

/// <summary>Where files are cannot be reached, or refuses. What it says holds no secret.</summary>
/// <param name="message">What went wrong, for who runs the server.</param>
/// <param name="inner">What it came from.</param>
public sealed class MediaStoreException(string message, Exception? inner = null)
    : IOException(message, inner);
