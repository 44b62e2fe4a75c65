using Pamps.Api.OpenApi;
using Pamps.Auth;
using Pamps.Core.Streaming;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Streaming;

/// <summary>The live stream.</summary>
internal static class StreamEndpoints
{
    public static void MapStream(this RouteGroupBuilder api) =>
        api.MapGet("/stream/", ListenAsync)
            .SignedInOnly("Listen", "Hear at once of posts of whom one follows, and of what concerns one")
            .WithTags("stream")
            .Produces(200, contentType: "text/event-stream")
            .WithMetadata(new StreamDescription())
            .Refuses(422, 429, 503)
            .DisableRequestTimeout();

    private static async Task<IResult> ListenAsync(
        LastEventId last,
        SignedIn me,
        LiveFeed feed,
        EventBytes bytes,
        HttpContext context
    )
    {
        var subscribed = await feed.SubscribeAsync(
            me.ToViewer(),
            me.ExpiresUtc,
            last.Place,
            CallerNetwork.Of(context),
            gone: context.RequestAborted
        );
        return subscribed.IsRefused(out var error)
            ? error.ToProblem()
            : new EventStream(subscribed.Value, bytes, isProgram: me.Scopes is not null);
    }
}
