using System.Buffers;

namespace Pamps.Auth;

/// <summary>Where a program may be led back to: what was registered, letter by letter (RFC 9700 section 4.1.3).</summary>
internal static class RedirectUris
{
    /// <summary>Leads nowhere: the code is shown, for the person to copy.</summary>
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    public const int Most = 10;
    public const int MaxLength = 2_000;

    /// <summary>What browsers run, show or open themselves: it is no program that would be led back to.</summary>
    private static readonly string[] NoPrograms =
    [
        "about",
        "blob",
        "chrome",
        "content",
        "data",
        "file",
        "filesystem",
        "ftp",
        "intent",
        "javascript",
        "jar",
        "mailto",
        "resource",
        "sms",
        "tel",
        "vbscript",
        "view-source",
        "ws",
        "wss",
    ];

    private static readonly SearchValues<char> Unseen = SearchValues.Create("\"<>\\^`{|}#");

    /// <summary>
    /// Whether a program may be led back there: by https, by http to its own machine (RFC 8252 section 7.3), or by a scheme of its own
    /// (section 7.1). No fragment (RFC 6749 section 3.1.2), and no user name, which shows one server's name and leads to another's.
    /// </summary>
    public static bool IsGood(string uri)
    {
        if (uri == OutOfBand)
        {
            return true;
        }
        if (
            uri.Length > MaxLength
            || uri.AsSpan().ContainsAny(Unseen)
            || uri.Any(x => x is <= ' ' or > '~')
            || !Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        )
        {
            return false;
        }
        return parsed.Scheme switch
        {
            "https" => parsed.UserInfo.Length == 0 && IsWritten(uri, "https"),
            "http" => parsed.UserInfo.Length == 0 && parsed.IsLoopback && IsWritten(uri, "http"),
            _ => IsWritten(uri, parsed.Scheme) && !NoPrograms.Contains(parsed.Scheme),
        };
    }

    /// <summary>The address with parameters added to its query (RFC 6749 section 4.1.2).</summary>
    public static string With(string uri, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var query = string.Join(
            '&',
            parameters
                .Where(x => x.Value is not null)
                .Select(x => $"{x.Name}={Uri.EscapeDataString(x.Value!)}")
        );
        return $"{uri}{(uri.Contains('?') ? '&' : '?')}{query}";
    }

    /// <summary>Whether the scheme stands there as it was read: .NET takes a path for an address of a file.</summary>
    private static bool IsWritten(string uri, string scheme) =>
        uri.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase);
}
