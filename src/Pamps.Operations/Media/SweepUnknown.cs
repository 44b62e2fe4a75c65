using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Writes;

namespace Pamps.Operations.Media;

/// <summary>What a sweep took away.</summary>
/// <param name="Files">How many files that no row knew.</param>
/// <param name="Bytes">How many bytes they had.</param>
/// <param name="Unfinished">How many that were begun and never ended.</param>
public sealed record SweptMedia(long Files, long Bytes, int Unfinished);

/// <summary>
/// Takes away files that no row of this database knows. For an operator to ask for: they may be another database's that has the same
/// folder.
/// </summary>
public sealed class SweepUnknown
{
    private const string Step = "pictures";

    private readonly UnknownFiles unknown;
    private readonly DropFiles drop;
    private readonly IMediaStore store;
    private readonly PampsOptions options;

    internal SweepUnknown(UnknownFiles unknown, DropFiles drop, IMediaStore store, PampsOptions options) =>
        (this.unknown, this.drop, this.store, this.options) = (unknown, drop, store, options);

    /// <summary>What would be taken away.</summary>
    public async Task<FoundFiles> FindAsync(CancellationToken ct)
    {
        var found = FoundFiles.None;
        foreach (var folder in MediaFileName.Folders)
        {
            await foreach (var file in unknown.InAsync(folder, ct))
            {
                found = found.With(file.Name, file.Bytes);
            }
        }
        return found;
    }

    /// <summary>Takes them away, unless somebody uploads the same just then, and what was never ended.</summary>
    /// <param name="progress">Told of every folder of files.</param>
    /// <param name="ct">Stops; what is gone stays so.</param>
    /// <exception cref="ReadOnlyException">Nothing is written here.</exception>
    public async Task<SweptMedia> RunAsync(IProgress<WorkProgress>? progress, CancellationToken ct)
    {
        if (options.Db.ReadOnly)
        {
            throw new ReadOnlyException();
        }
        var (files, bytes, done) = (0L, 0L, 0);
        foreach (var folder in MediaFileName.Folders)
        {
            await foreach (var file in unknown.InAsync(folder, ct))
            {
                if (await drop.DropUnknownAsync(file.Name, ct))
                {
                    (files, bytes) = (files + 1, bytes + file.Bytes);
                }
            }
            progress?.Report(new WorkProgress(Step, ++done, MediaFileName.Folders.Count));
        }
        return new SweptMedia(files, bytes, store.ClearUnfinished(unknown.Before));
    }
}
