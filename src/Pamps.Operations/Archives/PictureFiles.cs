using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Operations.Media;
using Pamps.Operations.Transfer;

namespace Pamps.Operations.Archives;

/// <summary>The files of an account's pictures in its archive, each a file of its own there so that people find them.</summary>
internal static class PictureFiles
{
    private const int Step = 10;

    private const string ShownBy = "m.user_id = @id AND m.post_id IS NOT NULL";

    /// <summary>What was written.</summary>
    /// <param name="Files">How many files.</param>
    /// <param name="Bytes">How many bytes they have.</param>
    /// <param name="Missing">How many could not be taken.</param>
    public readonly record struct Written(long Files, long Bytes, long Missing);

    /// <summary>Writes those that a person's posts show; of too many those of the latest pictures.</summary>
    public static async Task<Written> WriteAsync(
        SummedZipWriter archive,
        ISnapshot snapshot,
        IMediaStore store,
        long userId,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var id = ("id", (object?)userId);
        var names = await ReadAsync(
            $"SELECT m.file FROM media m WHERE {ShownBy} GROUP BY m.file ORDER BY MAX(m.id) DESC LIMIT {AccountManifest.MostPictures}",
            row => row.GetString(0)
        );
        var total = await ReadAsync($"SELECT count(DISTINCT m.file) FROM media m WHERE {ShownBy}", row =>
            row.GetInt64(0)
        );
        var (files, bytes) = (0L, 0L);
        foreach (var (place, name) in names.Index())
        {
            await using var file = await store.OpenWholeAsync(name, ct);
            if (file is { Length: <= AccountManifest.LargestPicture })
            {
                await CopyAsync(file, archive, name, ct);
                (files, bytes) = (files + 1, bytes + file.Length);
            }
            if (place % Step == 0)
            {
                progress?.Report(new WorkProgress("pictures", place, names.Count));
            }
        }
        if (names.Count > 0)
        {
            progress?.Report(new WorkProgress("pictures", names.Count, names.Count));
        }
        return new Written(files, bytes, total[0] - files);

        async Task<List<T>> ReadAsync<T>(string sql, Func<System.Data.Common.DbDataReader, T> read)
        {
            await using var rows = await snapshot.ReadAsync(new Statement(sql, id), ct);
            return await rows.ListAsync(read, ct);
        }
    }

    /// <summary>Refuses an archive whose pictures are not what its manifest and their names say.</summary>
    public static async Task VerifyAsync(
        SummedZip archive,
        AccountManifest manifest,
        IReadOnlyList<string> names,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var bytes = 0L;
        foreach (var (place, name) in names.Index())
        {
            bytes += await VerifyAsync(archive, name, ct);
            if (bytes > (manifest.PictureBytes ?? 0))
            {
                throw Differs();
            }
            if (place % Step == 0)
            {
                progress?.Report(new WorkProgress("verify pictures", place, names.Count));
            }
        }
        if (names.Count != (manifest.Pictures ?? 0) || bytes != (manifest.PictureBytes ?? 0))
        {
            throw Differs();
        }
        if (names.Count > 0)
        {
            progress?.Report(new WorkProgress("verify pictures", names.Count, names.Count));
        }

        static InvalidDataException Differs() => new("its pictures are others than its manifest tells of.");
    }

    private static async Task<long> VerifyAsync(SummedZip archive, string name, CancellationToken ct)
    {
        var path = AccountManifest.PathOf(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = archive.Open(path);
        var buffer = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            var bytes = 0L;
            while (await file.ReadAsync(buffer, ct) is > 0 and var read)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                if ((bytes += read) > AccountManifest.LargestPicture)
                {
                    throw new InvalidDataException($"{path} is larger than any picture.");
                }
            }
            var sum = hash.GetHashAndReset();
            archive.Expect(path, sum);
            return MediaFileName.HasHash(name, sum)
                ? bytes
                : throw new InvalidDataException($"{path} is not what its name says.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task CopyAsync(
        Stream file,
        SummedZipWriter archive,
        string name,
        CancellationToken ct
    )
    {
        // They are as small as they get.
        await using var entry = archive.Begin(AccountManifest.PathOf(name), CompressionLevel.NoCompression);
        await entry.CopyAsync(file, ct);
    }
}
