using System.Buffers.Binary;
using System.IO.Compression;
using Pamps.Operations.Archives;

namespace Pamps.Operations.Imports;

/// <summary>
/// The files of an archive that anybody may have made. They are found by their names and never written under them, so it does not matter
/// where a name leads. How many there are, and how many bytes they have, is bounded before and while they are read.
/// </summary>
internal abstract class ForeignFiles : IDisposable
{
    /// <summary>Far more than one has that a person can fill: each costs memory.</summary>
    public const int MostFiles = 200_000;

    /// <summary>What is in an archive may have so many times the bytes that an archive may have,</summary>
    private const int Expansion = 4;

    /// <summary>and so many times those that this one has: text is packed well, but not better,</summary>
    private const int Density = 40;

    /// <summary>unless it is small.</summary>
    private const long Small = 64 * 1024 * 1024;

    /// <summary>Opens an archive.</summary>
    /// <param name="file">The archive, which must stay open.</param>
    /// <param name="newFile">Makes a file to work with, which is gone when it is closed.</param>
    /// <param name="mostBytes">How many bytes an archive may have.</param>
    /// <param name="room">How many there is room for beside it.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="InvalidDataException">It is none, or has too much in it.</exception>
    /// <exception cref="NoRoomException">There is no room to unpack it.</exception>
    public static async Task<ForeignFiles> OpenAsync(
        FileStream file,
        Func<FileStream> newFile,
        long mostBytes,
        long room,
        CancellationToken ct
    )
    {
        var most = Math.Min(
            mostBytes > long.MaxValue / Expansion ? long.MaxValue : mostBytes * Expansion,
            Math.Max(Small, file.Length * Density)
        );
        var beginning = new byte[4];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, ct);
        file.Position = 0;
        return beginning[..read] switch
        {
            [0x50, 0x4b, ..] => new Zip(file, most),
            [0x1f, 0x8b, ..] => await TarFiles.UnpackAsync(file, newFile, most, room, ct),
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

    protected static InvalidDataException TooMuch() => new("There is too much in it.");

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
            // As ZipArchive does it: any of the three sends it there.
            var isLarge =
                begins == uint.MaxValue
                || BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(at + 4)) == ushort.MaxValue
                || BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(at + 10)) == ushort.MaxValue;
            if (isLarge && at >= 20 && end.AsSpan(at - 20, 4).SequenceEqual("PK\x06\x07"u8))
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
