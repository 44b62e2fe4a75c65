using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Pamps.Auth;

namespace Template._1;

/// <summary>Every refusal is a problem (RFC 9457) whose detail is one sentence; bad input is 422.</summary>
internal static class Problems
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddValidation();
        services.Configure<RouteHandlerOptions>(x => x.ThrowOnBadRequest = true);
        services.AddProblemDetails(x => x.CustomizeProblemDetails = Complete);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = StatusOf,
                SuppressDiagnosticsCallback = x => StatusOf(x.Exception) < 500,
            }
        );
        app.UseStatusCodePages();
    }

    public static IResult Refuse(int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status);

    private static int StatusOf(Exception exception) =>
        exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            TooManySignInsException => 429,
            _ => 500,
        };

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var response = context.HttpContext.Response;
        if (problem.Status == 400)
        {
            // The framework's word for input it could not read or that a rule refused.
            problem.Status = response.StatusCode = 422;
            problem.Title = "Unprocessable Entity";
            problem.Type = "https://tools.ietf.org/html/rfc4918#section-11.2";
        }
        if (context.Exception is TooManySignInsException busy)
        {
            response.Headers.RetryAfter = $"{Math.Ceiling(busy.RetryAfter.TotalSeconds)}";
        }
        problem.Detail ??= (problem, context.Exception) switch
        {
            (HttpValidationProblemDetails invalid, _) => string.Join(
                " ",
                invalid.Errors.SelectMany(x => x.Value)
            ),
            (_, BadHttpRequestException { InnerException: JsonException json }) =>
                $"The body is not the JSON that is expected, at {json.Path ?? "its start"}",
            (_, BadHttpRequestException or TooManySignInsException) => context.Exception.Message,
            _ => ReasonPhrases.GetReasonPhrase(problem.Status ?? response.StatusCode),
        };
    }
}
