using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Results;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Transfer;

/// <summary>A backup that was read from its beginning to its end and found whole.</summary>
public sealed class BackupFile : IDisposable
{
    internal const string ManifestName = "manifest.json";
    internal const string MediaName = "media.tar";

    /// <summary>Far more than the longest row; what is longer was not written by a backup.</summary>
    private const int LongestLine = 16 * 1024 * 1024;

    private readonly SummedZip archive;

    private BackupFile(SummedZip archive, BackupManifest manifest) =>
        (this.archive, Manifest) = (archive, manifest);

    /// <summary>What is in it.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>How much room its rows take in it.</summary>
    public long PackedRowBytes => archive.PackedBytes(Manifest.Tables.Select(x => NameOf(x.Digest.Table)));

    /// <summary>How many files its rows tell of, in it or not.</summary>
    public static long MediaFilesOf(BackupManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Tables.FirstOrDefault(x => x.Digest.Table == "media_file")?.Digest.Rows ?? 0;
    }

    /// <summary>Another backup has another one.</summary>
    internal string Id => archive.Id;

    /// <summary>Reads a backup and compares all of it with its checksums. Refused when any byte of its contents is not as written.</summary>
    /// <param name="input">The backup, which must stay open as long as the answer is used.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="ct">Stops.</param>
    public static Task<Result<BackupFile>> VerifyAsync(
        Stream input,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    ) =>
        SummedZip.OpenAsync(
            input,
            "backup_damaged",
            "This is not a whole backup",
            SummedZip.UsualFiles,
            archive => Task.Run(() => VerifyAsync(archive, progress, ct), ct)
        );

    /// <inheritdoc />
    public void Dispose() => archive.Dispose();

    internal static string NameOf(string table) => $"tables/{table}.jsonl";

    /// <summary>The rows of a table behind the first ones, in parts.</summary>
    internal async IAsyncEnumerable<object?[][]> RowsAsync(
        StoredTable table,
        long skipped,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var part = new List<object?[]>(TableSnapshot.PartSize);
        await foreach (var line in archive.LinesAsync(NameOf(table.Name), LongestLine, hash: null, ct))
        {
            if (skipped-- > 0)
            {
                continue;
            }
            part.Add(RowLine.Read(line.Span, table.Columns));
            if (part.Count == TableSnapshot.PartSize)
            {
                ct.ThrowIfCancellationRequested();
                yield return [.. part];
                part.Clear();
            }
        }
        if (part.Count > 0)
        {
            yield return [.. part];
        }
    }

    /// <summary>The files of pictures, which were found whole.</summary>
    internal MediaTarReader OpenMedia() => new(archive.Open(MediaName), hash: null);

    private static async Task<BackupFile> VerifyAsync(
        SummedZip archive,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var manifest = JsonSerializer.Deserialize(
            archive.ReadSmall(ManifestName),
            BackupManifestJson.Default.BackupManifest
        );
        if (manifest is not { Tables: not null })
        {
            throw new InvalidDataException("its manifest is that of something else.");
        }
        if (
            manifest.Format
            != (manifest.Media is null ? BackupManifest.FormatOfRows : BackupManifest.FormatWithMedia)
        )
        {
            throw new InvalidDataException(
                $"it has the form {manifest.Format}, which pamps {BackupManifest.ProgramVersion} does not know."
            );
        }
        var names = manifest.Tables.Select(x => NameOf(x.Digest.Table)).Append(ManifestName).ToList();
        if (manifest.Media is not null)
        {
            names.Add(MediaName);
        }
        if (names.Count != archive.Names.Count || !names.ToHashSet().SetEquals(archive.Names))
        {
            throw new InvalidDataException("its checksums are of other files than its manifest.");
        }
        foreach (var table in manifest.Tables)
        {
            await VerifyTableAsync(table.Digest);
        }
        if (manifest.Media is not null)
        {
            await VerifyMediaAsync(manifest.Media);
        }
        return new BackupFile(archive, manifest);

        async Task VerifyMediaAsync(BackupMedia expected)
        {
            const string step = "verify pictures";
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var tar = new MediaTarReader(archive.Open(MediaName), hash);
            var (files, bytes) = (0L, 0L);
            while (await tar.NextAsync(ct) is var (name, length))
            {
                (files, bytes) = (files + 1, bytes + length);
                if (files > expected.Files || bytes > expected.Bytes)
                {
                    throw new InvalidDataException($"{MediaName} has more than its manifest tells of.");
                }
                if (!await tar.IsWholeAsync(ct))
                {
                    throw new InvalidDataException($"{name} is not the picture that its name says.");
                }
                if (files % 100 == 0)
                {
                    progress?.Report(new WorkProgress(step, files, expected.Files));
                }
            }
            archive.Expect(MediaName, hash.GetHashAndReset());
            if (files != expected.Files || bytes != expected.Bytes)
            {
                throw new InvalidDataException($"{MediaName} has less than its manifest tells of.");
            }
            progress?.Report(new WorkProgress(step, files, expected.Files));
        }

        async Task VerifyTableAsync(TableDigest expected)
        {
            var name = NameOf(expected.Table);
            var found = new DigestSum();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await foreach (var line in archive.LinesAsync(name, LongestLine, hash, ct))
            {
                // A few kilobytes can unpack to millions of lines.
                if (found.Rows >= expected.Rows)
                {
                    throw new InvalidDataException($"{name} has more rows than its manifest tells of.");
                }
                found.Add(line.Span);
                if (found.Rows % 10_000 == 0)
                {
                    progress?.Report(new WorkProgress($"verify {expected.Table}", found.Rows, expected.Rows));
                }
            }
            archive.Expect(name, hash.GetHashAndReset());
            if (found.Of(expected.Table) != expected)
            {
                throw new InvalidDataException($"{name} does not hold the rows that the manifest tells of.");
            }
            progress?.Report(new WorkProgress($"verify {expected.Table}", found.Rows, expected.Rows));
        }
    }
}
