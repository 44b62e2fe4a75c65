using System.Security.Cryptography;
using Pamps.Core.Media;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>Where files are: what a folder and a bucket have in common.</summary>
public sealed class MediaStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Places => ["folder", "bucket"];

    [Theory, MemberData(nameof(Places))]
    public async Task What_is_kept_is_there_and_stays_as_it_was_until_it_is_removed(string place)
    {
        var store = await OpenAsync(place);
        var (name, bytes) = NewFile(1000);
        Assert.False(await store.HasAsync(name, Ct));
        Assert.Null(await store.OpenAsync(name, Ct));

        Assert.True(await store.PutAsync(name, bytes, Ct));
        Assert.False(await store.PutAsync(name, new byte[1], Ct));
        Assert.False(await store.PutAsync(name, (_, _) => throw new InvalidOperationException(), Ct));

        Assert.True(await store.HasAsync(name, Ct));
        Assert.Equal(bytes, await ReadAsync(store, name));
        await store.RemoveAsync(name, Ct);
        Assert.False(await store.HasAsync(name, Ct));
        await store.RemoveAsync(name, Ct);
        await Assert.ThrowsAsync<ArgumentException>(() => store.HasAsync("../x", Ct));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Many_may_keep_the_same_at_once(string place)
    {
        var store = await OpenAsync(place);
        var (name, bytes) = NewFile(300_000);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.PutAsync(name, bytes, Ct)));
        Assert.Equal(bytes, await ReadAsync(store, name));
        Assert.Equal([name], await ListAsync(store, name[..2]));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task What_comes_from_elsewhere_is_kept_if_it_is_what_its_name_says(string place)
    {
        var store = await OpenAsync(place);
        var (name, bytes) = NewFile(70_000);
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            store.PutAsync(name, async (x, ct) => await x.WriteAsync(bytes.AsMemory(1), ct), Ct)
        );
        await Assert.ThrowsAsync<IOException>(() =>
            store.PutAsync(name, (_, _) => throw new IOException("cut off"), Ct)
        );
        Assert.False(await store.HasAsync(name, Ct));
        Assert.True(await store.PutAsync(name, async (x, ct) => await x.WriteAsync(bytes, ct), Ct));
        Assert.Equal(bytes, await ReadAsync(store, name));
        Assert.Equal(0, store.ClearUnfinished(DateTime.MaxValue));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task A_file_is_read_from_any_place(string place)
    {
        var store = await OpenAsync(place);
        var (name, bytes) = NewFile(700_001);
        await store.PutAsync(name, bytes, Ct);
        await using var file = await store.OpenAsync(name, Ct);
        Assert.Equal(bytes.Length, file!.Length);
        foreach (var from in new[] { 0, 1, 262_143, 262_144, 600_000, 5, 700_000 })
        {
            file.Position = from;
            var part = new byte[Math.Min(300_000, bytes.Length - from)];
            await file.ReadExactlyAsync(part, Ct);
            Assert.Equal(bytes[from..(from + part.Length)], part);
        }
        Assert.Equal(0, await file.ReadAsync(new byte[1], Ct));
        file.Seek(-1, SeekOrigin.End);
        Assert.Equal(1, await file.ReadAsync(new byte[10], Ct));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Files_are_listed_in_the_order_of_their_names_with_their_bytes_and_dates(string place)
    {
        var store = await OpenAsync(place);
        // More than one answer of S3 holds here.
        var names = Enumerable.Range(0, 25).Select(x => $"ab{x:x62}.webp").ToList();
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct },
            async (x, ct) => await store.PutAsync(x, "abc"u8.ToArray(), ct)
        );
        Assert.Empty(await ListAsync(store, "ac"));
        var (other, bytes) = NewFile(10, notIn: "ab");
        await store.PutAsync(other, bytes, Ct);

        Assert.Equal(names, await ListAsync(store, "ab"));
        var file = Assert.Single(await store.ListAsync(other[..2], Ct).ToListAsync(Ct));
        Assert.Equal((other, 10), (file.Name, file.Bytes));
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Assert.InRange(file.WrittenAt, now.AddMinutes(-5), now.AddMinutes(5));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task What_was_begun_and_never_ended_is_cleared_away(string place)
    {
        var store = await OpenAsync(place);
        string left;
        await using (var upload = store.NewUpload())
        {
            left = upload.Name + "x";
            await File.WriteAllTextAsync(left, "as after a power cut", Ct);
        }
        Assert.Equal(0, store.ClearUnfinished(DateTime.UnixEpoch));
        Assert.Equal(1, store.ClearUnfinished(DateTime.MaxValue));
        Assert.False(File.Exists(left));
    }

    private static async Task<IMediaStore> OpenAsync(string place) =>
        place == "folder" ? new LocalMediaStore(TestDatabase.NewFolder()) : await S3Server.NewStoreAsync();

    private static async Task<byte[]> ReadAsync(IMediaStore store, string name)
    {
        await using var file = await store.OpenAsync(name, Ct);
        using var copy = new MemoryStream();
        await file!.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }

    private static async Task<List<string>> ListAsync(IMediaStore store, string folder) =>
        [.. (await store.ListAsync(folder, Ct).ToListAsync(Ct)).Select(x => x.Name)];

    /// <summary>Bytes that nothing else has, and their name, which is not in that folder.</summary>
    private static (string Name, byte[] Bytes) NewFile(int length, string? notIn = null)
    {
        while (true)
        {
            var bytes = RandomNumberGenerator.GetBytes(length);
            var name = MediaFileName.Of(new MadeFile(bytes, "webp"));
            if (notIn is null || !name.StartsWith(notIn, StringComparison.Ordinal))
            {
                return (name, bytes);
            }
        }
    }
}
