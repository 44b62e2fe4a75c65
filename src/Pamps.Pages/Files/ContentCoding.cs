using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Pamps.Pages.Files;

/// <summary>How a content is compressed on its way (RFC 9110 section 8.4), and which way a client likes best.</summary>
internal static class ContentCoding
{
    public const string Identity = "identity";

    /// <summary>The best first, each with the ending of files that were compressed so beforehand.</summary>
    public static readonly IReadOnlyList<(string Name, string Extension)> All =
    [
        ("br", ".br"),
        ("gzip", ".gz"),
        (Identity, ""),
    ];

    /// <summary>Whether a file is another one compressed.</summary>
    public static bool IsCoded(string path) =>
        path.EndsWith(".br", StringComparison.Ordinal) || path.EndsWith(".gz", StringComparison.Ordinal);

    /// <summary>Which of the codings at hand the client likes best; no coding when it likes none.</summary>
    public static string Choose(StringValues acceptEncoding, Func<string, bool> isAtHand)
    {
        _ = StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted);
        return All.Select(x => x.Name)
            .Where(isAtHand)
            .Select(x => (Name: x, Quality: QualityOf(x, accepted ?? [])))
            .Where(x => x.Quality > 0)
            .OrderByDescending(x => x.Quality)
            .Select(x => x.Name)
            .FirstOrDefault(Identity);
    }

    /// <summary>Says how the answer is compressed, and that it depends on what the client takes.</summary>
    public static void Announce(HttpResponse response, string coding)
    {
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (coding != Identity)
        {
            response.Headers.ContentEncoding = coding;
        }
    }

    /// <summary>Compresses what is made for one answer: quickly rather than well.</summary>
    public static byte[] Compress(byte[] content, string coding)
    {
        if (coding == Identity)
        {
            return content;
        }
        using var buffer = new MemoryStream();
        using (
            Stream compressed =
                coding == "br"
                    ? new BrotliStream(buffer, CompressionLevel.Fastest)
                    : new GZipStream(buffer, CompressionLevel.Fastest)
        )
        {
            compressed.Write(content);
        }
        return buffer.ToArray();
    }

    private static double QualityOf(string coding, IList<StringWithQualityHeaderValue> accepted)
    {
        var named = accepted.FirstOrDefault(x => x.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(x => x.Value == "*");
        // No coding is welcome, as the last choice, unless the client says otherwise.
        return named is not null ? named.Quality ?? 1
            : coding == Identity ? 0.0001
            : 0;
    }
}
