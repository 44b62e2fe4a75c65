using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Pamps.Pages.Feeds;

/// <summary>A feed as XML.</summary>
internal static class FeedXml
{
    public const string RssType = "application/rss+xml";
    public const string AtomType = "application/atom+xml";
    private static readonly XNamespace Names = "http://www.w3.org/2005/Atom";

    public static XElement Rss(Feed feed) =>
        new(
            "rss",
            new XAttribute("version", "2.0"),
            new XAttribute(XNamespace.Xmlns + "atom", Names),
            new XElement(
                "channel",
                new XElement("title", feed.Title),
                new XElement("link", feed.Address),
                new XElement("description", feed.Description),
                new XElement("lastBuildDate", Rfc822(feed.Updated)),
                SelfLink(feed.AddressAs("rss"), RssType),
                feed.Posts.Select(x => new XElement(
                    "item",
                    new XElement("title", Feed.TitleOf(x)),
                    new XElement("link", feed.AddressOf(x)),
                    new XElement(
                        "guid",
                        new XAttribute("isPermaLink", feed.IdOf(x) == feed.AddressOf(x)),
                        feed.IdOf(x)
                    ),
                    new XElement("pubDate", Rfc822(x.Date)),
                    // Readers take it for HTML.
                    new XElement("description", feed.ContentOf(x))
                ))
            )
        );

    public static XElement Atom(Feed feed) =>
        new(
            Names + "feed",
            new XElement(Names + "title", feed.Title),
            new XElement(Names + "subtitle", feed.Description),
            new XElement(Names + "id", feed.Id),
            new XElement(Names + "updated", Rfc3339(feed.Updated)),
            SelfLink(feed.AddressAs("atom"), AtomType),
            Alternate(feed.Address),
            new XElement(
                Names + "author",
                new XElement(Names + "name", feed.Name),
                new XElement(Names + "uri", feed.Address)
            ),
            feed.Avatar is null ? null : new XElement(Names + "icon", feed.Avatar),
            feed.Posts.Select(x => new XElement(
                Names + "entry",
                new XElement(Names + "title", Feed.TitleOf(x)),
                new XElement(Names + "id", feed.IdOf(x)),
                Alternate(feed.AddressOf(x)),
                new XElement(Names + "published", Rfc3339(x.Date)),
                new XElement(Names + "updated", Rfc3339(x.EditedAt ?? x.Date)),
                new XElement(Names + "content", new XAttribute("type", "html"), feed.ContentOf(x))
            ))
        );

    private static XElement SelfLink(string address, string type) =>
        new(
            Names + "link",
            new XAttribute("rel", "self"),
            new XAttribute("type", type),
            new XAttribute("href", address)
        );

    private static XElement Alternate(string address) =>
        new(
            Names + "link",
            new XAttribute("rel", "alternate"),
            new XAttribute("type", "text/html"),
            new XAttribute("href", address)
        );

    private static string Rfc822(DateTime time) => time.ToString("r", CultureInfo.InvariantCulture);

    private static string Rfc3339(DateTime time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The feed as it is sent, whatever stands in its texts.</summary>
    public static byte[] ToBytes(XElement root)
    {
        foreach (var text in root.DescendantNodes().OfType<XText>())
        {
            text.Value = Xml(text.Value);
        }
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

    /// <summary>The text with a sign for each character that XML 1.0 cannot hold (section 2.2), at which the writer throws.</summary>
    private static string Xml(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(x => x.IsBmp && !XmlConvert.IsXmlChar((char)x.Value) ? Rune.ReplacementChar : x)
                .Select(x => x.ToString())
        );
}
