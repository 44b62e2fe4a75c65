using Pamps.Core.Media;
using Pamps.Core.Results;

namespace Pamps.Operations.Media;

/// <summary>What was copied to another place.</summary>
/// <param name="From">The place where the files are.</param>
/// <param name="To">The other.</param>
/// <param name="Copied">How many files.</param>
/// <param name="Bytes">How many bytes they have.</param>
/// <param name="There">How many were there, whole.</param>
/// <param name="Damaged">Files that are not what their names say, and were left.</param>
/// <param name="Missing">How many files that pictures need are not in the other place.</param>
public sealed record MovedMedia(
    string From,
    string To,
    long Copied,
    long Bytes,
    long There,
    FoundFiles Damaged,
    long Missing
)
{
    internal MovedMedia With(StoredFile file, Copied copied) =>
        copied switch
        {
            Media.Copied.WasThere => this with { There = There + 1 },
            Media.Copied.IsDamaged => this with { Damaged = Damaged.With(file.Name, file.Bytes) },
            Media.Copied.Whole => this with { Copied = Copied + 1, Bytes = Bytes + file.Bytes },
            _ => this,
        };
}

/// <summary>What became of one file.</summary>
internal enum Copied
{
    Whole,
    WasThere,
    IsDamaged,
    IsGone,
}

/// <summary>Copies the files of pictures to another place. They stay where they are, until the settings name the other.</summary>
public sealed class MoveMedia
{
    private const string Step = "pictures";

    /// <summary>How many are copied at once: either place may be far.</summary>
    private const int AtOnce = 8;

    private readonly IMediaStore store;
    private readonly CheckMedia check;

    internal MoveMedia(IMediaStore store, CheckMedia check) => (this.store, this.check) = (store, check);

    /// <summary>
    /// Copies, and compares every file with its name; what is there whole is not written again, so that a copy which was stopped goes
    /// on. Refused when both are the same.
    /// </summary>
    /// <param name="target">The other place.</param>
    /// <param name="progress">Told of every 100 files.</param>
    /// <param name="ct">Stops; what was copied stays.</param>
    public async Task<Result<MovedMedia>> RunAsync(
        IMediaStore target,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Place == store.Place)
        {
            return new Error(ErrorKind.Conflict, "same_folder", $"The files are in {target.Place} already.");
        }
        var total = await check.CountAsync(ct);
        var moved = new MovedMedia(store.Place, target.Place, 0, 0, 0, FoundFiles.None, 0);
        var (done, gate) = (0L, new Lock());
        progress?.Report(new WorkProgress(Step, 0, total));
        foreach (var name in MediaFileName.Folders)
        {
            await Parallel.ForEachAsync(
                store.ListAsync(name, ct),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (file, ct) =>
                {
                    var copied = await CopyAsync(file, target, ct);
                    lock (gate)
                    {
                        moved = moved.With(file, copied);
                        if (++done % 100 == 0)
                        {
                            progress?.Report(new WorkProgress(Step, done, Math.Max(done, total)));
                        }
                    }
                }
            );
        }
        progress?.Report(new WorkProgress(Step, done, done));
        return moved with { Missing = await check.CountMissingAsync(target, ct) };
    }

    private async Task<Copied> CopyAsync(StoredFile file, IMediaStore target, CancellationToken ct)
    {
        await using (var there = await target.OpenAsync(file.Name, ct))
        {
            if (there?.Length == file.Bytes && await MediaFileName.IsOfAsync(file.Name, there, ct))
            {
                return Copied.WasThere;
            }
        }
        await using var content = await store.OpenAsync(file.Name, ct);
        if (content is null)
        {
            // Deleted meanwhile.
            return Copied.IsGone;
        }
        // What is there is broken.
        await target.RemoveAsync(file.Name, ct);
        try
        {
            await target.PutAsync(file.Name, content.CopyToAsync, ct);
            return Copied.Whole;
        }
        catch (InvalidDataException)
        {
            return Copied.IsDamaged;
        }
    }
}
