using System.Buffers;

namespace Pamps.Media.S3;

/// <summary>
/// A file in S3, to be read from any place. A piece at a time is in memory: whoever reads slowly holds no connection, and a piece that
/// did not come whole is asked for again.
/// </summary>
internal sealed class S3FileStream : Stream
{
    /// <summary>The size of a piece. Most previews are smaller.</summary>
    public const int Piece = 256 * 1024;

    private readonly Func<long, Memory<byte>, CancellationToken, Task> fillAsync;
    private byte[]? buffer;
    private long start;
    private int filled;

    /// <param name="length">How many bytes it has.</param>
    /// <param name="first">Its first piece, in a rented buffer that becomes this stream's.</param>
    /// <param name="filled">How much of that.</param>
    /// <param name="fillAsync">Reads the bytes from a place on.</param>
    public S3FileStream(
        long length,
        byte[] first,
        int filled,
        Func<long, Memory<byte>, CancellationToken, Task> fillAsync
    ) => (Length, buffer, this.filled, this.fillAsync) = (length, first, filled, fillAsync);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> destination,
        CancellationToken cancellationToken = default
    )
    {
        ObjectDisposedException.ThrowIf(buffer is null, this);
        if (Position >= Length || destination.Length == 0)
        {
            return 0;
        }
        if (Position < start || Position >= start + filled)
        {
            filled = 0;
            var count = (int)Math.Min(Piece, Length - Position);
            await fillAsync(Position, buffer.AsMemory(0, count), cancellationToken);
            (start, filled) = (Position, count);
        }
        var from = (int)(Position - start);
        var read = Math.Min(destination.Length, filled - from);
        buffer.AsMemory(from, read).CopyTo(destination);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("What is far is read asynchronously.");

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (buffer is { } rented)
        {
            buffer = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
        base.Dispose(disposing);
    }
}
