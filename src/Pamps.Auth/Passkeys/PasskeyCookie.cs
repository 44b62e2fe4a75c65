using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>
/// The cookie that holds the challenge that a browser was asked with, so that no other browser answers it. It is as
/// <see cref="SessionCookie"/>, and gone as soon as the challenge is.
/// </summary>
internal static class PasskeyCookie
{
    private const string Name = "pamps_passkey";
    private const string HostName = "__Host-" + Name;

    public static string? Read(HttpContext context) =>
        SessionCookie.Find(context, NameFor(context)) is [var state] ? state : null;

    public static void Write(HttpContext context, string state) =>
        Append(context, state, PasskeyState.Lifetime);

    public static void Clear(HttpContext context) => Append(context, "", TimeSpan.Zero);

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? HostName : Name;

    private static void Append(HttpContext context, string state, TimeSpan maxAge) =>
        context.Response.Cookies.Append(
            NameFor(context),
            state,
            SessionCookie.Options(
                // A host may ask for a passkey elsewhere than at a sign-in.
                context.Request.IsHttps
                    ? "/"
                    : context.Request.PathBase + "/",
                context.Request.IsHttps,
                maxAge
            )
        );
}
