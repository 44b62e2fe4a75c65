using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>
/// Lets through only what a page of this server asks for, or a program that is no browser. It stands in front of
/// whatever a browser proves by a cookie, which it may send for a page that is not ours.
/// </summary>
internal static class OwnPagesOnly
{
    public const string Header = "X-Requested-With";
    public const string Value = "pamps";

    public static async ValueTask<object?> FilterAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        Refusal(context.HttpContext.Request) is { } refusal
            ? Problems.Forbidden("not_own_page", refusal)
            : await next(context);

    private static string? Refusal(HttpRequest request)
    {
        // Another site's page can send this header only after asking, by a CORS preflight, and is refused there.
        if (request.Headers[Header] != Value)
        {
            return $"The header {Header}: {Value} is needed here";
        }

        // What the browser itself says of the page, which no script can set. Where it says so, its word decides: behind a
        // proxy that ends TLS, and that the server was not told of, the origin alone would look foreign.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none" ? null : "The request comes from another site's page";
        }

        var origin = request.Headers.Origin;
        return origin.Count == 0 || IsOwn(request, origin.ToString())
            ? null
            : "The request comes from a page that is not this server's own";
    }

    // Compared by parts: a browser leaves the port out where it is the scheme's own, a proxy may write it.
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(uri.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && uri.Port == (request.Host.Port ?? (request.IsHttps ? 443 : 80));
}
