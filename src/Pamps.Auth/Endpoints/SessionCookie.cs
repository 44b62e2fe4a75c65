using Microsoft.AspNetCore.Http;
using CookieHeaderValue = Microsoft.Net.Http.Headers.CookieHeaderValue;

namespace Pamps.Auth;

/// <summary>
/// The cookie that holds a browser's refresh token. Scripts cannot read it, and other sites' pages cannot make the browser
/// send it.
/// </summary>
/// <remarks>
/// Over https no other host of the same domain can put its own beside it, and so sign somebody in as somebody else: browsers
/// take a cookie whose name begins so only from the host itself (RFC 6265bis section 4.1.3.2). That demands the path of the
/// whole server; over http, which has no such protection, the cookie goes nowhere but to the endpoints that use it.
/// </remarks>
internal static class SessionCookie
{
    public const string Path = "/session";
    private const string Name = "pamps_session";
    private const string HostName = "__Host-" + Name;

    /// <summary>What earlier versions called it over https, with the path of the endpoints.</summary>
    private const string OlderName = "__Secure-" + Name;

    /// <summary>
    /// Its token; null when there is none, or several: something else has set one, and nobody can tell which is ours.
    /// </summary>
    public static string? Read(HttpContext context) =>
        Find(context, NameFor(context)) is [var token] ? token : null;

    /// <summary>The token of the cookie of an earlier version, read in the same way.</summary>
    public static string? ReadOlder(HttpContext context) =>
        context.Request.IsHttps && Find(context, OlderName) is [var token] ? token : null;

    /// <summary>Every token that the browser shows.</summary>
    public static List<string> ReadAll(HttpContext context) =>
        [.. Find(context, NameFor(context)), .. context.Request.IsHttps ? Find(context, OlderName) : []];

    public static void Write(HttpContext context, TokenPair pair, TimeProvider time) =>
        Append(context, pair.RefreshToken, pair.RefreshExpiresUtc - time.GetUtcNow().UtcDateTime);

    /// <summary>Takes the cookie away, so that the browser does not show again what is no good.</summary>
    public static void Clear(HttpContext context) => Append(context, "", TimeSpan.Zero);

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? HostName : Name;

    // The framework's own collection keeps the last of several, and says nothing of the others.
    public static List<string> Find(HttpContext context, string name) =>
        CookieHeaderValue.TryParseList(context.Request.Headers.Cookie, out var cookies)
            ? [.. cookies.Where(x => x.Name == name && x.Value.Length > 0).Select(x => x.Value.ToString())]
            : [];

    private static void Append(HttpContext context, string token, TimeSpan maxAge)
    {
        var cookies = context.Response.Cookies;
        if (!context.Request.IsHttps)
        {
            cookies.Append(Name, token, Options(context.Request.PathBase + Path, isSecure: false, maxAge));
            return;
        }
        cookies.Append(HostName, token, Options("/", isSecure: true, maxAge));
        if (Find(context, OlderName).Count > 0)
        {
            cookies.Append(
                OlderName,
                "",
                Options(context.Request.PathBase + Path, isSecure: true, TimeSpan.Zero)
            );
        }
    }

    public static CookieOptions Options(string path, bool isSecure, TimeSpan maxAge) =>
        new()
        {
            HttpOnly = true,
            Secure = isSecure,
            SameSite = SameSiteMode.Strict,
            Path = path,
            MaxAge = maxAge,
        };
}
