using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pamps.Core.Media;

namespace Pamps.Operations.Transfer;

/// <summary>
/// Files of pictures one behind the other, as a tar archive in the form ustar of POSIX.1-1988, which any <c>tar</c> unpacks. In a
/// ZIP archive, a million files of their own would each cost memory.
/// </summary>
/// <remarks>
/// Read is only what is written here, header by header: a reader of every form of tar takes in headers as long as they say that they
/// are.
/// </remarks>
internal static class MediaTar
{
    public const int BlockSize = 512;

    private const int NameLength = 100;
    private const int SizePlace = 124;
    private const int SizeLength = 11;
    private const int SumPlace = 148;
    private const string Beginning = "media/";

    /// <summary>The block that stands in front of a file.</summary>
    public static byte[] HeaderOf(string name, long bytes)
    {
        var header = new byte[BlockSize];
        Put(0, $"{Beginning}{name[..2]}/{name}");
        // For its owner only, and the owner is who unpacks it.
        Put(100, "0000600");
        Put(108, "0000000");
        Put(116, "0000000");
        Put(SizePlace, Octal(bytes, SizeLength));
        Put(136, "00000000000");
        Put(SumPlace, "        ");
        Put(156, "0");
        Put(257, "ustar\0" + "00");
        Put(SumPlace, Octal(header.Sum(x => (long)x), 6) + "\0 ");
        return header;

        void Put(int place, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(place));
    }

    /// <summary>The name and the size that a header tells of; null when it is not one of <see cref="HeaderOf"/>.</summary>
    public static (string Name, long Bytes)? Read(ReadOnlySpan<byte> header)
    {
        var path = header[..NameLength];
        path = path[..Math.Max(0, path.IndexOf((byte)0))];
        var name = Encoding.ASCII.GetString(path[(path.LastIndexOf((byte)'/') + 1)..]);
        var size = Encoding.ASCII.GetString(header.Slice(SizePlace, SizeLength));
        if (!MediaFileName.Is(name) || size.AsSpan().IndexOfAnyExceptInRange('0', '7') >= 0)
        {
            return null;
        }
        var bytes = Convert.ToInt64(size, fromBase: 8);
        return header.SequenceEqual(HeaderOf(name, bytes)) ? (name, bytes) : null;
    }

    /// <summary>How many bytes of nothing follow a file, so that the next begins with a block.</summary>
    public static int PaddingOf(long bytes) => (int)(-bytes & (BlockSize - 1));

    private static string Octal(long number, int length) =>
        Convert.ToString(number, toBase: 8).PadLeft(length, '0');
}

/// <summary>Writes one.</summary>
internal sealed class MediaTarWriter(SummedZipWriter.Entry entry)
{
    private static readonly byte[] Nothing = new byte[2 * MediaTar.BlockSize];

    /// <summary>How many files were written.</summary>
    public long Files { get; private set; }

    /// <summary>How many bytes they have.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name, behind those of the files before it.</param>
    /// <param name="content">What is in it, at its beginning.</param>
    /// <param name="ct">Stops.</param>
    public async Task AddAsync(string name, Stream content, CancellationToken ct)
    {
        var bytes = content.Length;
        entry.Write(MediaTar.HeaderOf(name, bytes));
        if (await entry.CopyAsync(content, ct) != bytes)
        {
            throw new EndOfStreamException($"{name} has another length than when it was opened.");
        }
        entry.Write(Nothing.AsSpan(0, MediaTar.PaddingOf(bytes)));
        (Files, Bytes) = (Files + 1, Bytes + bytes);
    }

    /// <summary>Writes the end.</summary>
    public void End() => entry.Write(Nothing);
}

/// <summary>Reads one. Of each file, what is not read is passed over.</summary>
/// <param name="archive">The archive.</param>
/// <param name="hash">Told all bytes, to be compared in the end; null when that was done.</param>
internal sealed class MediaTarReader(Stream archive, IncrementalHash? hash) : IDisposable
{
    private readonly byte[] buffer = new byte[81_920];
    private long left;
    private int padding;
    private string last = "";

    /// <summary>The next file; null behind the last one.</summary>
    /// <exception cref="InvalidDataException">There is something else.</exception>
    public async Task<(string Name, long Bytes)?> NextAsync(CancellationToken ct)
    {
        await CopyToAsync(Stream.Null, ct);
        await ReadAsync(padding, ct);
        var block = await ReadAsync(MediaTar.BlockSize, ct);
        if (!block.Span.ContainsAnyExcept((byte)0))
        {
            await EndAsync(ct);
            return null;
        }
        // In their order, so that none comes twice.
        if (MediaTar.Read(block.Span) is not var (name, bytes) || string.CompareOrdinal(name, last) <= 0)
        {
            throw Foreign();
        }
        (last, left, padding) = (name, bytes, MediaTar.PaddingOf(bytes));
        return (name, bytes);
    }

    /// <summary>Writes what is in the file that was found.</summary>
    public async Task CopyToAsync(Stream output, CancellationToken ct)
    {
        while (left > 0)
        {
            await output.WriteAsync(await ReadOnAsync(ct), ct);
        }
    }

    /// <summary>Whether the file that was found is what its name says.</summary>
    public async Task<bool> IsWholeAsync(CancellationToken ct)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (left > 0)
        {
            content.AppendData((await ReadOnAsync(ct)).Span);
        }
        return MediaFileName.HasHash(last, content.GetHashAndReset());
    }

    public void Dispose() => archive.Dispose();

    private async Task EndAsync(CancellationToken ct)
    {
        var second = await ReadAsync(MediaTar.BlockSize, ct);
        if (second.Span.ContainsAnyExcept((byte)0) || await archive.ReadAsync(buffer, ct) > 0)
        {
            throw Foreign();
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadOnAsync(CancellationToken ct)
    {
        var read = await ReadAsync((int)Math.Min(left, buffer.Length), ct);
        left -= read.Length;
        return read;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(int bytes, CancellationToken ct)
    {
        var read = buffer.AsMemory(0, bytes);
        await archive.ReadExactlyAsync(read, ct);
        hash?.AppendData(read.Span);
        return read;
    }

    private static InvalidDataException Foreign() =>
        new($"{BackupFile.MediaName} has something else than files of pictures in the order of their names.");
}
