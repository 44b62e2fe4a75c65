using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>Answers in OAuth's own form, which is not that of problem details.</summary>
internal static class OAuthAnswers
{
    public static IResult Refuse(
        HttpContext context,
        string error,
        string description,
        int status = StatusCodes.Status400BadRequest
    )
    {
        TokenHandlers.DoNotStore(context);
        return TypedResults.Json(
            new OAuthErrorAnswer(error, description),
            PampsAuthJson.Default.OAuthErrorAnswer,
            statusCode: status
        );
    }

    public static IResult Unreadable(HttpContext context) =>
        Refuse(
            context,
            "invalid_request",
            "The body must be a form or JSON that can be read",
            StatusCodes.Status400BadRequest
        );

    public static IResult Repeated(HttpContext context, string name) =>
        Refuse(context, "invalid_request", $"{name} must be given once");

    /// <summary>RFC 6749 section 5.2: who used HTTP Basic is told that it is taken.</summary>
    public static IResult UnknownClient(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"OAuth\"";
        }
        return Refuse(
            context,
            "invalid_client",
            "There is no such program, or its secret is wrong",
            StatusCodes.Status401Unauthorized
        );
    }

    public static IResult TooMany(HttpContext context, TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Refuse(
            context,
            "too_many_applications",
            "Too many programs were registered from here; try again later",
            StatusCodes.Status429TooManyRequests
        );
    }
}
