using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>
/// Writes all that the database holds at one moment into a file, while others go on writing. The file is a ZIP archive of a
/// file of lines for each table, a manifest and checksums, and belongs to neither database product.
/// </summary>
public sealed class WriteBackup
{
    private readonly StoredData data;
    private readonly KnownMigrations migrations;
    private readonly TimeProvider time;

    internal WriteBackup(StoredData data, KnownMigrations migrations, TimeProvider time) =>
        (this.data, this.migrations, this.time) = (data, migrations, time);

    /// <summary>Writes the backup. Refused when the schema is not this version's.</summary>
    /// <param name="output">Where to; need not be one that can go back.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="ct">Stops; what was written until then is no backup.</param>
    public async Task<Result<BackupManifest>> RunAsync(
        Stream output,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        if (await data.CheckAsync(ct) is { } unfit)
        {
            return unfit;
        }
        return await Task.Run(() => WriteAsync(output, progress, ct), ct);
    }

    private async Task<BackupManifest> WriteAsync(
        Stream output,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        using var archive = new SummedZipWriter(output);
        var tables = new List<BackupTable>();
        await using var snapshot = await data.OpenAsync(ct);
        var moment = time.Now();
        foreach (var table in data.Tables.Carried)
        {
            var digest = await WriteTableAsync(archive, snapshot, table, progress, ct);
            tables.Add(new BackupTable(digest, BackupTable.ColumnsOf(table)));
        }
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat,
            BackupManifest.ProgramVersion,
            moment,
            BackupManifest.SchemaOf(migrations),
            tables
        );
        archive.Write(
            BackupFile.ManifestName,
            JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifestJson.Default.BackupManifest)
        );
        archive.End();
        return manifest;
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
