using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>Fills an empty database with what a backup holds, of whichever database product it was made.</summary>
/// <remarks>Stopped or killed, it goes on where it was when it is run again; until it has ended no server serves the database.</remarks>
public sealed class RestoreBackup
{
    private readonly FillTarget target;
    private readonly StoredData data;
    private readonly KnownMigrations migrations;

    internal RestoreBackup(FillTarget target, StoredData data, KnownMigrations migrations) =>
        (this.target, this.data, this.migrations) = (target, data, migrations);

    /// <summary>Restores. Refused, and nothing changed, when the backup is another version's or the database holds any row.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="progress">Told every 10,000 rows.</param>
    /// <param name="ct">Stops; what was restored until then stays, for the next run to go on from.</param>
    public async Task<Result<Done>> RunAsync(
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

    private async Task<Result<Done>> FillAsync(
        BackupFile backup,
        TableFill fill,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
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
        return new Done();
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
