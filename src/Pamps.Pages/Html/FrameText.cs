using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pamps.Core.Posts;
using Pamps.Http;

namespace Pamps.Pages.Html;

/// <summary>The text of a post as HTML, with its links.</summary>
internal static partial class FrameText
{
    private const int LongestAddress = 40;

    /// <summary>Writes the text of a post.</summary>
    /// <returns>Whether there is more of it than was written, as <paramref name="isFolded"/> allows.</returns>
    public static bool Write(StringBuilder html, HtmlEncoder encoder, PostView post, bool isFolded)
    {
        var pieces = PiecesOf(post)
            .Select(x =>
                x with
                {
                    Text =
                        x.Address is null ? Folding.FoldBlankLines(x.Text)
                        : x.IsUrl ? Shorten(x.Text)
                        : x.Text,
                }
            )
            .ToList();
        var left = isFolded ? Folding.CutAt(string.Concat(pieces.Select(x => x.Text))) : null;
        foreach (var piece in pieces)
        {
            if (left <= 0)
            {
                html.Append('…');
                return true;
            }
            var runes = piece.Text.EnumerateRunes().ToArray();
            if (piece.Address is null)
            {
                var isCut = runes.Length > left;
                WritePlain(html, encoder, isCut ? Cut(runes, 0, left!.Value).TrimEnd() + "…" : piece.Text);
                if (isCut)
                {
                    return true;
                }
            }
            else
            {
                html.Append("<a data-v-posttext")
                    .Append(Folding.SplitStacks(piece.Text).Any(x => x.IsStacked) ? " class=\"stack\"" : "")
                    .Append(" href=\"")
                    .Append(encoder.Encode(piece.Address))
                    .Append(piece.IsUrl ? "\" rel=\"nofollow noopener noreferrer ugc\">" : "\">")
                    .Append(encoder.Encode(piece.Text))
                    .Append("</a>");
            }
            left -= runes.Length;
        }
        return false;
    }

    /// <summary>The text and its pictures as they can be read anywhere: lines are broken by elements, and addresses say which site they are at.</summary>
    /// <param name="post">The post.</param>
    /// <param name="absolute">Makes a path of the site an address.</param>
    /// <param name="addressOf">The address of a file, by its name.</param>
    public static string ForFeed(PostView post, Func<string, string> absolute, Func<string, string> addressOf)
    {
        var html = new StringBuilder();
        foreach (var (text, address, isUrl) in PiecesOf(post))
        {
            html.Append(
                address is null
                    ? Encode(text)
                    : $"<a href=\"{Encode(isUrl ? address : absolute(address))}\">{Encode(text)}</a>"
            );
        }
        return html.Append(FramePictures.ForFeed(post.Media.Read(), post.Sensitive, Encode, addressOf))
            .ToString();

        static string Encode(string text) =>
            text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
                .Replace("\"", "&quot;", StringComparison.Ordinal)
                .Replace("\n", "<br>", StringComparison.Ordinal);
    }

    private static void WritePlain(StringBuilder html, HtmlEncoder encoder, string text)
    {
        foreach (var (piece, isStacked) in Folding.SplitStacks(text))
        {
            html.Append(isStacked ? "<span class=\"stack\" data-v-posttext>" : "")
                .Append(encoder.Encode(piece))
                .Append(isStacked ? "</span>" : "");
        }
    }

    /// <summary>The text in pieces of which some lead somewhere.</summary>
    private static IEnumerable<Piece> PiecesOf(PostView post)
    {
        var runes = post.Text.EnumerateRunes().ToArray();
        var place = 0;
        using var entities = JsonDocument.Parse(post.Entities.ToString());
        foreach (
            var entity in entities
                .RootElement.EnumerateArray()
                .OrderBy(x => x.GetProperty("start").GetInt32())
        )
        {
            var start = entity.GetProperty("start").GetInt32();
            var end = start + entity.GetProperty("length").GetInt32();
            if (start < place || end <= start || end > runes.Length || AddressOf(entity) is not { } address)
            {
                continue;
            }
            if (start > place)
            {
                yield return new Piece(Cut(runes, place, start));
            }
            yield return new Piece(Cut(runes, start, end), address, entity.TryGetProperty("url", out _));
            place = end;
        }
        if (place < runes.Length)
        {
            yield return new Piece(Cut(runes, place, runes.Length));
        }
    }

    private static string Cut(Rune[] runes, int from, int to) =>
        string.Concat(runes[from..to].Select(x => x.ToString()));

    /// <summary>Where it leads; null for what is no link.</summary>
    private static string? AddressOf(JsonElement entity)
    {
        return Named("username") is { } username ? SiteLinks.User(username)
            : Named("tag") is { } tag ? SiteLinks.Tag(tag)
            : Named("url") is { } url && WebAddress().IsMatch(url) ? url
            : null;

        string? Named(string name) => entity.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static string Shorten(string url)
    {
        var runes = Scheme().Replace(url, "").EnumerateRunes().ToList();
        if (runes.Count > 0 && runes[^1].Value == '/')
        {
            runes.RemoveAt(runes.Count - 1);
        }
        return runes.Count <= LongestAddress
            ? string.Concat(runes)
            : string.Concat(runes.Take(LongestAddress - 1)) + "…";
    }

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();

    [GeneratedRegex(@"^https?://(www\.)?", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    /// <summary>A part of a text, which leads somewhere or is plain.</summary>
    private readonly record struct Piece(string Text, string? Address = null, bool IsUrl = false);
}
