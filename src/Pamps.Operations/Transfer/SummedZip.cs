using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;

namespace Pamps.Operations.Transfer;

/// <summary>A ZIP archive with checksums, as <see cref="SummedZipWriter"/> writes it. What is read is never larger in memory than a line.</summary>
internal sealed class SummedZip : IDisposable
{
    public const string SumsName = "SHA256SUMS";

    /// <summary>Far more than a backup has; each costs memory.</summary>
    public const int UsualFiles = 100;

    private const int LargestSmall = 1024 * 1024;

    /// <summary>More than the line of a checksum has.</summary>
    private const int LongestSum = 200;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, string> sums;

    private SummedZip(ZipArchive archive, int mostFiles)
    {
        this.archive = archive;
        if (archive.Entries.Count > mostFiles)
        {
            throw new InvalidDataException("it has too many files.");
        }
        var text = ReadUnchecked(SumsName, Math.Max(LargestSmall, archive.Entries.Count * LongestSum));
        Id = Convert.ToHexStringLower(SHA256.HashData(text));
        sums = Encoding
            .ASCII.GetString(text)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(x => x.Split("  ", 2))
            .ToDictionary(x => x[^1], x => x[0]);
        var names = archive.Entries.Select(x => x.FullName).Where(x => x != SumsName).ToList();
        if (names.Count != sums.Count || !sums.Keys.ToHashSet().SetEquals(names))
        {
            throw new InvalidDataException("its checksums are of other files than it has.");
        }
    }

    /// <summary>Another archive has another one.</summary>
    public string Id { get; }

    /// <summary>The files, but that of the checksums.</summary>
    public IReadOnlyCollection<string> Names => sums.Keys;

    /// <summary>Opens an archive and makes something of it. What is wrong with it becomes a refusal.</summary>
    /// <param name="input">The archive, which must stay open as long as what is made of it.</param>
    /// <param name="code">The refusal's code.</param>
    /// <param name="sentence">How the refusal begins.</param>
    /// <param name="mostFiles">How many files it may have.</param>
    /// <param name="makeAsync">Makes it; owns the archive when it ends well.</param>
    public static async Task<Result<T>> OpenAsync<T>(
        Stream input,
        string code,
        string sentence,
        int mostFiles,
        Func<SummedZip, Task<T>> makeAsync
    )
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(input, ZipArchiveMode.Read, leaveOpen: true);
            var made = await makeAsync(new SummedZip(archive, mostFiles));
            archive = null;
            return made;
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
            return new Error(ErrorKind.Invalid, code, $"{sentence}: {Printable(exception.Message)}");
        }
        finally
        {
            archive?.Dispose();
        }
    }

    /// <summary>A message may quote the file, and ends on a terminal, which takes some characters as orders.</summary>
    private static string Printable(string message) =>
        string.Concat(message.Select(x => char.IsControl(x) ? ' ' : x));

    /// <summary>The text of a small file, compared with its checksum.</summary>
    public byte[] ReadSmall(string name)
    {
        var text = ReadUnchecked(name, LargestSmall);
        Expect(name, SHA256.HashData(text));
        return text;
    }

    /// <summary>Refuses the archive when the hash is not the one that stands for the file.</summary>
    public void Expect(string name, byte[] hash)
    {
        if (sums.GetValueOrDefault(name) != Convert.ToHexStringLower(hash))
        {
            throw new InvalidDataException($"{name} is not as it was written.");
        }
    }

    /// <summary>The lines of a file without their ends; each holds until the next one is asked for.</summary>
    /// <param name="name">The file.</param>
    /// <param name="longest">The most bytes of a line.</param>
    /// <param name="hash">Told all bytes, to be compared in the end; null when that was done.</param>
    /// <param name="ct">Stops.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        string name,
        int longest,
        IncrementalHash? hash,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var pipe = PipeReader.Create(Find(name).Open(), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(ct);
                var left = read.Buffer;
                while (left.PositionOf((byte)'\n') is { } end)
                {
                    var line = left.Slice(0, end);
                    var whole = line.IsSingleSegment ? line.First : line.ToArray();
                    hash?.AppendData(whole.Span);
                    hash?.AppendData("\n"u8);
                    yield return whole;
                    left = left.Slice(left.GetPosition(1, end));
                }
                if (left.Length > longest || (read.IsCompleted && left.Length > 0))
                {
                    throw new InvalidDataException($"{name} has a line without an end.");
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

    /// <summary>A file, to be read from its beginning to its end. Nothing says how long that is.</summary>
    public Stream Open(string name) => Find(name).Open();

    /// <summary>How much room files take in the archive.</summary>
    public long PackedBytes(IEnumerable<string> names) => names.Sum(x => Find(x).CompressedLength);

    public void Dispose() => archive.Dispose();

    private ZipArchiveEntry Find(string name) =>
        archive.GetEntry(name) ?? throw new InvalidDataException($"it has no {name}.");

    private byte[] ReadUnchecked(string name, int largest)
    {
        using var entry = Find(name).Open();
        using var text = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = entry.Read(buffer)) > 0)
        {
            text.Write(buffer, 0, read);
            if (text.Length > largest)
            {
                throw new InvalidDataException($"{name} is too long.");
            }
        }
        return text.ToArray();
    }
}
