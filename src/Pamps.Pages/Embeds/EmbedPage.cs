using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Http;
using Pamps.Pages.Files;
using Pamps.Pages.Html;

namespace Pamps.Pages.Embeds;

/// <summary>
/// Posts as any site may show them in a frame: as a stranger sees them, without scripts, and with nothing in it that does anything
/// but lead here.
/// </summary>
internal sealed record EmbedPage : IResult
{
    /// <summary>Where the frame is, the browser's own words apart; whoever frames it may be anybody.</summary>
    private static string PolicyFor(SiteLinks links) =>
        "default-src 'none'; style-src 'self'; "
        + $"img-src {links.PictureSources}; media-src {links.PictureSources}; base-uri 'none'; form-action 'none'; frame-ancestors *";

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    public required string Title { get; init; }

    /// <summary>The path of the page of which this shows something.</summary>
    public required string Path { get; init; }

    /// <summary>What stands above the posts, or null.</summary>
    public string? Heading { get; init; }

    public required IReadOnlyList<PostView> Posts { get; init; }

    /// <summary>The one post that is shown whole; null for a list.</summary>
    public PostView? Focus { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        var content = Encoding.UTF8.GetBytes(ToHtml(httpContext, Words.For(request)));
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = PolicyFor(
            httpContext.RequestServices.GetRequiredService<SiteLinks>()
        );
        headers.CacheControl = "no-cache";
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        headers.Append("X-Robots-Tag", "noindex");
        return TypedResults
            .Bytes(content, "text/html; charset=utf-8", entityTag: WebClientFile.TagOf(content))
            .ExecuteAsync(httpContext);
    }

    private string ToHtml(HttpContext context, Words words)
    {
        var services = context.RequestServices;
        var site = services.GetRequiredService<PampsOptions>().Site.Name;
        var links = services.GetRequiredService<SiteLinks>();
        var page = Html.Encode(links.Absolute(context.Request, Path));
        var html = new StringBuilder("<!doctype html>\n<html lang=\"")
            .Append(words.Language)
            .Append(
                "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
            )
            .Append("<meta name=\"color-scheme\" content=\"light dark\"><base target=\"_blank\"><title>")
            .Append(Html.Encode(Title))
            .Append("</title><link rel=\"canonical\" href=\"")
            .Append(page)
            .Append("\">");
        foreach (var path in services.GetRequiredService<WebClientFiles>().Shell.Stylesheets)
        {
            // Without credentials or CORS, which a frame that is shut in has not.
            html.Append("<link rel=\"stylesheet\" href=\"").Append(path).Append("\">");
        }
        html.Append("</head><body class=\"frame embed\">");
        if (Heading is not null)
        {
            html.Append("<h1>").Append(Html.Encode(Heading)).Append("</h1>");
        }
        foreach (var post in Posts)
        {
            Frame.WritePost(html, words, links, post, parent: null, post == Focus ? "focus" : "list");
        }
        return html.Append("<footer><a href=\"")
            .Append(page)
            .Append("\">")
            .Append(Html.Encode(words.SeeAt))
            .Append(' ')
            .Append(Html.Encode(site))
            .Append("</a></footer></body></html>\n")
            .ToString();
    }
}
