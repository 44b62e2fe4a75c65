using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Pamps.Server.Http;

/// <summary>
/// Says once in the log that somebody who is not trusted forwards requests: most likely a proxy that nobody told the server
/// of, behind which everybody looks like one.
/// </summary>
internal sealed partial class UntrustedProxyLog(
    RequestDelegate next,
    ForwardedHeadersOptions trusted,
    ILogger<UntrustedProxyLog> log
)
{
    private int hasWarned;

    public Task InvokeAsync(HttpContext context)
    {
        if (
            hasWarned == 0
            && (
                context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
                || context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XForwardedProtoHeaderName)
            )
            && context.Connection.RemoteIpAddress is { } from
            && !IsTrusted(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)
            && Interlocked.Exchange(ref hasWarned, 1) == 0
        )
        {
            LogUntrusted(from);
        }
        return next(context);
    }

    private bool IsTrusted(IPAddress from) =>
        trusted.KnownProxies.Contains(from) || trusted.KnownIPNetworks.Any(x => x.Contains(from));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{From} sends X-Forwarded headers and is not believed, so everybody behind it counts as one address, also "
            + "where wrong passwords are counted. If it is your proxy, name it in PAMPS_HTTP__TRUSTED_PROXIES."
    )]
    private partial void LogUntrusted(IPAddress from);
}
