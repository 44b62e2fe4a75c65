using System.Text;
using System.Text.Encodings.Web;
using Pamps.Core.Cards;
using Pamps.Http;

namespace Pamps.Pages.Html;

/// <summary>What a post shows of the page that it links to, in the classes of web/src/components/post/LinkCard.vue.</summary>
internal static class FrameCard
{
    private const double NarrowestAbove = 1.3;

    public static void Write(StringBuilder html, HtmlEncoder encoder, SiteLinks links, CardView card)
    {
        var url = encoder.Encode(card.Url);
        html.Append("<a class=\"link-card ")
            .Append(ShapeOf(card.Picture))
            .Append("\" data-v-linkcard target=\"_blank\" rel=\"nofollow noopener noreferrer ugc\" href=\"")
            .Append(url)
            .Append("\" title=\"")
            .Append(url)
            .Append("\">");
        if (card.Picture is { } picture)
        {
            html.Append("<span class=\"picture\" data-v-linkcard><img data-v-linkcard src=\"")
                .Append(links.File(picture.File))
                .Append("\" alt=\"\" loading=\"lazy\" decoding=\"async\" /></span>");
        }
        html.Append("<span class=\"words\" data-v-linkcard>");
        Line("site", SiteOf(card));
        Line("title", card.Title);
        if (card.Description is not null)
        {
            Line("description", card.Description);
        }
        html.Append("</span></a>");

        void Line(string kind, string text) =>
            html.Append("<span class=\"")
                .Append(kind)
                .Append("\" dir=\"auto\" data-v-linkcard>")
                .Append(encoder.Encode(text))
                .Append("</span>");
    }

    private static string ShapeOf(CardPicture? picture) =>
        picture is null ? "bare"
        : picture.Width < NarrowestAbove * picture.Height ? "beside"
        : "above";

    private static string SiteOf(CardView card)
    {
        var authority = new Uri(card.Url).Authority;
        var host = authority.StartsWith("www.", StringComparison.Ordinal) ? authority[4..] : authority;
        return card.SiteName is null || card.SiteName == host ? host : $"{card.SiteName} · {host}";
    }
}
