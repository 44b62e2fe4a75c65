namespace Pamps.Media;

/// <summary>
/// What a picture may cost. Measured: a JPEG of 33 megapixels that is read in passes takes 170 MiB, an interlaced PNG 240 MiB, an AVIF
/// of 33 megapixels 526 MiB.
/// </summary>
internal static class PictureBounds
{
    /// <summary>What one is reckoned to take, of which there may be two at once, where that is to be no more than two thirds of the memory.</summary>
    private const int BytesAPixel = 20 * 2 * 3 / 2;

    /// <summary>The most pixels of one that is read: 7,680 × 4,320, or what the memory of the machine or container allows.</summary>
    public static long MostPixels => Math.Min(33_177_600, InMemory);

    /// <summary>The same of an AVIF, which takes three times the memory.</summary>
    public static long MostAvifPixels => Math.Min(16_777_216, InMemory / 3);

    private static long InMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesAPixel;

    /// <summary>The most frames of one that moves.</summary>
    public const int MostFrames = 500;

    /// <summary>The most pixels of all its frames together: of noise, which is the worst, they take ten seconds.</summary>
    public const long MostMovingPixels = 33_177_600;

    /// <summary>The most pixels of one that is kept: 3,840 × 2,160.</summary>
    public const long FullPixels = 8_294_400;

    /// <summary>The longest side of one that is kept: WebP has no longer one than 16,383.</summary>
    public const int FullSide = 8_192;

    /// <summary>The most pixels of a frame that is kept of one that moves: 640 × 360.</summary>
    public const long MovingPixels = 230_400;

    /// <summary>The most pixels of a preview: 640 × 360.</summary>
    public const long PreviewPixels = 230_400;

    /// <summary>The longest side of a preview.</summary>
    public const int PreviewSide = 1_600;

    /// <summary>The size in which a picture fits, with its shape; its own where it fits.</summary>
    public static (int Width, int Height) Fit(int width, int height, long pixels, int side)
    {
        var scale = Math.Min(
            1,
            Math.Min(
                Math.Sqrt((double)pixels / ((long)width * height)),
                (double)side / Math.Max(width, height)
            )
        );
        return (Scaled(width), Scaled(height));

        int Scaled(int length) => Math.Max(1, (int)(length * scale));
    }
}
