using System.Runtime.CompilerServices;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Pamps.Http;

/// <summary>
/// Makes HTML of the Markdown (CommonMark) that admins write. No HTML of theirs comes through, and no link that a browser could run:
/// only http, https, mailto and paths of this site. Pictures become links, since pages load none from elsewhere.
/// </summary>
internal static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks()
        .Build();

    /// <summary>The HTML of texts that somebody keeps, as long as they do.</summary>
    private static readonly ConditionalWeakTable<string, string> Kept = [];

    /// <summary>The HTML, made once of the same string; null of nothing.</summary>
    public static string? ToHtml(string? markdown) => markdown is null ? null : Kept.GetValue(markdown, Make);

    private static string Make(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            // The page's own heading stands above.
            heading.Level = Math.Min(heading.Level + 1, 6);
        }
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            (link.IsImage, link.GetDynamicUrl) = (false, null);
            var address = link.Url ?? "";
            link.Url = IsSafe(address) ? address : "";
            if (link.Url.Length == 0 || !link.Url.StartsWith('/'))
            {
                link.GetAttributes().AddProperty("rel", "nofollow noopener noreferrer");
            }
        }
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            link.GetAttributes().AddProperty("rel", "nofollow noopener noreferrer");
            if (!link.IsEmail && !IsSafe(link.Url))
            {
                link.Url = "";
            }
        }
        return document.ToHtml(Pipeline);
    }

    /// <summary>A path of this site, or an address of a scheme that opens a page or a mail.</summary>
    private static bool IsSafe(string address) =>
        address.StartsWith('/')
            ? !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\')
            : Uri.TryCreate(address, UriKind.Absolute, out var uri)
                && (
                    uri.Scheme == Uri.UriSchemeHttp
                    || uri.Scheme == Uri.UriSchemeHttps
                    || uri.Scheme == Uri.UriSchemeMailto
                );
}
