using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Pamps.Core.Media;

namespace Pamps.Pages.Html;

/// <summary>The pictures of a post as HTML, in the classes of web/src/components/post/PostPictures.vue and in its shapes.</summary>
internal static class FramePictures
{
    private const double Highest = 0.75;
    private const double Widest = 3;

    public static void Write(
        StringBuilder html,
        HtmlEncoder encoder,
        Words words,
        IReadOnlyList<MediaView> pictures
    )
    {
        html.Append("<div class=\"post-pictures")
            .Append(pictures.Count > 1 ? " several" : "")
            .Append("\" data-v-postpictures>");
        foreach (var picture in pictures)
        {
            var full = MediaFileName.AddressOf(picture.File);
            var preview = MediaFileName.AddressOf(picture.Preview);
            html.Append("<a data-v-postpictures target=\"_blank\" rel=\"noopener\" href=\"")
                .Append(full)
                .Append("\">");
            if (pictures.Count == 1)
            {
                // Styles may not stand in the page, and the file's own shape is another one when it is very high or wide.
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<svg data-v-postpictures aria-hidden=\"true\" viewBox=\"0 0 {1000 * ShapeOf(picture):0} 1000\"></svg>"
                );
            }
            html.Append("<img data-v-postpictures src=\"")
                .Append(preview)
                .Append(picture.Kind == MediaKind.Image ? $"\" srcset=\"{preview} 1x, {full} 2x" : "")
                .Append("\" alt=\"")
                .Append(encoder.Encode(picture.Description ?? words.Undescribed))
                .Append("\" loading=\"lazy\" decoding=\"async\" /></a>");
        }
        html.Append("</div>");
    }

    /// <summary>How many times as wide as high a picture is that is shown alone.</summary>
    public static double ShapeOf(MediaView picture) =>
        Math.Clamp((double)picture.Width / picture.Height, Highest, Widest);

    /// <summary>The pictures for feed readers, one below the other.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="encode">Encodes a text for HTML.</param>
    /// <param name="absolute">Makes a path of the site an address.</param>
    public static string ForFeed(
        IReadOnlyList<MediaView> pictures,
        Func<string, string> encode,
        Func<string, string> absolute
    ) =>
        string.Concat(
            pictures.Select(x =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<p><img src=\"{encode(absolute(MediaFileName.AddressOf(x.File)))}\" alt=\"{encode(x.Description ?? "")}\" width=\"{x.Width}\" height=\"{x.Height}\"></p>"
                )
            )
        );
}
