using Pamps.Core.Archives;

namespace Pamps.Operations.Archives;

/// <summary>There is no room for what is written.</summary>
internal sealed class NoRoomException() : IOException("There is no room for it.");

/// <summary>Lets be written what there is room for, and then no more.</summary>
/// <param name="to">Where to; it stays open.</param>
/// <param name="room">What takes the room.</param>
internal sealed class BoundedStream(Stream to, ArchiveRoom.Share room) : Stream
{
    private long written;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count(buffer.Length);
        to.Write(buffer);
    }

    public override Task WriteAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        Count(buffer.Length);
        return to.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => to.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Count(int bytes)
    {
        if (!room.TryTake(bytes))
        {
            throw new NoRoomException();
        }
        written += bytes;
    }
}
