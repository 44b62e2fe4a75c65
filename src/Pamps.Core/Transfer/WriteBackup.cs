using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pamps.Core.Maintenance;
using Pamps.Core.Reads;
using Pamps.Core.Results;

namespace Pamps.Core.Transfer;

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
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var (tables, sums) = (new List<BackupTable>(), new StringBuilder());
        await using var snapshot = await data.OpenAsync(ct);
        var moment = time.Now();
        foreach (var table in data.Tables.Carried)
        {
            var digest = await WriteTableAsync(archive, snapshot, table, sums, progress, ct);
            tables.Add(new BackupTable(digest, BackupTable.ColumnsOf(table)));
        }
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat,
            BackupManifest.ProgramVersion,
            moment,
            BackupManifest.SchemaOf(migrations),
            tables
        );
        var text = JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifest.Json);
        Write(archive, BackupFile.ManifestName, text);
        AddSum(sums, SHA256.HashData(text), BackupFile.ManifestName);
        Write(archive, BackupFile.SumsName, Encoding.ASCII.GetBytes(sums.ToString()));
        return manifest;
    }

    private static async Task<TableDigest> WriteTableAsync(
        ZipArchive archive,
        TableSnapshot snapshot,
        StoredTable table,
        StringBuilder sums,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var total = await snapshot.CountAsync(table, ct);
        var name = BackupFile.NameOf(table.Name);
        var digest = new DigestSum();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var line = new RowLine();
        // The deflating stream costs a call into native code for each write.
        await using var entry = new BufferedStream(
            archive.CreateEntry(name, CompressionLevel.Fastest).Open(),
            64 * 1024
        );
        progress?.Report(new WorkProgress(table.Name, 0, total));
        await foreach (var part in snapshot.RowsAsync(table, after: null, ct).AheadAsync(ct))
        {
            foreach (var row in part)
            {
                var bytes = line.Write(row);
                digest.Add(bytes.Span);
                hash.AppendData(bytes.Span);
                hash.AppendData("\n"u8);
                entry.Write(bytes.Span);
                entry.WriteByte((byte)'\n');
            }
            progress?.Report(new WorkProgress(table.Name, digest.Rows, total));
        }
        AddSum(sums, hash.GetHashAndReset(), name);
        return digest.Of(table.Name);
    }

    private static void Write(ZipArchive archive, string name, byte[] text)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(text);
    }

    /// <summary>As <c>sha256sum</c> writes it, so that it checks an unpacked backup too.</summary>
    private static void AddSum(StringBuilder sums, byte[] hash, string name) =>
        sums.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash)}  {name}\n");
}
