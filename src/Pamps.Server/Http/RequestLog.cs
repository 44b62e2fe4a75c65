using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Pamps.Auth;
using Pamps.Http;

namespace Pamps.Server.Http;

/// <summary>
/// One line a request: method, route, status, duration, trace. The route, not the path: no names, no ids. One that is refused says whose it
/// was, as the security log does. A request that is traced has the same on its span, under OpenTelemetry's names.
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
                var (method, route, status) = (
                    context.Request.Method,
                    Route(context) ?? "-",
                    context.Response.StatusCode
                );
                var duration = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
                if (IsRefusal(status))
                {
                    var account = context.GetSignedIn()?.AccountId;
                    LogRefusal(
                        method,
                        route,
                        status,
                        duration,
                        trace,
                        account,
                        CallerNetwork.HashForLog(context)
                    );
                }
                else
                {
                    Log(method, route, status, duration, trace);
                }
            }
        }
    }

    /// <summary>Whether somebody may not, or not so often, or tried what no form sends.</summary>
    private static bool IsRefusal(int status) =>
        status
            is StatusCodes.Status401Unauthorized
                or StatusCodes.Status403Forbidden
                or StatusCodes.Status422UnprocessableEntity
                or StatusCodes.Status429TooManyRequests;

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

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Information,
        Message = "{Method} {Route} {Status} {Duration:0.0} ms {TraceId} account={AccountId} network={Network}"
    )]
    private partial void LogRefusal(
        string method,
        string route,
        int status,
        double duration,
        string traceId,
        long? accountId,
        string? network
    );
}
