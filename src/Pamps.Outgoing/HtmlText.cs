using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Pamps.Core.Text;

namespace Pamps.Outgoing;

/// <summary>Walks the tree that AngleSharp makes of a post's HTML.</summary>
internal sealed partial class HtmlText : IHtmlText
{
    /// <summary>Far more than a post has.</summary>
    private const int MostCharacters = 65_536;

    /// <summary>
    /// Likewise. Some of them are made anew in every paragraph that follows, so that what they cost is their number squared.
    /// </summary>
    private const int MostElements = 600;

    /// <summary>Far deeper than one is; what lies below is left out.</summary>
    private const int MostDepth = 64;

    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    {
        "script",
        "style",
        "template",
        "head",
        "title",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p",
        "div",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    };

    /// <inheritdoc/>
    public string ToText(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (html.Length > MostCharacters)
        {
            throw TooMuch();
        }
        var count = 0;
        var parser = new HtmlParser(
            new HtmlParserOptions
            {
                OnCreated = (_, _) =>
                {
                    if (++count > MostElements)
                    {
                        throw TooMuch();
                    }
                },
            }
        );
        using var document = parser.ParseDocument(html);
        var text = new StringBuilder();
        Walk(document.Body, text, MostDepth);
        return Gaps().Replace(SpacesAtEnds().Replace(text.ToString(), "\n"), "\n\n").Trim();
    }

    private static FormatException TooMuch() => new("It has more in it than a post has.");

    private static void Walk(INode? node, StringBuilder text, int depth)
    {
        if (node is null || depth == 0)
        {
            return;
        }
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText words:
                    text.Append(Whitespace().Replace(words.Data, " "));
                    break;
                case IElement element when Unseen.Contains(element.LocalName):
                    break;
                case IElement { LocalName: "br" }:
                    text.Append('\n');
                    break;
                case IElement { LocalName: "img" } picture:
                    // An emoji of that server's, mostly.
                    text.Append(picture.GetAttribute("alt"));
                    break;
                case IElement { LocalName: "a" } link:
                    text.Append(OfLink(link));
                    break;
                case IElement { LocalName: "li" } item:
                    text.Append("\n• ");
                    Walk(item, text, depth - 1);
                    break;
                case IElement element:
                    var isBlock = Blocks.Contains(element.LocalName);
                    text.Append(isBlock ? "\n\n" : "");
                    Walk(element, text, depth - 1);
                    text.Append(isBlock ? "\n\n" : "");
                    break;
            }
        }
    }

    private static string OfLink(IElement link)
    {
        var words = Whitespace().Replace(link.TextContent, " ").Trim();
        if (
            !Uri.TryCreate(link.GetAttribute("href"), UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || words.StartsWith('#')
        )
        {
            return words;
        }
        if (words.StartsWith('@'))
        {
            return words.IndexOf('@', 1) > 0 ? words : $"{words}@{address.Host}";
        }
        var written = link.GetAttribute("href")!;
        return words.Length == 0 || written.Contains(words.TrimEnd('…'), StringComparison.Ordinal)
            ? written
            : $"{words} ({written})";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@" *\n *")]
    private static partial Regex SpacesAtEnds();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
