using NetVips;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Media;

/// <summary>How a picture is kept.</summary>
internal enum Format
{
    /// <summary>A photograph.</summary>
    Jpeg,

    /// <summary>What loses nothing.</summary>
    Lossless,

    /// <summary>All else.</summary>
    Webp,
}

/// <summary>What a file says of its picture before any of it is drawn; of one that moves, a frame.</summary>
/// <param name="Format">How it is to be kept.</param>
/// <param name="Width">How wide it is as it is to be seen.</param>
/// <param name="Height">How high it is as it is to be seen.</param>
/// <param name="IsMoving">Whether it has several frames.</param>
/// <param name="HasProfile">Whether its colours may be others than sRGB's.</param>
internal sealed record Header(Format Format, int Width, int Height, bool IsMoving, bool HasProfile)
{
    /// <summary>What reads files; nothing else is let at them.</summary>
    public static readonly string[] Loaders =
    [
        "VipsForeignLoadJpeg",
        "VipsForeignLoadPng",
        "VipsForeignLoadWebp",
        "VipsForeignLoadNsgif",
        "VipsForeignLoadHeif",
    ];

    /// <summary>Reads it; refused is what is none of the five formats, and what would cost too much.</summary>
    public static Result<Header> Read(byte[] bytes)
    {
        // What begins as none of the five is no picture; what does and cannot be read is a broken one.
        var loader = Image.FindLoadBuffer(bytes)?.Replace("Buffer", "", StringComparison.Ordinal);
        if (loader is null || !Loaders.Contains(loader))
        {
            return MediaErrors.NotTaken;
        }
        using var image = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential);
        var isAvif = loader == "VipsForeignLoadHeif";
        if (isAvif && image.Contains("heif-compression") && (string)image.Get("heif-compression") != "av1")
        {
            // HEIC, which looks the same from outside.
            return MediaErrors.NotTaken;
        }
        var most = isAvif ? PictureBounds.MostAvifPixels : PictureBounds.MostPixels;
        var pixels = (long)image.Width * image.Height;
        if (pixels > most)
        {
            return MediaErrors.TooManyPixels(most);
        }
        var frames = !isAvif && image.Contains("n-pages") ? (int)image.Get("n-pages") : 1;
        if (frames > PictureBounds.MostFrames)
        {
            return MediaErrors.TooManyFrames(PictureBounds.MostFrames);
        }
        if (frames > 1 && frames * pixels > PictureBounds.MostMovingPixels)
        {
            return MediaErrors.TooManyPixels(PictureBounds.MostMovingPixels);
        }
        var isTurned = image.Contains("orientation") && (int)image.Get("orientation") is >= 5 and <= 8;
        return new Header(
            loader switch
            {
                "VipsForeignLoadJpeg" => Format.Jpeg,
                "VipsForeignLoadPng" or "VipsForeignLoadNsgif" => Format.Lossless,
                _ => Format.Webp,
            },
            isTurned ? image.Height : image.Width,
            isTurned ? image.Width : image.Height,
            frames > 1,
            image.Contains("icc-profile-data") || image.Interpretation == Enums.Interpretation.Cmyk
        );
    }

    /// <summary>The size in which it is kept.</summary>
    public (int Width, int Height) Fit(long pixels, int side) =>
        PictureBounds.Fit(Width, Height, pixels, side);
}
