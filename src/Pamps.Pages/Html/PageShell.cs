using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Pamps.Pages.Html;

/// <summary>The client's index.html, taken apart where each page puts in what is its own.</summary>
internal sealed partial class PageShell
{
    private const string HeadMarker = "<!--pamps-head-->";
    private const string FrameMarker = "<!--pamps-frame-->";
    private const string DataMarker = "<!--pamps-initial-->";
    private readonly byte[] beforeLanguage;
    private readonly byte[] beforeHead;
    private readonly byte[] beforeFrame;
    private readonly byte[] beforeData;
    private readonly byte[] rest;
    private readonly Dictionary<string, string[]> preloads;

    /// <param name="html">The client's <c>index.html</c>.</param>
    /// <param name="pictures">From where pages show pictures, as the policy writes it.</param>
    /// <param name="styles">Styles of this site for every page; may be empty.</param>
    public PageShell(byte[] html, string pictures, string styles = "")
    {
        // Each page brings its own title.
        var text = Title().Replace(Encoding.UTF8.GetString(html), "", 1);
        if (styles.Length > 0)
        {
            text = text.Replace(
                HeadMarker,
                $"<style>{styles}</style>\n    {HeadMarker}",
                StringComparison.Ordinal
            );
        }
        Policy = PolicyFor(
            InlineScript().Matches(text).Select(x => HashOf(x.Groups[1].Value)),
            styles.Length > 0 ? [HashOf(styles)] : [],
            pictures
        );
        preloads = Preloads().Match(text) is { Success: true } found
            ? JsonSerializer.Deserialize(
                found.Groups[1].Value,
                ShellJson.Default.DictionaryStringStringArray
            )!
            : [];
        text = Preloads().Replace(text, "");
        Stylesheets = [.. Stylesheet().Matches(text).Select(x => x.Groups[1].Value)];
        var language = Language().Match(text).Groups[1];
        var head = IndexOf(text, HeadMarker);
        var frame = IndexOf(text, FrameMarker);
        var data = IndexOf(text, DataMarker);
        beforeLanguage = Encoding.UTF8.GetBytes(text[..language.Index]);
        beforeHead = Encoding.UTF8.GetBytes(text[(language.Index + language.Length)..head]);
        beforeFrame = Encoding.UTF8.GetBytes(text[(head + HeadMarker.Length)..frame]);
        beforeData = Encoding.UTF8.GetBytes(text[(frame + FrameMarker.Length)..data]);
        rest = Encoding.UTF8.GetBytes(text[(data + DataMarker.Length)..]);
    }

    /// <summary>
    /// The Content-Security-Policy of every page: of all that stands in a page only the shell's own scripts may run,
    /// which it knows by their hashes.
    /// </summary>
    public string Policy { get; }

    /// <summary>The paths of the client's styles.</summary>
    public IReadOnlyList<string> Stylesheets { get; }

    /// <summary>The whole HTML of a page.</summary>
    /// <param name="language">The page's language tag.</param>
    /// <param name="head">Elements for the head, as HTML.</param>
    /// <param name="frame">What is shown until the client has drawn the page, as HTML; may be empty.</param>
    /// <param name="data">The element that holds the page's data, as HTML; may be empty.</param>
    public byte[] Render(string language, string head, string frame, ReadOnlySpan<byte> data)
    {
        var page = new ArrayBufferWriter<byte>(
            beforeHead.Length
                + beforeFrame.Length
                + beforeData.Length
                + rest.Length
                + (head.Length + frame.Length) * 2
                + data.Length
                + 256
        );
        page.Write(beforeLanguage);
        Encoding.UTF8.GetBytes(language, page);
        page.Write(beforeHead);
        Encoding.UTF8.GetBytes(head, page);
        page.Write(beforeFrame);
        Encoding.UTF8.GetBytes(frame, page);
        page.Write(beforeData);
        page.Write(data);
        page.Write(rest);
        return page.WrittenSpan.ToArray();
    }

    /// <summary>Links to scripts that the client would find out about one after the other, as HTML.</summary>
    /// <param name="names">Languages, and pages that are files of their own; null and unknown ones are skipped.</param>
    public string Preload(params string?[] names) =>
        string.Concat(
            names
                .SelectMany(x => x is null ? [] : preloads.GetValueOrDefault(x, []))
                .Distinct()
                .Select(x =>
                    $"    <link rel=\"modulepreload\" crossorigin fetchpriority=\"low\" href=\"{x}\" />\n"
                )
        );

    /// <summary>
    /// What the client's pages need: its own scripts and styles, the API, and people's pictures, video and audio, where their files are.
    /// </summary>
    /// <param name="scripts">The hashes of the scripts that may stand in a page, as the header writes them.</param>
    /// <param name="styles">The same of styles.</param>
    /// <param name="pictures">From where pictures are shown.</param>
    private static string PolicyFor(
        IEnumerable<string> scripts,
        IEnumerable<string> styles,
        string pictures
    ) =>
        $"default-src 'none'; script-src {string.Join(' ', scripts.Prepend("'self'"))}; style-src {string.Join(' ', styles.Prepend("'self'"))}; "
        + $"img-src {pictures}; media-src {pictures}; "
        + "connect-src 'self'; manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vue pamps";

    private static string HashOf(string script) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"))))}'";

    private static int IndexOf(string html, string marker) =>
        html.IndexOf(marker, StringComparison.Ordinal) is var index and >= 0
            ? index
            : throw new InvalidDataException($"The web client's index.html lacks {marker}.");

    [JsonSerializable(typeof(Dictionary<string, string[]>))]
    private sealed partial class ShellJson : JsonSerializerContext;

    [GeneratedRegex("""(?<=<html lang=")([^"]*)""")]
    private static partial Regex Language();

    [GeneratedRegex(@"\s*<title>[^<]*</title>")]
    private static partial Regex Title();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript();

    [GeneratedRegex("""<link rel="stylesheet"[^>]* href="([^"]*)""")]
    private static partial Regex Stylesheet();

    [GeneratedRegex(@"\s*<!--pamps-preload (.*?)-->", RegexOptions.Singleline)]
    private static partial Regex Preloads();
}
