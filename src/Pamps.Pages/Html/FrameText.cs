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

    /// <summary>What web/src/components/post/PostText.vue makes of it.</summary>
    public static void Write(StringBuilder html, HtmlEncoder encoder, PostView post) =>
        Write(
            html,
            post,
            encoder.Encode,
            (text, address, isUrl) =>
                html.Append("<a data-v-posttext href=\"")
                    .Append(encoder.Encode(address))
                    .Append(isUrl ? "\" rel=\"nofollow noopener noreferrer ugc\">" : "\">")
                    .Append(encoder.Encode(isUrl ? Shorten(text) : text))
                    .Append("</a>")
        );

    /// <summary>The text as it can be read anywhere: lines are broken by elements, and links say which site they lead to.</summary>
    /// <param name="post">The post.</param>
    /// <param name="absolute">Makes a path of the site an address.</param>
    public static string ForFeed(PostView post, Func<string, string> absolute)
    {
        var html = new StringBuilder();
        Write(
            html,
            post,
            Encode,
            (text, address, isUrl) =>
                html.Append("<a href=\"")
                    .Append(Encode(isUrl ? address : absolute(address)))
                    .Append("\">")
                    .Append(Encode(text))
                    .Append("</a>")
        );
        return html.ToString();

        static string Encode(string text) =>
            text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
                .Replace("\"", "&quot;", StringComparison.Ordinal)
                .Replace("\n", "<br>", StringComparison.Ordinal);
    }

    private static void Write(
        StringBuilder html,
        PostView post,
        Func<string, string> encode,
        Action<string, string, bool> writeLink
    )
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
            var (text, isUrl) = (Cut(start, end), entity.TryGetProperty("url", out _));
            html.Append(encode(Cut(place, start)));
            writeLink(text, address, isUrl);
            place = end;
        }
        html.Append(encode(Cut(place, runes.Length)));

        string Cut(int from, int to) => string.Concat(runes[from..to].Select(x => x.ToString()));
    }

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
}
