using System.Net;
using System.Text;

namespace Pamps.Core.Mail;

/// <summary>Writes mails: each as text, and as a page of the same words.</summary>
public static class MailTexts
{
    /// <summary>What an operator sends to see whether mail goes out.</summary>
    /// <param name="id">The mail's id.</param>
    /// <param name="to">The address.</param>
    /// <param name="options">What the site is called, and where it is.</param>
    public static OutgoingMail Test(long id, string to, PampsOptions options) =>
        Write(
            id,
            to,
            "en",
            $"A test of {options.Site.Name}",
            [
                $"This is a test. {options.Site.Name} ({options.Site.Origin}) can send mail.",
                "There is nothing to do.",
            ]
        );

    /// <summary>A mail of these paragraphs, of which one that begins with a scheme is a link.</summary>
    internal static OutgoingMail Write(
        long id,
        string to,
        string language,
        string subject,
        IReadOnlyList<string> paragraphs
    )
    {
        var html = new StringBuilder()
            .Append("<!doctype html>\n<html lang=\"")
            .Append(language)
            .Append("\">\n<head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(subject))
            .Append("</title></head>\n<body>\n");
        foreach (var paragraph in paragraphs)
        {
            var text = WebUtility.HtmlEncode(paragraph);
            html.Append(IsLink(paragraph) ? $"<p><a href=\"{text}\">{text}</a></p>\n" : $"<p>{text}</p>\n");
        }
        html.Append("</body>\n</html>\n");
        return new OutgoingMail(
            id,
            to,
            language,
            subject,
            string.Join("\n\n", paragraphs) + "\n",
            html.ToString()
        );
    }

    private static bool IsLink(string paragraph) =>
        paragraph.StartsWith("https://", StringComparison.Ordinal)
        || paragraph.StartsWith("http://", StringComparison.Ordinal);
}
