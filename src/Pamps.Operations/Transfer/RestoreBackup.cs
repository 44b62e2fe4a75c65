using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Operations.Maintenance;
using Pamps.Operations.Media;

namespace Pamps.Operations.Transfer;

/// <summary>What was restored besides rows.</summary>
/// <param name="Files">How many files of pictures were written.</param>
/// <param name="There">How many were there before, and stay as they are.</param>
/// <param name="Place">Where files of pictures are.</param>
/// <param name="Missing">How many files that pictures need are not there now.</param>
public sealed record RestoredMedia(long Files, long There, string Place, long Missing);

/// <summary>
/// Fills an empty database with what a backup holds, of whichever database product it was made, and puts the files of its pictures
/// back.
/// </summary>
/// <remarks>Stopped or killed, it goes on where it was when it is run again; until it has ended no server serves the database.</remarks>
public sealed class RestoreBackup
{
    private readonly FillTarget target;
    private readonly StoredData data;
    private readonly KnownMigrations migrations;
    private readonly IMediaStore store;
    private readonly CheckMedia check;

    internal RestoreBackup(
        FillTarget target,
        StoredData data,
        KnownMigrations migrations,
        IMediaStore store,
        CheckMedia check
    )
    {
        (this.target, this.data, this.migrations) = (target, data, migrations);
        (this.store, this.check) = (store, check);
    }

    /// <summary>Restores. Refused, and nothing changed, when the backup is another version's or the database holds any row.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="progress">Told every 10,000 rows.</param>
    /// <param name="ct">Stops; what was restored until then stays, for the next run to go on from.</param>
    public async Task<Result<RestoredMedia>> RunAsync(
        BackupFile backup,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(backup);
        if (Check(backup.Manifest) is { } unfit)
        {
            return unfit;
        }
        var begun = await target.BeginAsync($"backup {backup.Id}", ct);
        if (begun.IsRefused(out var refusal))
        {
            return refusal;
        }
        await using var fill = begun.Value;
        // What follows computes for long: the caller's thread, which may be a screen's, stays free.
        return await Task.Run(() => FillAsync(backup, fill, progress, ct), ct);
    }

    private async Task<Result<RestoredMedia>> FillAsync(
        BackupFile backup,
        TableFill fill,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        // On the disk before anybody can see the rows that name them.
        var (files, there) = await PutFilesAsync(backup, progress, ct);
        var written = backup.Manifest.Tables.ToDictionary(x => x.Digest.Table, x => x.Digest);
        foreach (var table in data.Tables.Carried)
        {
            await fill.TakeAsync(
                table,
                position => backup.RowsAsync(table, position.Rows, ct),
                written[table.Name].Rows,
                progress,
                ct
            );
        }
        await fill.RestoreAsync(progress, ct);
        foreach (var digest in await data.DigestAsync("compare", progress, ct))
        {
            if (digest != written[digest.Table])
            {
                return new Error(
                    ErrorKind.Conflict,
                    "restore_differs",
                    $"The table {digest.Table} is not what the backup holds. Empty the database with `pamps reset-db` and restore again."
                );
            }
        }
        await fill.EndAsync(ct);
        return new RestoredMedia(files, there, store.Place, await check.CountMissingAsync(ct));
    }

    private async Task<(long Files, long There)> PutFilesAsync(
        BackupFile backup,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var (files, there) = (0L, 0L);
        if (backup.Manifest.Media is not { } media)
        {
            return (files, there);
        }
        using var tar = backup.OpenMedia();
        Report();
        while (await tar.NextAsync(ct) is var (name, _))
        {
            if (await store.PutAsync(name, tar.CopyToAsync, ct))
            {
                files++;
            }
            else
            {
                there++;
            }
            if ((files + there) % 100 == 0)
            {
                Report();
            }
        }
        Report();
        return (files, there);

        void Report() => progress?.Report(new WorkProgress("pictures", files + there, media.Files));
    }

    private Error? Check(BackupManifest manifest)
    {
        var mine = BackupManifest.SchemaOf(migrations);
        if (!mine.SequenceEqual(manifest.Schema))
        {
            var age = manifest.Schema.Except(mine).Any() ? "newer" : "older";
            return new Error(
                ErrorKind.Conflict,
                "backup_of_another_version",
                $"This backup has the {age} schema of pamps {manifest.Version}. Restore it with that version"
                    + (age == "older" ? ", and then upgrade." : ".")
            );
        }
        var isSame = data.Tables.Carried.All(table =>
            manifest
                .Tables.SingleOrDefault(x => x.Digest.Table == table.Name)
                ?.Columns.SequenceEqual(BackupTable.ColumnsOf(table)) == true
        );
        return isSame && manifest.Tables.Count == data.Tables.Carried.Count
            ? null
            : new Error(
                ErrorKind.Conflict,
                "backup_of_another_version",
                $"This backup of pamps {manifest.Version} has other tables than this version."
            );
    }
}
