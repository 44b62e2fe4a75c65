using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Pamps.Core.Media;
using Pamps.Http;

namespace Pamps.Pages.Html;

/// <summary>The pictures, video and audio of a post as HTML, in the classes of web/src/components/post/PostPictures.vue and in its shapes.</summary>
internal static class FramePictures
{
    private const double Highest = 0.75;
    private const double Widest = 3;

    /// <summary>How wide they are drawn, so that a browser loads no more of them than it shows.</summary>
    private const string Wide = "(min-width: 44rem) 32rem, calc(100vw - 5.5rem)";
    private const string HalfWide = "(min-width: 44rem) 16rem, calc(50vw - 2.75rem)";

    /// <summary>Pixels of a preview, as it is made.</summary>
    private const double PreviewArea = 640 * 360;

    public static void Write(
        StringBuilder html,
        HtmlEncoder encoder,
        Words words,
        SiteLinks links,
        IReadOnlyList<MediaView> media,
        bool isCovered
    )
    {
        if (isCovered)
        {
            // It opens without a script, and loads nothing before.
            html.Append("<details class=\"covered\" data-v-postpictures><summary data-v-postpictures>")
                .Append(encoder.Encode(words.Sensitive))
                .Append("</summary>");
        }
        MediaView[] pictures = [.. media.Where(x => !x.IsRecording)];
        if (pictures.Length > 0)
        {
            WritePictures(html, encoder, words, links, pictures);
        }
        foreach (var recording in media.Where(x => x.IsRecording))
        {
            WriteRecording(html, encoder, words, links, recording, hasPoster: !isCovered);
        }
        if (isCovered)
        {
            html.Append("</details>");
        }
    }

    private static void WritePictures(
        StringBuilder html,
        HtmlEncoder encoder,
        Words words,
        SiteLinks links,
        MediaView[] pictures
    )
    {
        html.Append("<div class=\"post-pictures")
            .Append(pictures.Length > 1 ? " several" : "")
            .Append("\" data-v-postpictures>");
        foreach (var picture in pictures)
        {
            var full = links.File(picture.File);
            var preview = links.File(picture.Preview);
            html.Append("<a data-v-postpictures target=\"_blank\" rel=\"noopener\" href=\"")
                .Append(full)
                .Append("\">");
            if (pictures.Length == 1)
            {
                // Styles may not stand in the page, and the file's own shape is another one when it is very high or wide.
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<svg data-v-postpictures aria-hidden=\"true\" viewBox=\"0 0 {1000 * ShapeOf(picture):0} 1000\"></svg>"
                );
            }
            html.Append("<img data-v-postpictures src=\"")
                .Append(preview)
                .Append("\" srcset=\"")
                .Append(FilesByWidth(picture, preview, full))
                .Append("\" sizes=\"")
                .Append(pictures.Length > 1 ? HalfWide : Wide)
                .Append("\" alt=\"")
                .Append(encoder.Encode(words.DescriptionOf(picture)))
                .Append("\" loading=\"lazy\" decoding=\"async\" /></a>");
        }
        html.Append("</div>");
    }

    /// <summary>What is played, when somebody asks for it.</summary>
    private static void WriteRecording(
        StringBuilder html,
        HtmlEncoder encoder,
        Words words,
        SiteLinks links,
        MediaView recording,
        bool hasPoster
    )
    {
        var isVideo = recording.Kind == MediaKind.Video;
        var preview = links.File(recording.Preview);
        var size = string.Create(
            CultureInfo.InvariantCulture,
            $" width=\"{recording.Width}\" height=\"{recording.Height}\""
        );
        html.Append("<div class=\"recording\" data-v-postpictures>");
        if (!isVideo)
        {
            html.Append("<img data-v-postpictures src=\"")
                .Append(preview)
                .Append("\" alt=\"\" loading=\"lazy\"")
                .Append(size)
                .Append(" />");
        }
        html.Append(isVideo ? "<video" : "<audio")
            .Append(" data-v-postpictures controls preload=\"none\" src=\"")
            .Append(links.File(recording.File))
            .Append("\" aria-label=\"")
            .Append(encoder.Encode(words.DescriptionOf(recording)))
            .Append('"');
        if (isVideo)
        {
            html.Append(" playsinline").Append(size);
            if (hasPoster)
            {
                html.Append(" poster=\"").Append(preview).Append('"');
            }
        }
        html.Append(isVideo ? "></video></div>" : "></audio></div>");
    }

    /// <summary>Its files by how wide they are; of what moves only the one that does not. web/src/text/pictures.ts says the same.</summary>
    private static string FilesByWidth(MediaView picture, string preview, string full)
    {
        var width = Math.Min(
            picture.Width,
            (int)
                Math.Round(
                    Math.Sqrt(PreviewArea * picture.Width / picture.Height),
                    MidpointRounding.AwayFromZero
                )
        );
        return picture.Kind == MediaKind.Image && width < picture.Width
            ? string.Create(CultureInfo.InvariantCulture, $"{preview} {width}w, {full} {picture.Width}w")
            : string.Create(CultureInfo.InvariantCulture, $"{preview} {width}w");
    }

    /// <summary>How many times as wide as high a picture is that is shown alone.</summary>
    public static double ShapeOf(MediaView picture) =>
        Math.Clamp((double)picture.Width / picture.Height, Highest, Widest);

    /// <summary>
    /// The pictures for feed readers, one below the other; of what is played one that leads to it. Of what is covered only where it is:
    /// readers show at once what they find.
    /// </summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="isCovered">Whether they are shown to those only who want to see them.</param>
    /// <param name="encode">Encodes a text for HTML.</param>
    /// <param name="addressOf">The address of a file, by its name.</param>
    public static string ForFeed(
        IReadOnlyList<MediaView> pictures,
        bool isCovered,
        Func<string, string> encode,
        Func<string, string> addressOf
    ) =>
        string.Concat(
            pictures.Select(x =>
            {
                var file = encode(addressOf(x.File));
                if (isCovered)
                {
                    return $"<p><a href=\"{file}\">[sensitive] {encode(x.Description ?? "")}</a></p>";
                }
                var shown = x.IsRecording ? encode(addressOf(x.Preview)) : file;
                var image = string.Create(
                    CultureInfo.InvariantCulture,
                    $"<img src=\"{shown}\" alt=\"{encode(x.Description ?? "")}\" width=\"{x.Width}\" height=\"{x.Height}\">"
                );
                return x.IsRecording ? $"<p><a href=\"{file}\">{image}</a></p>" : $"<p>{image}</p>";
            })
        );
}
