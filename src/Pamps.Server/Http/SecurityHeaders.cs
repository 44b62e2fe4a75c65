using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Pamps.Http;

namespace Pamps.Server.Http;

/// <summary>Tells browsers to trust nothing that is not meant: OWASP's secure headers for an API.</summary>
internal static class SecurityHeaders
{
    /// <summary>An answer of the API is data: nothing in it may run or be framed.</summary>
    public const string DataPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>
    /// What Swagger UI and ReDoc need, all from this server. ReDoc searches in a worker of its own making and writes
    /// its styles and the font of its icons into the page; Swagger UI's icons stand in its style sheet.
    /// </summary>
    public const string DocsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
        + "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="app">What answers.</param>
    /// <param name="hstsDays">
    /// How long a browser that came by https comes by nothing else (RFC 6797); 0: as it likes. Of this host alone, since others
    /// of the domain may have no TLS.
    /// </param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, int hstsDays)
    {
        var hsts =
            hstsDays == 0
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"max-age={hstsDays * 24 * 60 * 60}");
        return app.Use(
            (context, next) =>
            {
                // As the answer begins: what answers an exception drops the headers that were set before.
                context.Response.OnStarting(() =>
                {
                    var headers = context.Response.Headers;
                    headers.XContentTypeOptions = "nosniff";
                    if (context.GetEndpoint()?.Metadata.GetMetadata<FramableMetadata>() is null)
                    {
                        headers.XFrameOptions = "DENY";
                    }
                    headers["Referrer-Policy"] = "no-referrer";
                    headers["Cross-Origin-Opener-Policy"] = "same-origin";
                    // Section 7.2: never over http.
                    if (hsts is not null && context.Request.IsHttps && !IsThisMachine(context.Request.Host))
                    {
                        headers.StrictTransportSecurity = hsts;
                    }
                    if (IsForOnePerson(context))
                    {
                        headers.CacheControl = "no-store";
                    }
                    if (headers.ContentSecurityPolicy.Count == 0)
                    {
                        headers.ContentSecurityPolicy = IsDocs(context.Request.Path)
                            ? DocsPolicy
                            : DataPolicy;
                    }
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
    }

    /// <summary>Whether a browser calls it localhost, where whoever develops runs other servers, too, by http.</summary>
    private static bool IsThisMachine(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether only who is signed in is answered, with what concerns them: nothing of it may stay on a computer that others
    /// use too.
    /// </summary>
    private static bool IsForOnePerson(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null;

    /// <summary>Whether it is a page of the documentation or what belongs to one.</summary>
    public static bool IsDocs(PathString path) =>
        path.StartsWithSegments("/docs", StringComparison.Ordinal)
        || path.StartsWithSegments("/redoc", StringComparison.Ordinal);
}
