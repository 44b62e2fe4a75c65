using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;
using Pamps.Core.Media;

namespace Pamps.Media.S3;

/// <summary>
/// Keeps files in a bucket of an S3 server, by the same names and folders as on a disk. An object there is whole or not at all, and
/// the signature of a request holds the hash of what is sent.
/// </summary>
public sealed partial class S3MediaStore : IMediaStore, IPrivateFiles, IDisposable
{
    /// <summary>How often a request is tried that may succeed another time.</summary>
    private const int Tries = 2;

    /// <summary>Requests at once; the others wait, as long as one may take.</summary>
    private const int Connections = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly S3Place place;
    private readonly AmazonS3Client client;
    private readonly UnfinishedFiles unfinished;
    private readonly ILogger<S3MediaStore> logger;
    private bool isAway;

    /// <summary>The files of a bucket. Nothing is asked of the server yet.</summary>
    /// <param name="place">Where.</param>
    /// <param name="folder">A folder on this machine for uploads while they come.</param>
    /// <param name="logger">Told when the server is away, and back.</param>
    public S3MediaStore(S3Place place, string folder, ILogger<S3MediaStore> logger)
    {
        ArgumentNullException.ThrowIfNull(place);
        (this.place, this.logger, unfinished) = (place, logger, new UnfinishedFiles(folder));
        client = new AmazonS3Client(
            new BasicAWSCredentials(place.Key, place.Secret),
            new AmazonS3Config
            {
                ServiceURL = place.Endpoint.GetLeftPart(UriPartial.Authority),
                AuthenticationRegion = place.Region,
                // Bucket names as parts of host names are Amazon's own, and its newer checksums not everybody's.
                ForcePathStyle = true,
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
                // Below, where reading what is answered counts, too.
                MaxErrorRetry = 0,
                Timeout = System.Threading.Timeout.InfiniteTimeSpan,
                MaxConnectionsPerServer = Connections,
            }
        );
    }

    /// <inheritdoc/>
    public string Place => place.ToString();

