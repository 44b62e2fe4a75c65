using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Pamps.Auth;

/// <summary>Every rejection: problem details (RFC 9457) that the host's customization applies to.</summary>
internal static class Problems
{
    public const string NotValidated = "Could not validate credentials";

    // RFC 6750 section 3 allows more after the scheme; clients of this API are promised just the word.
    public static ProblemHttpResult Unauthorized(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = PampsAuthDefaults.Scheme;
        return Problem(StatusCodes.Status401Unauthorized, detail);
    }

    public static ProblemHttpResult Forbidden(string detail) =>
        Problem(StatusCodes.Status403Forbidden, detail);

    public static ProblemHttpResult WrongContentType(string detail) =>
        Problem(StatusCodes.Status415UnsupportedMediaType, detail);

    public static ProblemHttpResult TooMany(HttpContext context, string detail, TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            new ProblemDetails
            {
                Type = "https://tools.ietf.org/html/rfc6585#section-4",
                Title = "Too Many Requests",
                Status = StatusCodes.Status429TooManyRequests,
                Detail = detail,
            }
        );
    }

    public static ProblemHttpResult Invalid(string detail, Dictionary<string, string[]> errors) =>
        TypedResults.Problem(
            new HttpValidationProblemDetails(errors)
            {
                Status = StatusCodes.Status422UnprocessableEntity,
                Title = "Unprocessable Entity",
                Detail = detail,
            }
        );

    private static ProblemHttpResult Problem(int status, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Detail = detail });
}
