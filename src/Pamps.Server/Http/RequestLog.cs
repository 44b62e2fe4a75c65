using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace Pamps.Server.Http;

/// <summary>One line a request: method, route, status, duration, trace. The route, not the path: no names, no ids.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (logger.IsEnabled(LogLevel.Information))
            {
                Log(
                    context.Request.Method,
                    Route(context) ?? "-",
                    context.Response.StatusCode,
                    Stopwatch.GetElapsedTime(started).TotalMilliseconds,
                    Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier
                );
            }
        }
    }

    /// <summary>What answers an exception takes the endpoint off the request, and keeps it beside the exception.</summary>
    private static string? Route(HttpContext context)
    {
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText;
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "{Method} {Route} {Status} {Duration:0.0} ms {TraceId}"
    )]
    private partial void Log(string method, string route, int status, double duration, string traceId);
}
