using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Pamps.Core.Streaming;

namespace Pamps.Api.Streaming;

/// <summary>
/// An answer that lasts as long as the subscription: its events as they come. While nothing happens it holds no
/// thread and no timer, only the place where it waits.
/// </summary>
internal sealed class EventStream(LiveSubscription subscription, EventBytes bytes, bool isProgram) : IResult
{
    /// <summary>Events that come together are sent together, up to so many bytes.</summary>
    private const int SendAt = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var _ = subscription;
        Begin(httpContext);
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }
        try
        {
            await WriteAsync(httpContext.Response.BodyWriter);
        }
        catch (OperationCanceledException) when (subscription.Cut.IsCancellationRequested)
        {
            // The client has gone; or it reads too slowly, and finds out when it reads on.
            httpContext.Abort();
        }
    }

    private static void Begin(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // nginx keeps answers back otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    private async Task WriteAsync(PipeWriter writer)
    {
        var cut = subscription.Cut;
        writer.Write(EventBytes.Ready(subscription.Begin));
        if (subscription.IsReset)
        {
            writer.Write(EventBytes.Reset(subscription.Begin));
        }
        await WriteAsync(writer, subscription.TakeMissed(), cut);
        while (await subscription.WaitAsync(cut))
        {
            await WriteAsync(writer, subscription.Waiting(), cut);
        }
        if (subscription.End == StreamEnd.ServerStops)
        {
            writer.Write(EventBytes.Goodbye());
            await writer.FlushAsync(cut);
        }
    }

    /// <summary>No program reads archives and imports, so it does not hear of them either.</summary>
    private bool MayHear(LiveEvent what) =>
        !isProgram || what is not (LiveEvent.ArchiveEnded or LiveEvent.ImportEnded);

    /// <summary>Waits while the client's connection is full; what comes meanwhile waits in the queue, which is bounded.</summary>
    private async Task WriteAsync(PipeWriter writer, IEnumerable<LiveEvent> events, CancellationToken cut)
    {
        var unsent = 0;
        foreach (var what in events.Where(MayHear))
        {
            var next = bytes.Of(what);
            writer.Write(next);
            unsent += next.Length;
            if (unsent >= SendAt)
            {
                await writer.FlushAsync(cut);
                unsent = 0;
            }
        }
        await writer.FlushAsync(cut);
    }
}
