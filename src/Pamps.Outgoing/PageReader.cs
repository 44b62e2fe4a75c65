using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Pamps.Core.Outgoing;

namespace Pamps.Outgoing;

/// <summary>
/// Reads what a page says of itself: by Open Graph, else as Twitter's cards do, else by its own title and description; and where more of
/// it is said. Nothing that it names is loaded, and nothing in it is run.
/// </summary>
internal static partial class PageReader
{
    /// <summary>Far more than stand before a page's own text. What lies deep within others costs their number squared.</summary>
    private const int MostElements = 4_000;

    /// <summary>Where a page names its encoding, it does at its beginning (HTML, "Specifying the document's character encoding").</summary>
    private const int Beginning = 1024;

    /// <summary>What the page says.</summary>
    public static PageWords Read(OutgoingAnswer answer)
    {
        var found = FindIn(Decode(answer));
        var said = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var meta in found.OfType<IHtmlMetaElement>())
        {
            var name = meta.GetAttribute("property") ?? meta.GetAttribute("name");
            if (name is not null && !string.IsNullOrWhiteSpace(meta.Content))
            {
                // Of several the first is the best.
                said.TryAdd(name.Trim(), meta.Content);
            }
        }
        return new PageWords(
            Said("og:title", "twitter:title"),
            found.OfType<IHtmlTitleElement>().FirstOrDefault()?.TextContent,
            Said("og:description", "twitter:description", "description"),
            Said("og:site_name", "application-name"),
            Said("author"),
            AddressOf(
                answer.Address,
                Said("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
            ),
            AddressOf(
                answer.Address,
                found.OfType<IHtmlLinkElement>().FirstOrDefault(IsOEmbed)?.GetAttribute("href")
            )
        );

        string? Said(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (said.TryGetValue(name, out var value))
                {
                    return value;
                }
            }
            return null;
        }
    }

    /// <summary>https://oembed.com section 4. Of its two forms the one in JSON.</summary>
    private static bool IsOEmbed(IHtmlLinkElement link) =>
        link.RelationList.Contains("alternate")
        && "application/json+oembed".Equals(link.Type?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>What something at an address names as one of the web; null for any other.</summary>
    public static Uri? AddressOf(Uri page, string? named) =>
        named is not null
        && Uri.TryCreate(page, named.Trim(), out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;

    private static List<IElement> FindIn(string html)
    {
        var (found, count) = (new List<IElement>(), 0);
        var parser = new HtmlParser(
            new HtmlParserOptions
            {
                OnCreated = (element, _) =>
                {
                    if (++count > MostElements)
                    {
                        throw new EnoughException();
                    }
                    if (element is IHtmlMetaElement or IHtmlTitleElement or IHtmlLinkElement)
                    {
                        found.Add(element);
                    }
                },
            }
        );
        try
        {
            parser.ParseDocument(html);
        }
        catch (EnoughException)
        {
            // What was found until then stays.
        }
        return found;
    }

    private static string Decode(OutgoingAnswer answer)
    {
        var body = answer.Body.Span;
        if (body.StartsWith(Encoding.UTF8.Preamble))
        {
            return Encoding.UTF8.GetString(body[Encoding.UTF8.Preamble.Length..]);
        }
        foreach (var utf16 in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            if (body.StartsWith(utf16.Preamble))
            {
                return utf16.GetString(body[utf16.Preamble.Length..]);
            }
        }
        var named = EncodingOf(answer.Charset)
            ?? EncodingOf(
                Charset()
                    .Match(Encoding.Latin1.GetString(body[..Math.Min(Beginning, body.Length)]))
                    .Groups[1]
                    .Value
            );
        // What names none is UTF-8 today, and else what it was in the beginning.
        return (named ?? (answer.IsCut || Utf8.IsValid(body) ? Encoding.UTF8 : Western)).GetString(body);
    }

    private static Encoding Western { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encoding of that name; null for none. Not the system's own table: it is for all of the program.</summary>
    /// <remarks>The Encoding Standard takes ASCII and Latin 1 for windows-1252, which holds both.</remarks>
    private static Encoding? EncodingOf(string? name) =>
        name?.Trim().ToLowerInvariant() switch
        {
            null or "" => null,
            "utf-8" or "utf8" => Encoding.UTF8,
            "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => Western,
            var other => CodePagesEncodingProvider.Instance.GetEncoding(other),
        };

    [GeneratedRegex("""charset\s*=\s*["']?\s*([\w:.-]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();

    /// <summary>Ends the parser's work.</summary>
    private sealed class EnoughException : Exception;
}
