using Pamps.Core.Outgoing;

namespace Pamps.Core.Media;

/// <summary>Pictures of other sites, drawn anew like uploads: no reader's browser asks for them where they are.</summary>
internal sealed class ForeignPictures(
    IForeignPages pages,
    IMediaStore store,
    IPictureMaker maker,
    PictureQueue queue
)
{
    /// <summary>Draws a copy of a picture.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null for what is not there, is no picture, or is too large.</returns>
    /// <exception cref="IOException">There is no room on the disk.</exception>
    public async Task<MadePicture?> DrawAsync(Uri address, CancellationToken ct)
    {
        if (maker.MediaTypes.Count == 0)
        {
            return null;
        }
        await using var file = store.NewUpload();
        if (!await pages.CopyAsync(address, file, ct))
        {
            return null;
        }
        await file.FlushAsync(ct);
        var drawn = await queue.DrawAsync(file.Name, ct);
        return drawn.IsRefused(out _) ? null : drawn.Value;
    }
}
