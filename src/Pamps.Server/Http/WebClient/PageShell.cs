using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Pamps.Server.Http.WebClient;

/// <summary>The client's index.html, taken apart where each page puts in what is its own.</summary>
internal sealed partial class PageShell
{
    private const string HeadMarker = "<!--pamps-head-->";
    private const string DataMarker = "<!--pamps-initial-->";
    private readonly byte[] beforeLanguage;
    private readonly byte[] beforeHead;
    private readonly byte[] beforeData;
    private readonly byte[] rest;

    public PageShell(byte[] html)
    {
        // Each page brings its own title.
        var text = Title().Replace(Encoding.UTF8.GetString(html), "", 1);
        var language = Language().Match(text).Groups[1];
        var head = IndexOf(text, HeadMarker);
        var data = IndexOf(text, DataMarker);
        beforeLanguage = Encoding.UTF8.GetBytes(text[..language.Index]);
        beforeHead = Encoding.UTF8.GetBytes(text[(language.Index + language.Length)..head]);
        beforeData = Encoding.UTF8.GetBytes(text[(head + HeadMarker.Length)..data]);
        rest = Encoding.UTF8.GetBytes(text[(data + DataMarker.Length)..]);
    }

    /// <summary>The whole HTML of a page.</summary>
    /// <param name="language">The page's language tag.</param>
    /// <param name="head">Elements for the head, as HTML.</param>
    /// <param name="data">The element that holds the page's data, as HTML; may be empty.</param>
    public byte[] Render(string language, string head, ReadOnlySpan<byte> data)
    {
        var page = new ArrayBufferWriter<byte>(
            beforeHead.Length + beforeData.Length + rest.Length + head.Length * 2 + data.Length + 256
        );
        page.Write(beforeLanguage);
        Encoding.UTF8.GetBytes(language, page);
        page.Write(beforeHead);
        Encoding.UTF8.GetBytes(head, page);
        page.Write(beforeData);
        page.Write(data);
        page.Write(rest);
        return page.WrittenSpan.ToArray();
    }

    private static int IndexOf(string html, string marker) =>
        html.IndexOf(marker, StringComparison.Ordinal) is var index and >= 0
            ? index
            : throw new InvalidDataException($"The web client's index.html lacks {marker}.");

    [GeneratedRegex("""(?<=<html lang=")([^"]*)""")]
    private static partial Regex Language();

    [GeneratedRegex(@"\s*<title>[^<]*</title>")]
    private static partial Regex Title();
}
