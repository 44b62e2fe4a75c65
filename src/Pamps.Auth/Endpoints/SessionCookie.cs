using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>
/// The cookie that holds a browser's refresh token. Scripts cannot read it, other sites' pages cannot make the
/// browser send it, and it goes nowhere but to the endpoints that use it.
/// </summary>
internal static class SessionCookie
{
    public const string Path = "/session";
    private const string Name = "pamps_session";

    public static string? Read(HttpContext context) =>
        context.Request.Cookies.TryGetValue(NameFor(context), out var token) && token.Length > 0
            ? token
            : null;

    public static void Write(HttpContext context, TokenPair pair, TimeProvider time) =>
        context.Response.Cookies.Append(
            NameFor(context),
            pair.RefreshToken,
            Options(context, pair.RefreshExpiresUtc - time.GetUtcNow().UtcDateTime)
        );

    /// <summary>Takes the cookie away, so that the browser does not show again what is no good.</summary>
    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Append(NameFor(context), "", Options(context, TimeSpan.Zero));

    // Browsers take a cookie whose name begins so only from https and with Secure
    // (RFC 6265bis section 4.1.3), so a page of the same host over http cannot put its own in the way.
    private static string NameFor(HttpContext context) => context.Request.IsHttps ? "__Secure-" + Name : Name;

    private static CookieOptions Options(HttpContext context, TimeSpan maxAge) =>
        new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            Path = context.Request.PathBase + Path,
            MaxAge = maxAge,
        };
}
