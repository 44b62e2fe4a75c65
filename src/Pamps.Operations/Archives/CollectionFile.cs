using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Text;
using Pamps.Operations.Transfer;

namespace Pamps.Operations.Archives;

/// <summary>
/// A collection in an archive: JSON as a whole, and an item a line between the first line and the last, so that it is
/// written and read without ever being in memory.
/// </summary>
internal sealed class CollectionFile : IAsyncDisposable
{
    /// <summary>Several times what the longest post takes.</summary>
    public const int LongestLine = 256 * 1024;

    private const string Start = """
        {"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","totalItems":
        """;
    private const string Items = ",\"orderedItems\":[";
    private const string End = "]}";

    private readonly SummedZipWriter.Entry entry;
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter json;

    private CollectionFile(SummedZipWriter.Entry entry)
    {
        this.entry = entry;
        json = new Utf8JsonWriter(
            buffer,
            new JsonWriterOptions { Encoder = ArchiveJson.Options.Encoder, SkipValidation = true }
        );
    }

    /// <summary>How many items it has by now.</summary>
    public long Count { get; private set; }

    /// <summary>Begins a collection, which ends when it is disposed.</summary>
    public static CollectionFile Begin(SummedZipWriter archive, string name, long total)
    {
        var file = new CollectionFile(archive.Begin(name));
        file.entry.Write(Encoding.ASCII.GetBytes(FirstLine(total)));
        return file;
    }

    public void Add<T>(T item)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        JsonSerializer.Serialize(json, item, ArchiveJson.Options.Of<T>());
        entry.Write(Count++ == 0 ? "\n"u8 : ",\n"u8);
        entry.Write(buffer.WrittenSpan);
    }

    public async ValueTask DisposeAsync()
    {
        entry.Write("\n"u8);
        entry.Write(Encoding.ASCII.GetBytes(End + "\n"));
        await json.DisposeAsync();
        await entry.DisposeAsync();
    }

    /// <summary>Reads the items, and refuses a file that holds anything else.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="name">The file.</param>
    /// <param name="total">How many items it is to have.</param>
    /// <param name="read">Checks an item and makes of it what is needed.</param>
    /// <param name="isVerified">Whether the file was compared with its checksum before.</param>
    /// <param name="ct">Stops.</param>
    public static async IAsyncEnumerable<TItem> ReadAsync<TJson, TItem>(
        SummedZip archive,
        string name,
        long total,
        Func<TJson, TItem> read,
        bool isVerified,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var hash = isVerified ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (line, isEnded) = (-1L, false);
        await foreach (var text in archive.LinesAsync(name, LongestLine, hash, ct))
        {
            line++;
            if (isEnded)
            {
                throw new InvalidDataException($"{name} goes on behind its end.");
            }
            if (line == 0)
            {
                if (Encoding.UTF8.GetString(text.Span) != FirstLine(total))
                {
                    throw new InvalidDataException(
                        $"{name} does not begin as a collection of {total} items on lines of their own."
                    );
                }
                continue;
            }
            isEnded = line == total + 1;
            if (!isEnded)
            {
                yield return Read(text.Span, isLast: line == total);
            }
            else if (!text.Span.SequenceEqual("]}"u8))
            {
                throw new InvalidDataException($"{name} has more items than its manifest tells of.");
            }
        }
        if (!isEnded)
        {
            throw new InvalidDataException($"{name} has fewer items than its manifest tells of.");
        }
        if (hash is not null)
        {
            archive.Expect(name, hash.GetHashAndReset());
        }

        TItem Read(ReadOnlySpan<byte> text, bool isLast)
        {
            if (!isLast)
            {
                if (text.IsEmpty || text[^1] != (byte)',')
                {
                    throw new InvalidDataException($"{name}, item {line}: the comma behind it is missing.");
                }
                text = text[..^1];
            }
            try
            {
                return read(
                    JsonSerializer.Deserialize(text, ArchiveJson.Options.Of<TJson>())
                        ?? throw new FormatException("It is null.")
                );
            }
            catch (Exception exception) when (exception is JsonException or FormatException)
            {
                throw new InvalidDataException($"{name}, item {line}: {exception.Message}", exception);
            }
        }
    }

    private static string FirstLine(long total) =>
        string.Create(CultureInfo.InvariantCulture, $"{Start}{total}{Items}");
}
