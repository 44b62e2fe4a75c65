using System.IO.Compression;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Operations.Maintenance;
using Pamps.Operations.Media;

namespace Pamps.Operations.Transfer;

/// <summary>A backup that was written.</summary>
/// <param name="Manifest">What is in it.</param>
/// <param name="RowBytes">How much room all takes in it but the files of pictures.</param>
public sealed record WrittenBackup(BackupManifest Manifest, long RowBytes);

/// <summary>
/// Writes all that the database holds at one moment into a file, while others go on writing, and the files of its pictures. The file
/// is a ZIP archive of a file of lines for each table, a tar archive of pictures, a manifest and checksums, and belongs to neither
/// database product.
/// </summary>
/// <remarks>
/// A picture that is deleted after that moment may be gone before its file is read: the file is then missing in the backup, as it will
/// be where that is restored, and the row shows what it was. Nobody who deletes one waits for a backup.
/// </remarks>
public sealed class WriteBackup
{
    private readonly StoredData data;
    private readonly KnownMigrations migrations;
    private readonly IMediaStore store;
    private readonly TimeProvider time;

    internal WriteBackup(StoredData data, KnownMigrations migrations, IMediaStore store, TimeProvider time) =>
        (this.data, this.migrations, this.store, this.time) = (data, migrations, store, time);

    /// <summary>Writes the backup. Refused when the schema is not this version's.</summary>
    /// <param name="output">Where to; need not be one that can go back.</param>
    /// <param name="withMedia">Whether to take the files of pictures.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="ct">Stops; what was written until then is no backup.</param>
    public async Task<Result<WrittenBackup>> RunAsync(
        Stream output,
        bool withMedia,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        if (await data.CheckAsync(ct) is { } unfit)
        {
            return unfit;
        }
        return await Task.Run(() => WriteAsync(output, withMedia, progress, ct), ct);
    }

    private async Task<WrittenBackup> WriteAsync(
        Stream output,
        bool withMedia,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        await using var counted = new CountingStream(output);
        using var archive = new SummedZipWriter(counted);
        var tables = new List<BackupTable>();
        await using var snapshot = await data.OpenAsync(ct);
        var moment = time.Now();
        // The files first: the sooner they are read, the fewer were deleted meanwhile.
        var media = withMedia ? await WriteMediaAsync(archive, snapshot, progress, ct) : null;
        var ahead = counted.Written;
        foreach (var table in data.Tables.Carried)
        {
            var digest = await WriteTableAsync(archive, snapshot, table, progress, ct);
            tables.Add(new BackupTable(digest, BackupTable.ColumnsOf(table)));
        }
        var manifest = new BackupManifest(
            media is null ? BackupManifest.FormatOfRows : BackupManifest.FormatWithMedia,
            BackupManifest.ProgramVersion,
            moment,
            BackupManifest.SchemaOf(migrations),
            tables,
            media
        );
        archive.Write(
            BackupFile.ManifestName,
            JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifestJson.Default.BackupManifest)
        );
        archive.End();
        return new WrittenBackup(manifest, counted.Written - ahead);
    }

    private async Task<BackupMedia> WriteMediaAsync(
        SummedZipWriter archive,
        TableSnapshot snapshot,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        const string step = "pictures";
        var total = await snapshot.CountAsync(data.Tables.MediaFiles, ct);
        // They are as small as they get.
        await using var entry = archive.Begin(BackupFile.MediaName, CompressionLevel.NoCompression);
        var (tar, missing) = (new MediaTarWriter(entry), 0L);
        progress?.Report(new WorkProgress(step, 0, total));
        foreach (var folder in MediaFileName.Folders)
        {
            var names = await snapshot.TextsAsync(MediaNames.Needed(folder), ct);
            foreach (var name in names.Order(StringComparer.Ordinal))
            {
                await using var file = await store.OpenWholeAsync(name, ct);
                if (file is null)
                {
                    missing++;
                }
                else
                {
                    await tar.AddAsync(name, file, ct);
                }
            }
            progress?.Report(new WorkProgress(step, tar.Files, Math.Max(tar.Files, total)));
        }
        tar.End();
        progress?.Report(new WorkProgress(step, tar.Files, tar.Files));
        return new BackupMedia(tar.Files, tar.Bytes, missing);
    }

    private static async Task<TableDigest> WriteTableAsync(
        SummedZipWriter archive,
        TableSnapshot snapshot,
        StoredTable table,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var total = await snapshot.CountAsync(table, ct);
        var digest = new DigestSum();
        using var line = new RowLine();
        await using var entry = archive.Begin(BackupFile.NameOf(table.Name));
        progress?.Report(new WorkProgress(table.Name, 0, total));
        await foreach (var part in snapshot.RowsAsync(table, after: null, ct).AheadAsync(ct))
        {
            foreach (var row in part)
            {
                var bytes = line.Write(row);
                digest.Add(bytes.Span);
                entry.Write(bytes.Span);
                entry.Write("\n"u8);
            }
            progress?.Report(new WorkProgress(table.Name, digest.Rows, total));
        }
        return digest.Of(table.Name);
    }
}
