using System.Buffers;
using System.Text.Json;
using Pamps.Core.Text;

namespace Pamps.Http;

/// <summary>
/// An answer's JSON before it is sent, in memory that the next answer uses again. Its length is known, so that it goes out
/// in one packet with the headers; the framework's own way, in chunks, takes two.
/// </summary>
internal sealed class JsonBuffer : IDisposable
{
    /// <summary>Larger ones are not kept.</summary>
    private const int MostKept = 256 * 1024;

    [ThreadStatic]
    private static JsonBuffer? idle;

    private readonly ArrayBufferWriter<byte> bytes = new(8 * 1024);
    private readonly Utf8JsonWriter json;

    private JsonBuffer(JsonSerializerOptions options) =>
        json = new Utf8JsonWriter(
            bytes,
            new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true }
        );

    /// <summary>What is to be sent.</summary>
    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>The JSON of a value. It must be disposed by the same thread, so before anything is awaited.</summary>
    public static JsonBuffer Of<T>(HttpContext context, T value)
    {
        var options = HttpJson.OptionsOf(context);
        var buffer = idle ?? new JsonBuffer(options);
        idle = null;
        JsonSerializer.Serialize(buffer.json, value, options.Of<T>());
        return buffer;
    }

    /// <summary>Makes it the answer, which is sent as the request ends.</summary>
    public void Send(HttpResponse response)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.WrittenCount;
        response.BodyWriter.Write(Written);
    }

    public void Dispose()
    {
        if (bytes.Capacity <= MostKept)
        {
            bytes.ResetWrittenCount();
            json.Reset();
            idle = this;
        }
    }
}
