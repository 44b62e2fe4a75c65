using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Http;
using Pamps.Pages.Files;

namespace Pamps.Pages.Html;

/// <summary>A page of the web client: what search engines, previews of links and feed readers learn from its head.</summary>
internal sealed record Page : IResult
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What stands before the site's name in the title; empty for the site itself.</summary>
    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>The page's one right path; null for a page that is not there.</summary>
    public string? Path { get; init; }

    /// <summary>Open Graph's kind of thing.</summary>
    public string Type { get; init; } = "website";

    /// <summary>The address of a small picture, such as a face, of which a path is at this server; or null.</summary>
    public string? Image { get; init; }

    /// <summary>What the page shows at large, in place of <see cref="Image"/>, or null.</summary>
    public MediaView? Picture { get; init; }

    /// <summary>The user whose feeds belong to the page, or null.</summary>
    public string? FeedsOf { get; init; }

    /// <summary>Answers of the API that the page will ask for, or null.</summary>
    public IEmbeddedAnswers? Answers { get; init; }

    /// <summary>The client's file of the page, without its ending, to be loaded at once; null for none or the front page.</summary>
    public string? Source { get; init; }

    /// <summary>What the page shows until the client has drawn it, or null.</summary>
    public Frame? Frame { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var site = services.GetRequiredService<PampsOptions>().Site;
        var words = Words.For(httpContext.Request);
        var files = services.GetRequiredService<WebClientFiles>();
        var shell = files.Shell;
        var html = shell.Render(
            words.Language,
            WriteHead(httpContext.Request, site, words, files.HasLogo)
                + shell.Preload(words.Language, Source),
            Frame?.ToHtml(words, site.Name, services.GetRequiredService<SiteLinks>()) ?? "",
            (Answers ?? services.GetRequiredService<IEmbeddedAnswers>()).ToHtml()
        );

        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.ContentSecurityPolicy = shell.Policy;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        var coding = ContentCoding.Choose(httpContext.Request.Headers.AcceptEncoding, _ => true);
        ContentCoding.Announce(response, coding);
        // Nothing in it is secret or anybody's own, so that its length under compression tells nothing.
        var content = ContentCoding.Compress(html, coding);
        // A condition is for what is there (RFC 9110 section 13.2.1).
        var tag = Status == StatusCodes.Status200OK ? WebClientFile.TagOf(content) : null;
        return TypedResults
            .Bytes(content, "text/html; charset=utf-8", entityTag: tag)
            .ExecuteAsync(httpContext);
    }

    private string WriteHead(HttpRequest request, SiteOptions site, Words words, bool hasLogo)
    {
        var links = request.HttpContext.RequestServices.GetRequiredService<SiteLinks>();
        var head = new StringBuilder();
        var about = site.Description.Length > 0 ? site.Description : words.Site;
        var description = Description.Length > 0 ? Description : about;
        var title = Title.Length > 0 ? Title : site.Name;
        head.Append("<title>").Append(Html.Encode(title));
        if (Title.Length > 0)
        {
            head.Append(" · ").Append(Html.Encode(site.Name));
        }
        head.Append("</title>\n");
        // What the client calls the site.
        Meta("name", "application-name", site.Name);
        if (Path is null)
        {
            return head.ToString();
        }

        Meta("name", "description", description);
        var canonical = links.Lasting(request, Path);
        if (canonical is not null)
        {
            Link("canonical", canonical);
        }
        Meta("property", "og:title", title);
        Meta("property", "og:description", description);
        Meta("property", "og:type", Type);
        if (canonical is not null)
        {
            // For Open Graph the address is what names the page for good.
            Meta("property", "og:url", canonical);
        }
        Meta("property", "og:site_name", site.Name);
        if (Picture is { } picture)
        {
            // Few show what moves: a frame of it.
            var file = picture.Kind == MediaKind.Image ? picture.File : picture.Preview;
            Meta("property", "og:image", links.OfPicture(request, links.File(file))!);
            Meta("property", "og:image:type", MediaFileName.TypeOf(file));
            if (!picture.IsRecording)
            {
                Meta("property", "og:image:width", picture.Width.ToString(CultureInfo.InvariantCulture));
                Meta("property", "og:image:height", picture.Height.ToString(CultureInfo.InvariantCulture));
            }
            Meta("property", "og:image:alt", words.DescriptionOf(picture));
        }
        else if (links.OfPicture(request, Image ?? (hasLogo ? SiteLogo.Large : null)) is { } image)
        {
            Meta("property", "og:image", image);
        }
        Meta("name", "twitter:card", Picture is null ? "summary" : "summary_large_image");
        if (FeedsOf is not null)
        {
            Link("alternate", links.Absolute(request, SiteLinks.Feed(FeedsOf, "rss")), "application/rss+xml");
            Link(
                "alternate",
                links.Absolute(request, SiteLinks.Feed(FeedsOf, "atom")),
                "application/atom+xml"
            );
            Link(
                "alternate",
                links.Absolute(request, SiteLinks.OEmbed(links.Absolute(request, Path))),
                "application/json+oembed"
            );
        }
        return head.ToString();

        void Meta(string kind, string name, string content) =>
            Write($"<meta {kind}=\"{name}\" content=\"{Html.Encode(content)}\" />");

        void Link(string rel, string href, string? type = null) =>
            Write(
                $"<link rel=\"{rel}\"{(type is null ? "" : $" type=\"{type}\"")} href=\"{Html.Encode(href)}\" />"
            );

        void Write(string element) => head.Append("    ").Append(element).Append('\n');
    }
}
