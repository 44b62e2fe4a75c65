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
);

/// <summary>Copies the files of pictures to another folder. They stay where they are, until the settings name the other.</summary>
public sealed class MoveMedia
{
    private const string Step = "pictures";

    private readonly IMediaStore store;
    private readonly CheckMedia check;

    internal MoveMedia(IMediaStore store, CheckMedia check) => (this.store, this.check) = (store, check);

    /// <summary>
    /// Copies, and compares every file with its name; what is there whole is not written again, so that a copy which was stopped goes
    /// on. Refused when both are the same folder.
    /// </summary>
    /// <param name="folder">The other folder, by its full path; it is made unless it is there.</param>
    /// <param name="progress">Told of every 100 files.</param>
    /// <param name="ct">Stops; what was copied stays.</param>
    public async Task<Result<MovedMedia>> RunAsync(
        string folder,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var target = new LocalMediaStore(folder);
        if (target.Place == store.Place)
        {
            return new Error(ErrorKind.Conflict, "same_folder", $"The files are in {target.Place} already.");
        }
        var total = await CountAsync(ct);
        var moved = new MovedMedia(store.Place, target.Place, 0, 0, 0, FoundFiles.None, 0);
        var done = 0L;
        progress?.Report(new WorkProgress(Step, 0, total));
        foreach (var name in MediaFileName.Folders)
        {
            await foreach (var file in store.ListAsync(name, ct))
            {
                moved = await CopyAsync(file, target, moved, ct);
                if (++done % 100 == 0)
                {
                    progress?.Report(new WorkProgress(Step, done, Math.Max(done, total)));
                }
            }
        }
        progress?.Report(new WorkProgress(Step, done, done));
        return moved with { Missing = await check.CountMissingAsync(target, ct) };
    }

    private async Task<MovedMedia> CopyAsync(
        StoredFile file,
        LocalMediaStore target,
        MovedMedia moved,
        CancellationToken ct
    )
    {
        await using (var there = await target.OpenAsync(file.Name, ct))
        {
            if (there?.Length == file.Bytes && await MediaFileName.IsOfAsync(file.Name, there, ct))
            {
                return moved with { There = moved.There + 1 };
            }
        }
        await using var content = await store.OpenAsync(file.Name, ct);
        if (content is null)
        {
            // Deleted meanwhile.
            return moved;
        }
        // What is there is broken.
        await target.RemoveAsync(file.Name, ct);
        try
        {
            await target.PutAsync(file.Name, content.CopyToAsync, ct);
        }
        catch (InvalidDataException)
        {
            return moved with { Damaged = moved.Damaged.With(file.Name, file.Bytes) };
        }
        return moved with { Copied = moved.Copied + 1, Bytes = moved.Bytes + file.Bytes };
    }

    private async Task<long> CountAsync(CancellationToken ct)
    {
        var files = 0L;
        foreach (var folder in MediaFileName.Folders)
        {
            await foreach (var _ in store.ListAsync(folder, ct))
            {
                files++;
            }
        }
        return files;
    }
}
