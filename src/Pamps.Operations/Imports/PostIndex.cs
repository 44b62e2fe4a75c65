using System.Text.Json;
using Pamps.Operations.Archives;

namespace Pamps.Operations.Imports;

/// <summary>
/// The posts of an archive in the order of their dates, wherever in it they stand: so what is replied to comes before the reply. What
/// each says lies in a file; in memory there are only the places.
/// </summary>
internal sealed class PostIndex : IDisposable
{
    /// <summary>The most that there may be; each costs some 24 bytes of memory.</summary>
    private const int Most = 1_000_000;

    private readonly FileStream texts;
    private readonly List<Place> places = [];

    private readonly long room;

    private PostIndex(FileStream texts, long room) => (this.texts, this.room) = (texts, room);

    /// <summary>How many there are.</summary>
    public int Count => places.Count;

    /// <summary>Reads all files of an archive that hold posts.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="posts">Knows what is in it.</param>
    /// <param name="newFile">Makes a file to work with, which is gone when it is closed.</param>
    /// <param name="room">How many bytes there is room for.</param>
    /// <param name="tally">Told what is left out.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="InvalidDataException">It is damaged, or has too many.</exception>
    /// <exception cref="NoRoomException">There is no room for what they say.</exception>
    public static async Task<PostIndex> ReadAsync(
        ForeignFiles archive,
        IForeignPosts posts,
        Func<FileStream> newFile,
        long room,
        Tally tally,
        CancellationToken ct
    )
    {
        var index = new PostIndex(newFile(), room);
        try
        {
            foreach (var (file, property) in posts.Files)
            {
                await using var json = archive.Open(file)!;
                await foreach (var item in JsonItems.ReadAsync(json, property, ct))
                {
                    await index.AddAsync(item, posts, tally, ct);
                }
            }
            await index.texts.FlushAsync(ct);
            index.places.Sort(
                (x, y) => x.Ticks != y.Ticks ? x.Ticks.CompareTo(y.Ticks) : x.Offset.CompareTo(y.Offset)
            );
            foreach (var (file, property, reason) in posts.Others)
            {
                await CountAsync(archive, file, property, reason, tally, ct);
            }
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>What the post at a place of the order says.</summary>
    public async Task<byte[]> ReadAsync(int place, CancellationToken ct)
    {
        var (offset, length, _) = places[place];
        var text = new byte[length];
        texts.Position = offset;
        await texts.ReadExactlyAsync(text, ct);
        return text;
    }

    /// <inheritdoc/>
    public void Dispose() => texts.Dispose();

    /// <summary>Counts what is not taken, as far as it can be read.</summary>
    private static async Task CountAsync(
        ForeignFiles archive,
        string file,
        string? property,
        string reason,
        Tally tally,
        CancellationToken ct
    )
    {
        try
        {
            await using var json = archive.Open(file)!;
            await foreach (var _ in JsonItems.ReadAsync(json, property, ct))
            {
                tally.Leave(reason, name: null);
            }
        }
        catch (InvalidDataException)
        {
            // It is left out, whatever it is.
        }
    }

    private async Task AddAsync(
        ReadOnlyMemory<byte> item,
        IForeignPosts posts,
        Tally tally,
        CancellationToken ct
    )
    {
        ForeignItem found;
        try
        {
            found = posts.Look(item.Span);
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or InvalidOperationException)
        {
            tally.Leave("damaged", name: null);
            return;
        }
        if (found.LeftOut is { } reason)
        {
            tally.Leave(reason, found.Key);
            return;
        }
        if (places.Count == Most)
        {
            throw new InvalidDataException("There is too much in it.");
        }
        if (texts.Position + item.Length > room)
        {
            throw new NoRoomException();
        }
        places.Add(new Place(texts.Position, item.Length, found.Date.Ticks));
        await texts.WriteAsync(item, ct);
    }

    private readonly record struct Place(long Offset, int Length, long Ticks);
}
