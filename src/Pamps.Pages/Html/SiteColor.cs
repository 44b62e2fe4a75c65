using System.Globalization;

namespace Pamps.Pages.Html;

/// <summary>
/// The operator's color in place of the client's own (web/src/styles/tokens.css): its hue, in the lightness that can be read on light
/// and on dark, which is 4.5:1 at least (WCAG 2.2, 1.4.3).
/// </summary>
internal static class SiteColor
{
    private const double Readable = 4.5;

    /// <summary>Styles for every page; empty where no color is set.</summary>
    /// <param name="color"><c>#rrggbb</c>, or empty.</param>
    public static string StylesFor(string color)
    {
        if (color.Length == 0)
        {
            return "";
        }
        var (hue, saturation, lightness) = HueOf(color);
        var softLight = new Hsl(hue, Math.Min(saturation, 0.45), 0.91);
        var softDark = new Hsl(hue, Math.Min(saturation, 0.3), 0.16);
        var light = Find(new Hsl(hue, saturation, lightness), softLight, -0.01);
        var dark = Find(new Hsl(hue, Math.Min(saturation, 0.6), Math.Max(lightness, 0.6)), softDark, 0.01);
        var onLight =
            $"--accent:{light};--accent-hover:{light.By(-0.06)};--accent-soft:{softLight};--on-accent:#fff";
        var onDark =
            $"--accent:{dark};--accent-hover:{dark.By(0.07)};--accent-soft:{softDark};--on-accent:{new Hsl(hue, Math.Min(saturation, 0.5), 0.08)}";
        // One element more than the rules that they take the place of.
        return $"html:root{{{onLight}}}"
            + $"@media (prefers-color-scheme:dark){{html:root:not([data-theme='light']){{{onDark}}}}}"
            + $"html:root[data-theme='dark']{{{onDark}}}";
    }

    /// <summary>The first that can be read on the surface, step by step from where it begins.</summary>
    private static Hsl Find(Hsl color, Hsl surface, double step)
    {
        while (color.ContrastTo(surface) < Readable && (step < 0 ? color.Lightness > 0 : color.Lightness < 1))
        {
            color = color.By(step);
        }
        return color;
    }

    private static Hsl HueOf(string color)
    {
        var (red, green, blue) = (Part(1), Part(3), Part(5));
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        var (lightness, range) = ((most + least) / 2, most - least);
        if (range == 0)
        {
            return new Hsl(0, 0, lightness);
        }
        var sixth =
            most == red ? (green - blue) / range
            : most == green ? (blue - red) / range + 2
            : (red - green) / range + 4;
        return new Hsl((sixth * 60 + 360) % 360, range / (1 - Math.Abs(2 * lightness - 1)), lightness);

        double Part(int place) =>
            int.Parse(color.AsSpan(place, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
    }

    /// <summary>A color by hue (0 to 360), saturation and lightness (0 to 1).</summary>
    private readonly record struct Hsl(double Hue, double Saturation, double Lightness)
    {
        public Hsl By(double lightness) => this with { Lightness = Math.Clamp(Lightness + lightness, 0, 1) };

        public double ContrastTo(Hsl other)
        {
            var (one, two) = (Luminance(), other.Luminance());
            return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
        }

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"#{Byte(Part(0)):x2}{Byte(Part(8)):x2}{Byte(Part(4)):x2}"
            );

        /// <summary>What of it is seen as brightness (WCAG 2.2, relative luminance).</summary>
        private double Luminance() =>
            0.2126 * Linear(Part(0)) + 0.7152 * Linear(Part(8)) + 0.0722 * Linear(Part(4));

        private static double Linear(double x) =>
            x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4);

        private static int Byte(double x) => (int)Math.Round(x * 255);

        /// <summary>Red at 0, green at 8, blue at 4 (CSS Color 4, section 7.1).</summary>
        private double Part(int place)
        {
            var k = (place + Hue / 30) % 12;
            return Lightness
                - Saturation
                    * Math.Min(Lightness, 1 - Lightness)
                    * Math.Max(-1, Math.Min(k - 3, Math.Min(9 - k, 1)));
        }
    }
}
