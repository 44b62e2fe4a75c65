using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace Pamps.Server.Http;

/// <summary>
/// One line a request: method, route, status, duration, trace. The route, not the path: no names, no ids. A request that is
/// traced has the same on its span, under OpenTelemetry's names.
/// </summary>
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
            if (Activity.Current is { IsAllDataRequested: true } span)
            {
                Describe(span, context);
            }
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

    private static void Describe(Activity span, HttpContext context)
    {
        var (route, status) = (Route(context), context.Response.StatusCode);
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
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
