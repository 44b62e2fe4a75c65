using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pamps.Core.Maintenance;
using Pamps.Core.Results;

namespace Pamps.Core.Transfer;

/// <summary>A backup that was read from its beginning to its end and found whole.</summary>
public sealed class BackupFile : IDisposable
{
    internal const string ManifestName = "manifest.json";
    internal const string SumsName = "SHA256SUMS";

    /// <summary>Far more than the longest row; what is longer was not written by a backup.</summary>
    private const int LongestLine = 16 * 1024 * 1024;

    private readonly ZipArchive archive;

    private BackupFile(ZipArchive archive, BackupManifest manifest, string id) =>
        (this.archive, Manifest, Id) = (archive, manifest, id);

    /// <summary>What is in it.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Another backup has another one.</summary>
    internal string Id { get; }

    /// <summary>Reads a backup and compares all of it with its checksums. Refused when any byte of its contents is not as written.</summary>
    /// <param name="input">The backup, which must stay open as long as the answer is used.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<Result<BackupFile>> VerifyAsync(
        Stream input,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(input, ZipArchiveMode.Read, leaveOpen: true);
            var file = await Task.Run(() => VerifyAsync(archive, progress, ct), ct);
            archive = null;
            return file;
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or EndOfStreamException
                        or FormatException
                        or JsonException
                        or ArgumentException
                        or NotSupportedException
                        or OverflowException
            )
        {
            return new Error(
                ErrorKind.Invalid,
                "backup_damaged",
                $"This is not a whole backup: {exception.Message.ReplaceLineEndings(" ")}"
            );
        }
        finally
        {
            archive?.Dispose();
        }
    }

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
        await foreach (var line in LinesAsync(Find(archive, NameOf(table.Name)), ct))
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

    private static async Task<BackupFile> VerifyAsync(
        ZipArchive archive,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var sumsText = ReadSmall(archive, SumsName);
        var sums = Encoding
            .ASCII.GetString(sumsText)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(x => x.Split("  ", 2))
            .ToDictionary(x => x[^1], x => x[0]);
        var manifestText = ReadSmall(archive, ManifestName);
        Expect(ManifestName, SHA256.HashData(manifestText));
        var manifest =
            JsonSerializer.Deserialize<BackupManifest>(manifestText, BackupManifest.Json)
            ?? throw new InvalidDataException("its manifest is empty.");
        if (manifest.Format != BackupManifest.CurrentFormat)
        {
            throw new InvalidDataException(
                $"it has the form {manifest.Format}, which pamps {BackupManifest.ProgramVersion} does not know."
            );
        }
        var names = manifest.Tables.Select(x => NameOf(x.Digest.Table)).Append(ManifestName).ToList();
        if (!names.ToHashSet().SetEquals(sums.Keys))
        {
            throw new InvalidDataException("its checksums are of other files than its manifest.");
        }
        foreach (var table in manifest.Tables)
        {
            await VerifyTableAsync(table.Digest);
        }
        return new BackupFile(archive, manifest, Convert.ToHexStringLower(SHA256.HashData(sumsText)));

        async Task VerifyTableAsync(TableDigest expected)
        {
            var name = NameOf(expected.Table);
            var found = new DigestSum();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await foreach (var line in LinesAsync(Find(archive, name), ct))
            {
                found.Add(line.Span);
                hash.AppendData(line.Span);
                hash.AppendData("\n"u8);
                if (found.Rows % 10_000 == 0)
                {
                    progress?.Report(new WorkProgress($"verify {expected.Table}", found.Rows, expected.Rows));
                }
            }
            Expect(name, hash.GetHashAndReset());
            if (found.Of(expected.Table) != expected)
            {
                throw new InvalidDataException($"{name} does not hold the rows that the manifest tells of.");
            }
            progress?.Report(new WorkProgress($"verify {expected.Table}", found.Rows, expected.Rows));
        }

        void Expect(string name, byte[] hash)
        {
            if (sums.GetValueOrDefault(name) != Convert.ToHexStringLower(hash))
            {
                throw new InvalidDataException($"{name} is not as it was written.");
            }
        }
    }

    private static ZipArchiveEntry Find(ZipArchive archive, string name) =>
        archive.GetEntry(name) ?? throw new InvalidDataException($"it has no {name}.");

    private static byte[] ReadSmall(ZipArchive archive, string name)
    {
        const int most = 1024 * 1024;
        using var entry = Find(archive, name).Open();
        using var text = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = entry.Read(buffer)) > 0)
        {
            text.Write(buffer, 0, read);
            if (text.Length > most)
            {
                throw new InvalidDataException($"{name} is too long.");
            }
        }
        return text.ToArray();
    }

    /// <summary>The lines without their ends; each holds until the next one is asked for.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        ZipArchiveEntry entry,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var pipe = PipeReader.Create(entry.Open(), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(ct);
                var left = read.Buffer;
                while (left.PositionOf((byte)'\n') is { } end)
                {
                    var line = left.Slice(0, end);
                    yield return line.IsSingleSegment ? line.First : line.ToArray();
                    left = left.Slice(left.GetPosition(1, end));
                }
                if (left.Length > LongestLine || (read.IsCompleted && left.Length > 0))
                {
                    throw new InvalidDataException($"{entry.FullName} has a line without an end.");
                }
                pipe.AdvanceTo(left.Start, left.End);
                if (read.IsCompleted)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }
}
