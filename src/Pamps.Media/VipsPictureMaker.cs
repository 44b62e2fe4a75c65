using System.Runtime.InteropServices;
using NetVips;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Media;

/// <summary>
/// Draws pictures with libvips. Of its loaders only those of five formats are let at what people send; which of them reads a file its
/// bytes decide.
/// </summary>
internal sealed class VipsPictureMaker(PampsOptions options) : IPictureMaker
{
    private const string Srgb = "srgb";

    /// <summary>What refuses a file that ends too soon. Said here, since libvips does not heed it as an argument of its thumbnails.</summary>
    public const string Whole = $"[{FailOnError}]";

    private const string FailOnError = "fail_on=error";

    private static readonly Lock Sync = new();
    private static bool isReady;

    private readonly Lazy<string[]> types = new(() =>
        options.Media.Enabled && IsThere()
            ? ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]
            : []
    );

    public IReadOnlyList<string> MediaTypes => types.Value;

    public Result<MadePicture> Make(string path, CancellationToken cancellationToken)
    {
        if (MediaTypes.Count == 0)
        {
            return MediaErrors.NoneTaken;
        }
        Prepare();
        var bytes = File.ReadAllBytes(path);
        try
        {
            var header = Header.Read(bytes);
            return header.IsRefused(out var error) ? error
                : header.Value.IsMoving ? MakeMoving(bytes, header.Value, cancellationToken)
                : MakeStill(bytes, header.Value, cancellationToken);
        }
        catch (VipsException)
        {
            // Stopped in the middle it says no more than that.
            cancellationToken.ThrowIfCancellationRequested();
            return MediaErrors.Broken;
        }
    }

    private static MadePicture MakeStill(byte[] bytes, Header header, CancellationToken ct)
    {
        // Read once: it may be turned, and then is read from any place.
        using var read = Thumbnail(
            bytes,
            Whole,
            header,
            header.Fit(PictureBounds.FullPixels, PictureBounds.FullSide)
        );
        read.SetProgress(new Progress<int>(), ct);
        using var full = read.CopyMemory();
        ct.ThrowIfCancellationRequested();
        using var preview = Shrink(full);
        return new MadePicture(
            MediaKind.Image,
            full.Width,
            full.Height,
            HashOf(preview),
            header.Format switch
            {
                Format.Jpeg => new MadeFile(
                    full.JpegsaveBuffer(q: 88, optimizeCoding: true, keep: Enums.ForeignKeep.None),
                    "jpg"
                ),
                Format.Lossless => new MadeFile(
                    full.PngsaveBuffer(compression: 6, keep: Enums.ForeignKeep.None),
                    "png"
                ),
                _ => new MadeFile(
                    full.WebpsaveBuffer(q: 88, effort: 3, keep: Enums.ForeignKeep.None),
                    "webp"
                ),
            },
            Preview(preview),
            preview.Width,
            preview.Height
        );
    }

    private static MadePicture MakeMoving(byte[] bytes, Header header, CancellationToken ct)
    {
        var size = header.Fit(PictureBounds.MovingPixels, PictureBounds.FullSide);
        using var full = Thumbnail(bytes, $"[n=-1,{FailOnError}]", header, size);
        full.SetProgress(new Progress<int>(), ct);
        var moving = full.WebpsaveBuffer(q: 75, effort: 2, keep: Enums.ForeignKeep.None);
        ct.ThrowIfCancellationRequested();
        using var first = Thumbnail(bytes, Whole, header, size);
        using var preview = first.CopyMemory();
        return new MadePicture(
            MediaKind.Animation,
            preview.Width,
            preview.Height,
            HashOf(preview),
            new MadeFile(moving, "webp"),
            Preview(preview),
            preview.Width,
            preview.Height
        );
    }

    /// <summary>The picture in that size, turned as it is to be seen and in sRGB.</summary>
    public static Image Thumbnail(
        byte[] bytes,
        string options,
        Header header,
        (int Width, int Height) size
    ) =>
        Image.ThumbnailBuffer(
            bytes,
            size.Width,
            options,
            height: size.Height,
            size: Enums.Size.Force,
            // What says no colours of its own is in sRGB already.
            outputProfile: header.HasProfile ? Srgb : null
        );

    private static Image Shrink(Image full)
    {
        var (width, height) = PictureBounds.Fit(
            full.Width,
            full.Height,
            PictureBounds.PreviewPixels,
            PictureBounds.PreviewSide
        );
        using var small = full.ThumbnailImage(width, height: height, size: Enums.Size.Force);
        return small.CopyMemory();
    }

    private static MadeFile Preview(Image preview) =>
        new(preview.WebpsaveBuffer(q: 80, effort: 3, keep: Enums.ForeignKeep.None), "webp");

    private static string HashOf(Image preview)
    {
        using var small = preview.ThumbnailImage(32, height: 32, size: Enums.Size.Force);
        using var opaque = small.HasAlpha() ? small.Flatten(background: [255.0]) : small.Copy();
        using var colours = opaque.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = colours.Cast(Enums.BandFormat.Uchar);
        return Blurhash.Of(bytes.WriteToMemory<byte>(), 32, 32);
    }

    /// <summary>Whether the library is there, without starting it: most servers are asked for no picture for hours.</summary>
    private static bool IsThere() =>
        NativeLibrary.TryLoad(NameOfLibrary(), typeof(VipsPictureMaker).Assembly, searchPath: null, out _);

    private static string NameOfLibrary() =>
        OperatingSystem.IsWindows() ? "libvips-42.dll"
        : OperatingSystem.IsMacOS() ? "libvips.42.dylib"
        : "libvips.so.42";

    /// <summary>Sets the library up once, before anything is read with it.</summary>
    public static void Prepare()
    {
        lock (Sync)
        {
            if (isReady)
            {
                return;
            }
            NetVips.NetVips.Concurrency = 1;
            Cache.Max = 0;
            Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
            Operation.Block("VipsForeignLoad", true);
            foreach (var loader in Header.Loaders)
            {
                Operation.Block(loader, false);
            }
            isReady = true;
        }
    }
}
