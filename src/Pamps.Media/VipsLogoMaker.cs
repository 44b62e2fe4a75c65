using NetVips;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Media;

/// <summary>Draws a site's logo with libvips, let at it as at what people send (<see cref="VipsPictureMaker"/>).</summary>
internal sealed class VipsLogoMaker(IPictureMaker pictures) : ILogoMaker
{
    /// <summary>Whatever a phone cuts off, 80 % of the width stay in the middle, as a circle: this is the square in it.</summary>
    private const double InCircle = 0.8 / 1.4142;
    private static readonly double[] Nothing = [0, 0, 0, 0];
    private static readonly double[] White = [255, 255, 255];

    public Result<LogoIcons> Make(byte[] picture)
    {
        if (pictures.MediaTypes.Count == 0)
        {
            return MediaErrors.NoneTaken;
        }
        VipsPictureMaker.Prepare();
        try
        {
            var header = Header.Read(picture);
            if (header.IsRefused(out var error))
            {
                return error;
            }
            return new LogoIcons(
                Draw(picture, header.Value, 96),
                Draw(picture, header.Value, 192),
                Draw(picture, header.Value, 512),
                Draw(picture, header.Value, 512, InCircle),
                Draw(picture, header.Value, 180, 0.8)
            );
        }
        catch (VipsException)
        {
            return MediaErrors.Broken;
        }
    }

    /// <param name="picture">The picture.</param>
    /// <param name="header">What it says of itself.</param>
    /// <param name="side">How wide and high the icon is.</param>
    /// <param name="part">How much of that what is transparent in places takes, on white; null: all, and it stays transparent.</param>
    private static byte[] Draw(byte[] picture, Header header, int side, double? part = null)
    {
        using var whole = Fit(picture, header, side);
        var isOpaque = !whole.HasAlpha();
        // One without anything transparent has a background of its own, which reaches to the edge.
        using var drawn = part is null || isOpaque ? whole.Copy() : Fit(picture, header, (int)(side * part));
        using var colours = drawn.Colourspace(Enums.Interpretation.Srgb);
        using var clear = isOpaque ? colours.Bandjoin(255) : colours.Copy();
        using var icon = clear.Gravity(
            Enums.CompassDirection.Centre,
            side,
            side,
            extend: Enums.Extend.Background,
            background: Nothing
        );
        using var shown = part is null ? icon.Copy() : icon.Flatten(background: White);
        using var bytes = shown.Cast(Enums.BandFormat.Uchar);
        return bytes.PngsaveBuffer(compression: 9, keep: Enums.ForeignKeep.None);
    }

    private static Image Fit(byte[] picture, Header header, int side)
    {
        var scale = (double)side / Math.Max(header.Width, header.Height);
        return VipsPictureMaker.Thumbnail(
            picture,
            VipsPictureMaker.Whole,
            header,
            (
                Math.Max(1, (int)Math.Round(header.Width * scale)),
                Math.Max(1, (int)Math.Round(header.Height * scale))
            )
        );
    }
}
