using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;

namespace Pamps.Operations.Imports;

/// <summary>
/// The files of an archive that anybody may have made. They are found by their names and never written under them, so it does not matter
/// where a name leads. How many there are, and how many bytes they have, is bounded before and while they are read.
/// </summary>
internal abstract class ForeignFiles : IDisposable
{
    /// <summary>Far more than one has that a person can fill: each costs memory.</summary>
    public const int MostFiles = 200_000;

    /// <summary>What is in an archive may have so many times the bytes that the archive itself may have.</summary>
    private const int Expansion = 4;

    /// <summary>Opens an archive.</summary>
    /// <param name="file">The archive, which must stay open.</param>
    /// <param name="newFile">Makes a file to work with, which is gone when it is closed.</param>
    /// <param name="mostBytes">How many bytes an archive may have.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="InvalidDataException">It is none, or has too much in it.</exception>
    public static async Task<ForeignFiles> OpenAsync(
        FileStream file,
        Func<FileStream> newFile,
        long mostBytes,
        CancellationToken ct
    )
    {
        var most = mostBytes > long.MaxValue / Expansion ? long.MaxValue : mostBytes * Expansion;
        var beginning = new byte[4];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, ct);
        file.Position = 0;
        return beginning[..read] switch
        {
            [0x50, 0x4b, ..] => new Zip(file, most),
            [0x1f, 0x8b, ..] => await Tar.UnpackAsync(file, newFile, most, ct),
            _ => throw new InvalidDataException("It is neither a ZIP archive nor a compressed tar."),
        };
    }

    /// <summary>Whether it is the file's own fault.</summary>
    public static bool IsOfFile(Exception exception) =>
        exception
            is InvalidDataException
                or EndOfStreamException
                or FormatException
                or OverflowException
                or NotSupportedException;

    /// <summary>The names of the files.</summary>
    public abstract IReadOnlyCollection<string> Names { get; }

    /// <summary>The file of that name, which can be read once from its beginning and gives no more bytes than it said to have; null when there is none.</summary>
    public abstract Stream? Open(string name);

    /// <inheritdoc/>
    public abstract void Dispose();

    private static InvalidDataException TooMuch() => new("There is too much in it.");

    private sealed class Zip : ForeignFiles
    {
        /// <summary>The directory is read whole: that of so many bytes has more files than any may.</summary>
        private const int LargestDirectory = 32 * 1024 * 1024;

        private readonly ZipArchive archive;
        private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

        public Zip(FileStream file, long most)
        {
            CheckDirectory(file);
            file.Position = 0;
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MostFiles)
            {
                throw TooMuch();
            }
            var total = 0L;
            foreach (var entry in archive.Entries)
            {
                // Each on its own, so that the sum cannot run over.
                if (entry.Length < 0 || entry.Length > most || (total += entry.Length) > most)
                {
                    throw TooMuch();
                }
                entries.TryAdd(entry.FullName, entry);
            }
        }

        public override IReadOnlyCollection<string> Names => entries.Keys;

        public override Stream? Open(string name) =>
            entries.TryGetValue(name, out var entry) ? new BoundedReader(entry.Open(), entry.Length) : null;

        public override void Dispose() => archive.Dispose();

        /// <summary>
        /// Looks where the directory begins, at the archive's end (APPNOTE.TXT 4.3.16, and 4.3.14 for large ones), before all of it is
        /// read into memory.
        /// </summary>
        private static void CheckDirectory(FileStream file)
        {
            var end = new byte[Math.Min(file.Length, 22 + ushort.MaxValue + 20)];
            var start = file.Length - end.Length;
            file.Position = start;
            file.ReadExactly(end);
            var at = end.AsSpan().LastIndexOf("PK\x05\x06"u8);
            if (at < 0 || end.Length - at < 22)
            {
                throw new InvalidDataException("It ends too soon.");
            }
            long begins = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
            if (begins == uint.MaxValue && at >= 20 && end.AsSpan(at - 20, 4).SequenceEqual("PK\x06\x07"u8))
            {
                var large = BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(at - 20 + 8));
                if (large < 0 || large > file.Length - 56)
                {
                    throw new InvalidDataException("Its end leads nowhere.");
                }
                var record = new byte[56];
                file.Position = large;
                file.ReadExactly(record);
                begins = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
            }
            if (begins < 0 || begins > start + at || start + at - begins > LargestDirectory)
            {
                throw TooMuch();
            }
        }
    }

    /// <summary>Unpacked as it comes, since nothing in a compressed tar can be found without reading all before it.</summary>
    private sealed class Tar : ForeignFiles
    {
        private readonly FileStream unpacked;
        private readonly Dictionary<string, (long Offset, long Length)> entries = new(StringComparer.Ordinal);

        private Tar(FileStream unpacked) => this.unpacked = unpacked;

        public static async Task<ForeignFiles> UnpackAsync(
            FileStream file,
            Func<FileStream> newFile,
            long most,
            CancellationToken ct
        )
        {
            var tar = new Tar(newFile());
            try
            {
                await using var zipped = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
                var buffer = new byte[81_920];
                for (var total = 0L; await zipped.ReadAsync(buffer, ct) is > 0 and var read; )
                {
                    if ((total += read) > most)
                    {
                        throw TooMuch();
                    }
                    await tar.unpacked.WriteAsync(buffer.AsMemory(0, read), ct);
                }
                await tar.unpacked.FlushAsync(ct);
                await tar.ReadEntriesAsync(ct);
                return tar;
            }
            catch
            {
                tar.Dispose();
                throw;
            }
        }

        public override IReadOnlyCollection<string> Names => entries.Keys;

        public override Stream? Open(string name)
        {
            if (!entries.TryGetValue(name, out var place))
            {
                return null;
            }
            unpacked.Position = place.Offset;
            return new BoundedReader(unpacked, place.Length, isCut: true);
        }

        public override void Dispose() => unpacked.Dispose();

        private async Task ReadEntriesAsync(CancellationToken ct)
        {
            unpacked.Position = 0;
            await using var reader = new TarReader(unpacked, leaveOpen: true);
            var seen = 0;
            while (await reader.GetNextEntryAsync(copyData: false, ct) is { } entry)
            {
                if (++seen > MostFiles)
                {
                    throw TooMuch();
                }
                // Links and whatever else there is lead nowhere.
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    var name = entry.Name.StartsWith("./", StringComparison.Ordinal)
                        ? entry.Name[2..]
                        : entry.Name;
                    entries.TryAdd(name, (entry.DataOffset, entry.Length));
                }
            }
        }
    }
}

/// <summary>Gives so many bytes of a stream.</summary>
/// <param name="from">The stream.</param>
/// <param name="most">How many bytes.</param>
/// <param name="isCut">Whether the stream goes on behind them, and is somebody else's; else one that does is damaged.</param>
internal sealed class BoundedReader(Stream from, long most, bool isCut = false) : Stream
{
    private long read;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;

    /// <summary>How many bytes it has at most.</summary>
    public override long Length => most;

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Count(from.Read(buffer[..Wanted(buffer.Length)]));

    public override Task<int> ReadAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) => Count(await from.ReadAsync(buffer[..Wanted(buffer.Length)], cancellationToken));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isCut)
        {
            from.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>One more than there may be, where that is how one learns that there are more.</summary>
    private int Wanted(int length) => (int)Math.Min(length, isCut ? most - read : most - read + 1);

    private int Count(int count)
    {
        read += count;
        return read <= most ? count : throw new InvalidDataException("A file in it is longer than it says.");
    }
}
