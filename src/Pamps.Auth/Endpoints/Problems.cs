using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Pamps.Auth;

/// <summary>Every rejection: problem details (RFC 9457) that the host's customization applies to.</summary>
internal static class Problems
{
    /// <summary>The member that holds a stable word for programs.</summary>
    private const string Code = "code";

    // RFC 6750 section 3 allows more after the scheme; clients of this API are promised just the word.
    public static ProblemHttpResult Unauthorized(HttpContext context, string code, string detail)
    {
        context.Response.Headers.WWWAuthenticate = PampsAuthDefaults.Scheme;
        return Problem(StatusCodes.Status401Unauthorized, code, detail);
    }

    public static ProblemHttpResult NotValidated(HttpContext context) =>
        Unauthorized(context, "not_signed_in", "Could not validate credentials");

    public static ProblemHttpResult Forbidden(string code, string detail) =>
        Problem(StatusCodes.Status403Forbidden, code, detail);

    public static ProblemHttpResult Conflict(string code, string detail) =>
        Problem(StatusCodes.Status409Conflict, code, detail);

    /// <summary>RFC 6750 section 3.1: the token is good, and not for this.</summary>
    /// <param name="context">The request.</param>
    /// <param name="scope">What would be needed; null where no token of a program is enough.</param>
    public static ProblemHttpResult NotGranted(HttpContext context, string? scope)
    {
        context.Response.Headers.WWWAuthenticate =
            $"{PampsAuthDefaults.Scheme} error=\"insufficient_scope\""
            + (scope is null ? "" : $", scope=\"{scope}\"");
        return Forbidden("insufficient_scope", "This action is outside the authorized scopes");
    }

    public static ProblemHttpResult WrongContentType(string detail) =>
        Problem(StatusCodes.Status415UnsupportedMediaType, "wrong_media_type", detail);

    public static ProblemHttpResult TooMany(
        HttpContext context,
        string code,
        string detail,
        TimeSpan retryAfter
    )
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
                Extensions = { [Code] = code },
            }
        );
    }

    public static ProblemHttpResult Invalid(string detail, Dictionary<string, FieldProblem> fields) =>
        TypedResults.Problem(
            new HttpValidationProblemDetails(fields.ToDictionary(x => x.Key, x => new[] { x.Value.Message }))
            {
                Status = StatusCodes.Status422UnprocessableEntity,
                Title = "Unprocessable Entity",
                Detail = detail,
                Extensions =
                {
                    [Code] = "invalid",
                    ["codes"] = fields.ToDictionary(x => x.Key, x => new[] { x.Value.Code }),
                },
            }
        );

    private static ProblemHttpResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(
            new ProblemDetails
            {
                Status = status,
                Detail = detail,
                Extensions = { [Code] = code },
            }
        );
}

/// <summary>What is wrong with a field: a stable word for programs, and a sentence for a person.</summary>
internal sealed record FieldProblem(string Code, string Message);