    /// <summary>How many files are listed at a time: the most that a server gives.</summary>
    internal int PageSize { get; init; } = 1000;

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <inheritdoc/>
    public async Task<bool> PutAsync(
        string name,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        if (await HasAsync(name, cancellationToken))
        {
            return false;
        }
        var array = MemoryMarshal.TryGetArray(bytes, out var part) ? part : bytes.ToArray();
        using var content = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
        await PutAsync(name, content, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async Task<bool> PutAsync(
        string name,
        Func<Stream, CancellationToken, Task> writeAsync,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(writeAsync);
        if (await HasAsync(name, cancellationToken))
        {
            return false;
        }
        await using var file = unfinished.NewFile();
        await writeAsync(file, cancellationToken);
        file.Position = 0;
        if (!await MediaFileName.IsOfAsync(name, file, cancellationToken))
        {
            throw new InvalidDataException($"{name} is not what its name says.");
        }
        await PutAsync(name, file, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public Task<bool> HasAsync(string name, CancellationToken cancellationToken)
    {
        var key = KeyOf(name);
        return TryAsync(
            async ct =>
            {
                try
                {
                    await client.GetObjectMetadataAsync(place.Bucket, key, ct);
                    return true;
                }
                catch (AmazonS3Exception missing) when (IsMissing(missing))
                {
                    return false;
                }
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        OpenAtAsync(KeyOf(name), cancellationToken);

    private async Task<Stream?> OpenAtAsync(string key, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(S3FileStream.Piece);
        var isTaken = false;
        try
        {
            var (length, filled) = await TryAsync(
                ct => ReadAsync(key, from: 0, buffer.AsMemory(0, S3FileStream.Piece), ct),
                cancellationToken
            );
            if (length is null)
            {
                return null;
            }
            isTaken = true;
            return new S3FileStream(length.Value, buffer, filled, FillAsync);
        }
        finally
        {
            if (!isTaken)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        Task FillAsync(long from, Memory<byte> into, CancellationToken ct) =>
            TryAsync(
                async ct =>
                {
                    var (length, filled) = await ReadAsync(key, from, into, ct);
                    return filled == into.Length
                        ? length
                        : throw new EndOfStreamException("It ended sooner than it had said.");
                },
                ct
            );
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) =>
        RemoveAtAsync(KeyOf(name), cancellationToken);

    private Task<DeleteObjectResponse?> RemoveAtAsync(string key, CancellationToken cancellationToken) =>
        TryAsync<DeleteObjectResponse?>(
            async ct =>
            {
                try
                {
                    return await client.DeleteObjectAsync(place.Bucket, key, ct);
                }
                catch (AmazonS3Exception missing) when (IsMissing(missing))
                {
                    return null;
                }
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken cancellationToken) =>
        ListInAsync(
            folder,
            x => MediaFileName.Is(x) && x.StartsWith(folder, StringComparison.Ordinal),
            cancellationToken
        );

    /// <inheritdoc/>
    public int ClearUnfinished(DateTime before) => unfinished.Clear(before);

    /// <inheritdoc/>
    public FileStream NewUpload() => unfinished.NewFile();

    private string KeyOf(string name) =>
        MediaFileName.Is(name)
            ? place.KeyOf($"{MediaFileName.FolderOf(name)}/{name}")
            : throw new ArgumentException("It is no name of a stored file.", nameof(name));

    private Task<PutObjectResponse> PutAsync(
        string name,
        Stream content,
        CancellationToken cancellationToken
    ) =>
        TryAsync(
            ct =>
            {
                content.Position = 0;
                return client.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = place.Bucket,
                        Key = KeyOf(name),
                        InputStream = content,
                        AutoCloseStream = false,
                        ContentType = MediaFileName.TypeOf(name),
                        // In one, with its hash in the signature.
                        UseChunkEncoding = false,
                    },
                    ct
                );
            },
            cancellationToken
        );

    /// <summary>Reads from a place on, as much as there is room for and there is.</summary>
    /// <returns>How many bytes the file has, or null when it is not there; and how many were read.</returns>
    private async Task<(long? Length, int Filled)> ReadAsync(
        string key,
        long from,
        Memory<byte> into,
        CancellationToken ct
    )
    {
        try
        {
            using var answer = await client.GetObjectAsync(
                new GetObjectRequest
                {
                    BucketName = place.Bucket,
                    Key = key,
                    ByteRange = new ByteRange(from, from + into.Length - 1),
                },
                ct
            );
            // bytes 0-99/1234; where ranges are not known, the whole answers.
            var range = answer.ContentRange;
            if (string.IsNullOrEmpty(range) && from > 0)
            {
                throw new MediaStoreException($"The S3 server {place.Server} gives no ranges of files.");
            }
            var length = string.IsNullOrEmpty(range)
                ? answer.ContentLength
                : long.Parse(range[(range.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
            var count = (int)Math.Min(into.Length, length - from);
            await answer.ResponseStream.ReadExactlyAsync(into[..count], ct);
            return (length, count);
        }
        catch (AmazonS3Exception none) when (IsMissing(none))
        {
            return (null, 0);
        }
        catch (AmazonS3Exception empty) when (empty.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return (0, 0);
        }
    }

    /// <summary>Whether the file is not there; where the bucket is not, something is wrong.</summary>
    private static bool IsMissing(AmazonS3Exception exception) =>
        exception is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };

    private async Task<T> TryAsync<T>(
        Func<CancellationToken, Task<T>> tryAsync,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(place.Patience);
            try
            {
                var answer = await tryAsync(limit.Token);
                Tell(failure: null);
                return answer;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt == Tries || !MayPass(exception))
                {
                    var failure = Explain(exception);
                    Tell(failure);
                    throw failure;
                }
            }
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Whether the next try may end otherwise: nobody answered, or the server had trouble.</summary>
    private static bool MayPass(Exception exception) =>
        exception switch
        {
            AmazonServiceException { StatusCode: var status } when status != 0 => status
                is >= HttpStatusCode.InternalServerError
                    or HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests,
            MediaStoreException => false,
            _ => true,
        };

    /// <summary>What went wrong, in words that may be kept: those of the server may hold anything.</summary>
    private MediaStoreException Explain(Exception exception)
    {
        var said = exception switch
        {
            AmazonServiceException { StatusCode: > 0 } refused => string.Create(
                CultureInfo.InvariantCulture,
                $"answered {(int)refused.StatusCode}{CodeOf(refused)}"
            ),
            OperationCanceledException => string.Create(
                CultureInfo.InvariantCulture,
                $"did not answer within {place.Patience.TotalSeconds} seconds"
            ),
            _ => exception.GetBaseException() switch
            {
                SocketException socket => $"cannot be reached ({socket.SocketErrorCode})",
                AuthenticationException => "has no certificate that is trusted for its name",
                _ => "broke off the connection, or speaks no S3",
            },
        };
        return exception as MediaStoreException
            ?? new MediaStoreException($"The S3 server {place.Server} {said}.");
    }

    private static string CodeOf(AmazonServiceException refused) =>
        refused.ErrorCode is { Length: > 0 and <= 60 } code && code.All(char.IsAsciiLetterOrDigit)
            ? $" {code}"
            : "";

    /// <summary>Tells the log when the server is away, and when it is back.</summary>
    private void Tell(MediaStoreException? failure)
    {
        if (failure is not null && !isAway)
        {
            LogAway(failure.Message);
        }
        else if (failure is null && isAway)
        {
            LogBack(place.Server);
        }
        isAway = failure is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of pictures are out of reach: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The S3 server {Server} is back")]
    private partial void LogBack(string server);
}
