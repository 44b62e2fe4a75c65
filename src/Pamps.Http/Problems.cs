using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Http;

/// <summary>The one place where refusals become HTTP (RFC 9457). What the codes are: docs/problems.md.</summary>
public static class Problems
{
    /// <summary>Seconds after which it makes sense to come again.</summary>
    private const string RetrySoon = "5";

    /// <summary>Answers what no endpoint answered: exceptions, unknown paths, wrong methods.</summary>
    public static IApplicationBuilder UsePampsProblems(this IApplicationBuilder app) =>
        app.UseExceptionHandler(
                new ExceptionHandlerOptions
                {
                    ExceptionHandler = Faults.AnswerAsync,
                    SuppressDiagnosticsCallback = _ => true,
                }
            )
            .UseStatusCodePages(x => WriteAsync(x.HttpContext, x.HttpContext.Response.StatusCode));

    internal static IResult ToProblem(this Error error) =>
        new ProblemResult(
            error.Kind switch
            {
                ErrorKind.Invalid => StatusCodes.Status422UnprocessableEntity,
                ErrorKind.NotFound => StatusCodes.Status404NotFound,
                ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
                ErrorKind.Conflict => StatusCodes.Status409Conflict,
                ErrorKind.Unauthorized => StatusCodes.Status401Unauthorized,
                ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
                ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
                ErrorKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
                ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
                _ => throw new UnreachableException($"No status for {error.Kind}"),
            },
            error.Code,
            error.Message,
            error.Fields,
            error is { Kind: ErrorKind.TooMany, Exceeded: null } ? RetrySoon : null,
            error.Exceeded
        );

    /// <summary>429, with the time after which it makes sense to come again.</summary>
    internal static IResult TooFast(
        HttpContext context,
        string detail,
        TimeSpan retryAfter,
        string code = "too_many_failures"
    )
    {
        context.Response.Headers.RetryAfter = Seconds(retryAfter);
        return new ProblemResult(StatusCodes.Status429TooManyRequests, code, detail);
    }

    /// <summary>
    /// Says what was exceeded in the headers of draft-ietf-httpapi-ratelimit-headers-11, sections 3 and 4: the policy, and that
    /// nothing of it remains for so many seconds, where time helps.
    /// </summary>
    internal static void Say(this IHeaderDictionary headers, Exceeded exceeded)
    {
        headers["RateLimit-Policy"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{exceeded.Name}\";q={exceeded.Most}{(exceeded.Window is { } window ? $";w={window.TotalSeconds}" : "")}"
        );
        headers["RateLimit"] = $"\"{exceeded.Name}\";r=0";
        if (exceeded.RetryAfter is { } wait)
        {
            headers.RetryAfter = Seconds(wait);
            headers["RateLimit"] += $";t={Seconds(wait)}";
        }
    }

    private static string Seconds(TimeSpan wait) =>
        Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>A problem of which the status says all there is.</summary>
    internal static Task WriteAsync(HttpContext context, int status) =>
        WriteAsync(context, status, StatusWords.CodeOf(status), StatusWords.SentenceOf(status));

    internal static Task WriteAsync(
        HttpContext context,
        int status,
        string code,
        string detail,
        IReadOnlyDictionary<string, FieldError>? fields = null
    )
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        if (
            status is StatusCodes.Status503ServiceUnavailable
            && context.Response.Headers.RetryAfter.Count == 0
        )
        {
            context.Response.Headers.RetryAfter = RetrySoon;
        }
        var problem = new Problem(
            "about:blank",
            ReasonPhrases.GetReasonPhrase(status),
            status,
            code,
            detail,
            Problem.ErrorsOf(fields),
            Problem.CodesOf(fields),
            Problem.LimitsOf(fields),
            Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier
        );
        return context.Response.WriteAsJsonAsync(
            problem,
            HttpJson.OptionsOf(context).Of<Problem>(),
            "application/problem+json",
            CancellationToken.None
        );
    }
}
