using Microsoft.Net.Http.Headers;

namespace Pamps.Server.Http;

/// <summary>Tells browsers to trust nothing that is not meant: OWASP's secure headers for an API.</summary>
internal static class SecurityHeaders
{
    /// <summary>An answer of the API is data: nothing in it may run or be framed.</summary>
    public const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                // As the answer begins: what answers an exception drops the headers that were set before.
                context.Response.OnStarting(() =>
                {
                    var headers = context.Response.Headers;
                    headers.XContentTypeOptions = "nosniff";
                    headers.XFrameOptions = "DENY";
                    headers["Referrer-Policy"] = "no-referrer";
                    headers["Cross-Origin-Opener-Policy"] = "same-origin";
                    headers.TryAdd(HeaderNames.ContentSecurityPolicy, DataPolicy);
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
}
