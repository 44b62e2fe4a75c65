using System.Runtime.CompilerServices;
using Amazon.S3.Model;
using Pamps.Core.Media;

namespace Pamps.Media.S3;

/// <summary>Files that are one person's: they may be large, and so are sent in parts, each of which may be tried again.</summary>
public sealed partial class S3MediaStore
{
    /// <summary>Bytes of a part; S3 takes 10,000 of them, and none but the last below 5 MiB.</summary>
    private const int Part = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public async Task<long> PutPrivateAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(writeAsync);
        var key = PrivateKeyOf(name);
        await using var file = unfinished.NewFile();
        await writeAsync(file, cancellationToken);
        await file.FlushAsync(cancellationToken);
        var begun = await TryAsync(
            ct =>
                client.InitiateMultipartUploadAsync(
                    new InitiateMultipartUploadRequest { BucketName = place.Bucket, Key = key },
                    ct
                ),
            cancellationToken
        );
        try
        {
            var parts = new List<PartETag>();
            for (var from = 0L; from < file.Length || parts.Count == 0; from += Part)
            {
                parts.Add(
                    await PutPartAsync(file, key, begun.UploadId, parts.Count + 1, from, cancellationToken)
                );
            }
            await TryAsync(
                ct =>
                    client.CompleteMultipartUploadAsync(
                        new CompleteMultipartUploadRequest
                        {
                            BucketName = place.Bucket,
                            Key = key,
                            UploadId = begun.UploadId,
                            PartETags = parts,
                        },
                        ct
                    ),
                cancellationToken
            );
        }
        catch
        {
            await AbandonAsync(key, begun.UploadId);
            throw;
        }
        return file.Length;
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenPrivateAsync(string name, CancellationToken cancellationToken) =>
        OpenAtAsync(PrivateKeyOf(name), cancellationToken);

    /// <inheritdoc/>
    public Task RemovePrivateAsync(string name, CancellationToken cancellationToken) =>
        RemoveAtAsync(PrivateKeyOf(name), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredFile> ListPrivateAsync(CancellationToken cancellationToken) =>
        ListInAsync(PrivateFileName.Folder, PrivateFileName.Is, cancellationToken);

    private async IAsyncEnumerable<StoredFile> ListInAsync(
        string folder,
        Func<string, bool> isOurs,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // By the bytes of their keys.
        var request = new ListObjectsV2Request
        {
            BucketName = place.Bucket,
            Prefix = place.KeyOf($"{folder}/"),
            MaxKeys = PageSize,
        };
        do
        {
            var page = await TryAsync(ct => client.ListObjectsV2Async(request, ct), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                var name = found.Key[request.Prefix.Length..];
                if (isOurs(name))
                {
                    yield return new StoredFile(
                        name,
                        found.Size ?? 0,
                        found.LastModified?.ToUniversalTime() ?? DateTime.MaxValue
                    );
                }
            }
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
    }

    private async Task<PartETag> PutPartAsync(
        FileStream file,
        string key,
        string uploadId,
        int number,
        long from,
        CancellationToken cancellationToken
    )
    {
        var bytes = new byte[(int)Math.Min(Part, file.Length - from)];
        file.Position = from;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        var sent = await TryAsync(
            async ct =>
            {
                using var content = new MemoryStream(bytes, writable: false);
                return await client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = place.Bucket,
                        Key = key,
                        UploadId = uploadId,
                        PartNumber = number,
                        PartSize = bytes.Length,
                        InputStream = content,
                        // In one, with its hash in the signature.
                        UseChunkEncoding = false,
                    },
                    ct
                );
            },
            cancellationToken
        );
        return new PartETag(number, sent.ETag);
    }

    /// <summary>Has the parts that were sent thrown away; where that fails, too, the bucket's own rules for unfinished uploads do.</summary>
    private async Task AbandonAsync(string key, string uploadId)
    {
        try
        {
            await TryAsync(
                ct =>
                    client.AbortMultipartUploadAsync(
                        new AbortMultipartUploadRequest
                        {
                            BucketName = place.Bucket,
                            Key = key,
                            UploadId = uploadId,
                        },
                        ct
                    ),
                CancellationToken.None
            );
        }
        catch (MediaStoreException)
        {
            // The first failure is what is told.
        }
    }

    private string PrivateKeyOf(string name) => place.KeyOf(PrivateFileName.PathOf(name));
}
