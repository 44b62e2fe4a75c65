using Pamps.Core.Limits;

namespace Pamps.Core.Archives;

/// <summary>A file that somebody sends, from before its first byte is read until all is done.</summary>
public sealed class ImportUpload : IDisposable
{
    /// <summary>Those of all; no user has this id.</summary>
    internal const long All = -1;

    private readonly AtOnce uploads;
    private readonly long userId;
    private readonly ArchiveRoom.Share share;
    private bool isDisposed;

    internal ImportUpload(AtOnce uploads, long userId, ArchiveRoom.Share share) =>
        (this.uploads, this.userId, this.share) = (uploads, userId, share);

    /// <summary>Takes room for so many bytes more, before they are kept; false when there is none.</summary>
    public bool TryTake(long bytes) => share.TryTake(bytes);

    /// <summary>The file is to be taken in: what it takes is not free again when this is disposed.</summary>
    public void Keep() => share.Keep();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            share.Dispose();
            uploads.Leave(userId);
            uploads.Leave(All);
        }
    }
}
