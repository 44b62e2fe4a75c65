using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pamps.Core.Media;

namespace Pamps.Pages.Files;

/// <summary>Puts the operator's own logo in the place of the client's.</summary>
internal static partial class SiteLogo
{
    /// <summary>What the client shows above the navigation; web/src/site.ts finds it in the page.</summary>
    public const string Small = "/logo.png";

    /// <summary>What previews of links show where there is nothing else to be seen.</summary>
    public const string Large = "/icon-512.png";

    private const string Favicon = "/favicon.svg";

    /// <summary>The icons, at the addresses where the client's own would be.</summary>
    public static IEnumerable<KeyValuePair<string, byte[]>> Files(LogoIcons icons) =>
        [
            new(Small, icons.Small),
            new("/icon-192.png", icons.Medium),
            new(Large, icons.Large),
            new("/icon-maskable-512.png", icons.Maskable),
            new("/apple-touch-icon.png", icons.Apple),
        ];

    /// <summary>The client's page with the logo in the browser's tab.</summary>
    public static byte[] PutIntoPage(byte[] html) =>
        Encoding.UTF8.GetBytes(
            Icon()
                .Replace(
                    Encoding.UTF8.GetString(html),
                    $"<link rel=\"icon\" href=\"{Small}\" type=\"image/png\" />",
                    1
                )
        );

    /// <summary>Takes the client's drawing off the list of a phone's icons; the others are at the same addresses.</summary>
    public static void PutIntoManifest(JsonObject manifest)
    {
        if (manifest["icons"] is JsonArray icons)
        {
            icons.RemoveAll(x => (string?)x?["src"] == Favicon);
        }
    }

    [GeneratedRegex("""<link rel="icon"[^>]*>""")]
    private static partial Regex Icon();
}
