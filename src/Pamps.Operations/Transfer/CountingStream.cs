namespace Pamps.Operations.Transfer;

/// <summary>Knows how much was written to another stream, which stays open and need not be one that can go back.</summary>
internal sealed class CountingStream(Stream output) : Stream
{
    private long written;

    /// <summary>How many bytes there are by now.</summary>
    public long Written => output.CanSeek ? output.Position : written;

    public override bool CanRead => false;

    // An archive goes back to say how long a file became, where it can.
    public override bool CanSeek => output.CanSeek;

    public override bool CanWrite => true;

    public override long Length => output.Length;

    public override long Position
    {
        get => output.Position;
        set => output.Position = value;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        output.Write(buffer);
        written += buffer.Length;
    }

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => output.Seek(offset, origin);

    public override void SetLength(long value) => output.SetLength(value);
}
