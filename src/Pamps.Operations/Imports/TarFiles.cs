using System.Globalization;
using System.IO.Compression;
using System.Text;
using Pamps.Operations.Archives;

namespace Pamps.Operations.Imports;

/// <summary>
/// A compressed tar, unpacked as it comes, since nothing in it can be found without reading all before it. Its headers are read here and
/// not by <c>TarReader</c>, which takes as much memory for a name as that says to have.
/// </summary>
internal sealed class TarFiles : ForeignFiles
{
    private const int Block = 512;

    /// <summary>What says something of the next file may have so many bytes: names are shorter.</summary>
    private const int LongestExtra = 16 * 1024;

    /// <summary>All names, in bytes.</summary>
    private const long MostNames = 32 * 1024 * 1024;

    private readonly FileStream unpacked;
    private readonly Dictionary<string, (long Offset, long Length)> entries = new(StringComparer.Ordinal);

    private TarFiles(FileStream unpacked) => this.unpacked = unpacked;

    /// <summary>Unpacks one.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="newFile">Makes a file to work with, which is gone when it is closed.</param>
    /// <param name="most">How many bytes it may have unpacked.</param>
    /// <param name="room">How many there is room for.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<ForeignFiles> UnpackAsync(
        FileStream file,
        Func<FileStream> newFile,
        long most,
        long room,
        CancellationToken ct
    )
    {
        var tar = new TarFiles(newFile());
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
                if (total > room)
                {
                    throw new NoRoomException();
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

    /// <summary>POSIX.1-2001 "pax Interchange Format", and GNU's long names.</summary>
    private async Task ReadEntriesAsync(CancellationToken ct)
    {
        var header = new byte[Block];
        var (at, seen, bytes) = (0L, 0, 0L);
        var (nextName, nextLength) = ((string?)null, (long?)null);
        while (at + Block <= unpacked.Length)
        {
            unpacked.Position = at;
            await unpacked.ReadExactlyAsync(header, ct);
            if (!header.AsSpan().ContainsAnyExcept((byte)0))
            {
                return;
            }
            if (++seen > 2 * MostFiles)
            {
                throw TooMuch();
            }
            Check(header);
            var (kind, length) = (header[156], Number(header.AsSpan(124, 12)));
            var isExtra = kind is (byte)'x' or (byte)'L';
            if (!isExtra && kind is not ((byte)'g' or (byte)'K') && nextLength is { } said)
            {
                length = said;
            }
            if (length < 0 || length > unpacked.Length - at - Block)
            {
                throw new InvalidDataException("It ends in the middle.");
            }
            if (isExtra)
            {
                if (length > LongestExtra || (bytes += length) > MostNames)
                {
                    throw TooMuch();
                }
                var extra = new byte[length];
                await unpacked.ReadExactlyAsync(extra, ct);
                if (kind == 'L')
                {
                    nextName = Text(extra);
                }
                else
                {
                    ReadPax(extra, ref nextName, ref nextLength);
                }
            }
            else if (kind is not ((byte)'g' or (byte)'K'))
            {
                // Links and whatever else there is lead nowhere.
                if (kind is 0 or (byte)'0')
                {
                    var name = nextName ?? NameIn(header);
                    name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
                    if (entries.Count == MostFiles || (bytes += name.Length) > MostNames)
                    {
                        throw TooMuch();
                    }
                    entries.TryAdd(name, (at + Block, length));
                }
                (nextName, nextLength) = (null, null);
            }
            at += Block + ((length + Block - 1) / Block * Block);
        }
    }

    /// <summary>The sum of a header's bytes, with blanks for the sum itself.</summary>
    private static void Check(ReadOnlySpan<byte> header)
    {
        var sum = 0L;
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? (byte)' ' : header[i];
        }
        if (sum != Number(header.Slice(148, 8)))
        {
            throw new InvalidDataException("It is no tar, or damaged.");
        }
    }

    /// <summary>In octal digits; what is larger, as GNU writes it.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        var number = 0L;
        if ((field[0] & 0x80) != 0)
        {
            foreach (var part in field[1..])
            {
                number = checked((number * 256) + part);
            }
            return number;
        }
        foreach (var digit in field.Trim(" \0"u8))
        {
            number = digit is >= (byte)'0' and <= (byte)'7'
                ? checked((number * 8) + (digit - '0'))
                : throw new InvalidDataException("It is no tar, or damaged.");
        }
        return number;
    }

    private static string NameIn(ReadOnlySpan<byte> header)
    {
        var name = Text(header[..100]);
        var prefix = header.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(header.Slice(345, 155)) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Lines such as <c>19 path=outbox.json</c>, each beginning with how long it is.</summary>
    private static void ReadPax(ReadOnlySpan<byte> extra, ref string? name, ref long? size)
    {
        while (extra.IndexOf((byte)' ') is > 0 and < 8 and var blank)
        {
            if (
                !int.TryParse(extra[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= blank + 1
                || length > extra.Length
            )
            {
                throw new InvalidDataException("It is no tar, or damaged.");
            }
            var line = extra[(blank + 1)..length].TrimEnd((byte)'\n');
            if (line.StartsWith("path="u8))
            {
                name = Text(line[5..]);
            }
            else if (line.StartsWith("size="u8))
            {
                size = long.TryParse(line[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var said)
                    ? said
                    : throw new InvalidDataException("It is no tar, or damaged.");
            }
            extra = extra[length..];
        }
    }
}
