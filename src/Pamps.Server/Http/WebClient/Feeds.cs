using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;

namespace Pamps.Server.Http.WebClient;

/// <summary>A user's newest posts for feed readers, as RSS 2.0 and as Atom (RFC 4287).</summary>
internal static class Feeds
{
    private const int Posts = 20;
    private const int TitleLength = 80;
    private const string RssType = "application/rss+xml";
    private const string AtomType = "application/atom+xml";
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup("")
            .AllowAnonymous()
            .ExcludeFromDescription()
            .WithMetadata(new ReadOnlyMetadata());
        feeds
            .Map("/@{username:username}.rss", RssAsync)
            .WithName("RssFeed")
            .WithSummary("A user's posts as RSS");
        feeds
            .Map("/@{username:username}.atom", AtomAsync)
            .WithName("AtomFeed")
            .WithSummary("A user's posts as Atom");
    }

    private static Task<IResult> RssAsync(string username, HttpContext context, CancellationToken ct) =>
        AnswerAsync(username, context, RssType, WriteRss, ct);

    private static Task<IResult> AtomAsync(string username, HttpContext context, CancellationToken ct) =>
        AnswerAsync(username, context, AtomType, WriteAtom, ct);

    private static async Task<IResult> AnswerAsync(
        string username,
        HttpContext context,
        string type,
        Func<Feed, XElement> write,
        CancellationToken ct
    )
    {
        var services = context.RequestServices;
        var newest = new PageRequest(Posts, Order: ListOrder.Newest);
        var profile = await services.GetRequiredService<ReadProfile>().RunAsync(viewer: null, username, ct);
        var posts = await services
            .GetRequiredService<ListPosts>()
            .OfUserAsync(viewer: null, username, includeReplies: false, newest, ct);
        if (profile.IsRefused(out _) || posts.IsRefused(out _))
        {
            return Pages.NotFound(context.Request);
        }
        var site = services.GetRequiredService<PampsOptions>().Site.Name;
        var content = ToBytes(
            write(new Feed(profile.Value, posts.Value.Items, context.Request.Site(), site))
        );
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(content, type + "; charset=utf-8", entityTag: WebClientFile.TagOf(content));
    }

    private static XElement WriteRss(Feed feed) =>
        new(
            "rss",
            new XAttribute("version", "2.0"),
            new XAttribute(XNamespace.Xmlns + "atom", Atom),
            new XElement(
                "channel",
                new XElement("title", Xml(feed.Title)),
                new XElement("link", feed.Address),
                new XElement("description", Xml(feed.Description)),
                new XElement("lastBuildDate", Rfc822(feed.Updated)),
                SelfLink(feed.Address + ".rss", RssType),
                feed.Posts.Select(x => new XElement(
                    "item",
                    new XElement("title", Xml(Title(x))),
                    new XElement("link", feed.AddressOf(x)),
                    new XElement("guid", new XAttribute("isPermaLink", "true"), feed.AddressOf(x)),
                    new XElement("pubDate", Rfc822(x.Date)),
                    // Readers take it for HTML, so that a text must be written as HTML would write it.
                    new XElement("description", Xml(Html(x.Text)))
                ))
            )
        );

    private static XElement WriteAtom(Feed feed) =>
        new(
            Atom + "feed",
            new XElement(Atom + "title", Xml(feed.Title)),
            new XElement(Atom + "subtitle", Xml(feed.Description)),
            new XElement(Atom + "id", feed.Address),
            new XElement(Atom + "updated", Rfc3339(feed.Updated)),
            SelfLink(feed.Address + ".atom", AtomType),
            Alternate(feed.Address),
            new XElement(
                Atom + "author",
                new XElement(Atom + "name", feed.Username),
                new XElement(Atom + "uri", feed.Address)
            ),
            feed.Avatar is null ? null : new XElement(Atom + "icon", feed.Avatar),
            feed.Posts.Select(x => new XElement(
                Atom + "entry",
                new XElement(Atom + "title", Xml(Title(x))),
                new XElement(Atom + "id", feed.AddressOf(x)),
                Alternate(feed.AddressOf(x)),
                new XElement(Atom + "published", Rfc3339(x.Date)),
                new XElement(Atom + "updated", Rfc3339(x.EditedAt ?? x.Date)),
                new XElement(Atom + "content", new XAttribute("type", "text"), Xml(x.Text))
            ))
        );

    private static XElement SelfLink(string address, string type) =>
        new(
            Atom + "link",
            new XAttribute("rel", "self"),
            new XAttribute("type", type),
            new XAttribute("href", address)
        );

    private static XElement Alternate(string address) =>
        new(
            Atom + "link",
            new XAttribute("rel", "alternate"),
            new XAttribute("type", "text/html"),
            new XAttribute("href", address)
        );

    private static string Title(PostView post) => post.Text.FirstLine(TitleLength);

    private static string Rfc822(DateTime time) => time.ToString("r", CultureInfo.InvariantCulture);

    private static string Rfc3339(DateTime time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string Html(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The text without the few characters that XML 1.0 cannot hold (section 2.2), such as U+FFFF.</summary>
    private static string Xml(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(x => x.IsBmp && !XmlConvert.IsXmlChar((char)x.Value) ? Rune.ReplacementChar : x)
                .Select(x => x.ToString())
        );

    private static byte[] ToBytes(XElement root)
    {
        using var buffer = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                buffer,
                new XmlWriterSettings { Encoding = new UTF8Encoding(false) }
            )
        )
        {
            root.Save(writer);
        }
        return buffer.ToArray();
    }

    /// <summary>What both kinds of feed tell.</summary>
    private sealed record Feed(
        ProfileView Profile,
        IReadOnlyList<PostView> Posts,
        string Site,
        string SiteName
    )
    {
        public string Username => Profile.User.Username;

        public string? Avatar => Profile.User.Avatar;

        public string Title => $"@{Username} · {SiteName}";

        public string Description => Profile.User.Bio is { Length: > 0 } bio ? bio : Title;

        /// <summary>The user's page, which also names the feed for good.</summary>
        public string Address => $"{Site}/@{Username}";

        public DateTime Updated =>
            Posts.Select(x => x.EditedAt ?? x.Date).DefaultIfEmpty(Profile.CreatedAt).Max();

        public string AddressOf(PostView post) =>
            string.Create(CultureInfo.InvariantCulture, $"{Address}/{post.Id}");
    }
}
