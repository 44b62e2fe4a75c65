using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Pamps.Api.Notifications;
using Pamps.Api.Posts;
using Pamps.Core.Streaming;
using Pamps.Core.Text;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.Api.Streaming;

/// <summary>
/// Events as they are sent (https://html.spec.whatwg.org/multipage/server-sent-events.html). The bytes of an event
/// are made once, for all who get it; the framework's own writer makes them for each.
/// </summary>
internal sealed class EventBytes(IOptions<JsonOptions> options)
{
    private readonly ConditionalWeakTable<LiveEvent, byte[]> made = [];

    /// <summary>What is sent first.</summary>
    public static byte[] Ready(EventPlace place) =>
        Encoding.UTF8.GetBytes($"retry: 2000\n\nevent: ready\nid: {place}\ndata: {{}}\n\n");

    /// <summary>What tells a client that it missed something.</summary>
    public static byte[] Reset(EventPlace place) =>
        Encoding.UTF8.GetBytes($"event: reset\nid: {place}\ndata: {{}}\n\n");

    /// <summary>What is sent last when the server stops; the clients do not come back all at once.</summary>
    public static byte[] Goodbye() => Encoding.UTF8.GetBytes($"retry: {Random.Shared.Next(1000, 5000)}\n\n");

    public byte[] Of(LiveEvent what) => made.GetValue(what, Make);

    private byte[] Make(LiveEvent what) =>
        what switch
        {
            LiveEvent.PostWritten x => Event("post", x.Place, PostResponse.From(x.Post)),
            LiveEvent.PostEdited x => Event("edit", x.Place, PostResponse.From(x.Post)),
            LiveEvent.PostDeleted x => Event("delete", x.Place, new DeletedPostResponse(x.Id, x.ParentId)),
            LiveEvent.Notified x => Event("notification", x.Place, NotificationResponse.From(x.Notification)),
            LiveEvent.NotificationGone x => Event("notification_gone", x.Place, new GoneResponse(x.Id)),
            LiveEvent.ArchiveEnded x => Encoding.UTF8.GetBytes(
                $"event: archive_ended\nid: {x.Place}\ndata: {{}}\n\n"
            ),
            LiveEvent.ImportEnded x => Event("import_ended", x.Place, new ImportEndedResponse(x.Id)),
            // A comment, and an id without data: no event to the client, but the place from which it goes on.
            LiveEvent.Heartbeat x => Encoding.UTF8.GetBytes(
                x.Place.Id == 0 ? ":\n\n" : $":\nid: {x.Place}\n\n"
            ),
            _ => throw new ArgumentException($"No form for {what.GetType().Name}", nameof(what)),
        };

    /// <summary>JSON holds no line breaks, so the data is one line.</summary>
    private byte[] Event<T>(string name, EventPlace place, T data)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        Encoding.UTF8.GetBytes($"event: {name}\nid: {place}\ndata: ", bytes);
        bytes.Write(JsonSerializer.SerializeToUtf8Bytes(data, options.Value.SerializerOptions.Of<T>()));
        bytes.Write("\n\n"u8);
        return bytes.WrittenSpan.ToArray();
    }
}
