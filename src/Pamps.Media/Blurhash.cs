using System.Globalization;
using System.Text;

namespace Pamps.Media;

/// <summary>What a picture looks like in a few letters, after https://github.com/woltapp/blurhash (Algorithm.md).</summary>
internal static class Blurhash
{
    private const string Digits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

    /// <summary>The letters for pixels in sRGB, three bytes each, of a small picture.</summary>
    /// <param name="pixels">The pixels, line after line.</param>
    /// <param name="width">How many a line has.</param>
    /// <param name="height">How many lines there are.</param>
    /// <param name="across">How many waves across, from 1 to 9.</param>
    /// <param name="down">How many waves down, from 1 to 9.</param>
    public static string Of(ReadOnlySpan<byte> pixels, int width, int height, int across = 4, int down = 3)
    {
        var waves = new (double R, double G, double B)[across * down];
        for (var j = 0; j < down; j++)
        {
            for (var i = 0; i < across; i++)
            {
                waves[j * across + i] = WaveOf(pixels, width, height, i, j);
            }
        }
        var most = waves.Skip(1).Select(x => Math.Max(Math.Abs(x.R), Math.Max(Math.Abs(x.G), Math.Abs(x.B))));
        var step = Math.Clamp((int)Math.Floor(most.DefaultIfEmpty().Max() * 166 - 0.5), 0, 82);
        var scale = (step + 1) / 166.0;
        var text = new StringBuilder();
        Append(text, across - 1 + (down - 1) * 9, 1);
        Append(text, step, 1);
        var (red, green, blue) = waves[0];
        Append(text, (ToSrgb(red) << 16) + (ToSrgb(green) << 8) + ToSrgb(blue), 4);
        foreach (var (r, g, b) in waves.Skip(1))
        {
            Append(text, (Quantized(r / scale) * 19 + Quantized(g / scale)) * 19 + Quantized(b / scale), 2);
        }
        return text.ToString();
    }

    private static (double R, double G, double B) WaveOf(
        ReadOnlySpan<byte> pixels,
        int width,
        int height,
        int i,
        int j
    )
    {
        var (r, g, b) = (0.0, 0.0, 0.0);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var basis = Math.Cos(Math.PI * i * x / width) * Math.Cos(Math.PI * j * y / height);
                var pixel = pixels.Slice((y * width + x) * 3, 3);
                r += basis * ToLinear(pixel[0]);
                g += basis * ToLinear(pixel[1]);
                b += basis * ToLinear(pixel[2]);
            }
        }
        var normal = (i == 0 && j == 0 ? 1.0 : 2.0) / (width * height);
        return (r * normal, g * normal, b * normal);
    }

    private static int Quantized(double value) =>
        Math.Clamp((int)Math.Floor(Math.Sign(value) * Math.Sqrt(Math.Abs(value)) * 9 + 9.5), 0, 18);

    private static double ToLinear(byte value) =>
        value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static int ToSrgb(double value) =>
        Math.Clamp(value, 0, 1) is var v && v <= 0.0031308
            ? (int)(v * 12.92 * 255 + 0.5)
            : (int)((1.055 * Math.Pow(v, 1 / 2.4) - 0.055) * 255 + 0.5);

    private static void Append(StringBuilder text, int value, int length)
    {
        for (var i = length - 1; i >= 0; i--)
        {
            text.Append(Digits[value / (int)Math.Pow(83, i) % 83]);
        }
    }
}
