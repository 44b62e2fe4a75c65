using Pamps.Core;

namespace Pamps.Server.Settings;

/// <summary>Checks where pictures are to be kept.</summary>
internal static class MediaSettings
{
    public static void Check(MediaOptions media)
    {
        if (media.Uri.Length > 0)
        {
            FolderIn(media.Uri, "PAMPS_MEDIA__URI");
        }
    }

    /// <summary>The folder that an address names.</summary>
    /// <param name="address">The address.</param>
    /// <param name="setting">Where it stands, to be named when it is none of a folder.</param>
    public static string FolderIn(string address, string setting) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.IsFile
        && uri.Host.Length == 0
        && uri.LocalPath.Length > 1
            ? uri.LocalPath
            : throw new UserErrorException(
                $"{setting} is '{address}'; it names a folder, as file:///var/lib/pamps/media does."
            );
}
