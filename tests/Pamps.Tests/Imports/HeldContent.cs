using System.Net;

namespace Pamps.Tests.Imports;

/// <summary>Bytes that are sent, and after which nothing comes until it may; how many there are is not said beforehand.</summary>
internal sealed class HeldContent(int bytes, Task go) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(new byte[bytes]);
        await stream.FlushAsync();
        await go;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
