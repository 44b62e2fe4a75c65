using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>Checks where pictures are to be kept.</summary>
internal static class MediaSettings
{
    public static void Check(MediaOptions media)
    {
        if (media.Uri.Length == 0)
        {
            return;
        }
        if (
            !Uri.TryCreate(media.Uri, UriKind.Absolute, out var uri)
            || !uri.IsFile
            || uri.Host.Length > 0
            || uri.LocalPath.Length < 2
        )
        {
            throw new UserErrorException(
                $"PAMPS_MEDIA__URI is '{media.Uri}'; it names a folder, as file:///var/lib/pamps/media does."
            );
        }
    }
}
