using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Floor;

/// <summary>Requests in, answers out.</summary>
internal static class Answers
{
    private const string Json = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static async Task HomeAsync(HttpContext context, Database database)
    {
        var lane = await database.RentAsync();
        try
        {
            await lane.HomeAsync();
            Send(context.Response, lane.Answer);
        }
        finally
        {
            database.Return(lane);
        }
    }

    public static async Task PostAsync(HttpContext context, Database database)
    {
        var id = long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
        var lane = await database.RentAsync();
        try
        {
            SendOne(context.Response, lane, await lane.PostAsync(id));
        }
        finally
        {
            database.Return(lane);
        }
    }

    public static async Task ProfileAsync(HttpContext context, Database database)
    {
        var username = (string)context.Request.RouteValues["username"]!;
        var lane = await database.RentAsync();
        try
        {
            SendOne(context.Response, lane, await lane.ProfileAsync(username));
        }
        finally
        {
            database.Return(lane);
        }
    }

    public static async Task CreateAsync(HttpContext context, Writer writer)
    {
        var request = context.Request;
        using var body = await JsonDocument.ParseAsync(request.Body);
        var post = await writer.WriteAsync(body.RootElement.GetProperty("text").GetString()!);
        var bytes = new ArrayBufferWriter<byte>(512);
        await using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            Rows.WriteNew(json, post);
        }
        context.Response.StatusCode = StatusCodes.Status201Created;
        Send(context.Response, bytes.WrittenMemory);
    }

    private static void SendOne(HttpResponse response, Lane lane, bool isThere)
    {
        if (isThere)
        {
            Send(response, lane.Answer);
        }
        else
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    /// <summary>Copies the answer, so that its memory is free again; Kestrel sends it when the request ends.</summary>
    private static void Send(HttpResponse response, ReadOnlyMemory<byte> answer)
    {
        response.ContentType = Json;
        response.ContentLength = answer.Length;
        response.BodyWriter.Write(answer.Span);
    }
}
