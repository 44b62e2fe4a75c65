using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Pamps.Auth;

namespace Orders;

/// <summary>Every refusal is a problem (RFC 9457) with a sentence as its detail; bad input is 422.</summary>
internal static class Problems
{
    // What is read from a request is public: the framework's validation sees no other types.
    public static void AddProblems(this IServiceCollection services) =>
        services
            .AddValidation()
            .Configure<RouteHandlerOptions>(x => x.ThrowOnBadRequest = true)
            .Configure<ExceptionHandlerOptions>(x =>
            {
                x.StatusCodeSelector = StatusOf;
                x.SuppressDiagnosticsCallback = it => StatusOf(it.Exception) < 500;
            })
            .AddProblemDetails(x => x.CustomizeProblemDetails = Complete);

    public static void UseProblems(this WebApplication app) => app.UseExceptionHandler().UseStatusCodePages();

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
        var (problem, response) = (context.ProblemDetails, context.HttpContext.Response);
        // The framework says 400 of input that it could not read or that a rule refused.
        if (problem.Status == 400)
        {
            (problem.Status, problem.Title, problem.Type) = (422, "Unprocessable Entity", null);
            response.StatusCode = 422;
        }
        if (problem is HttpValidationProblemDetails { Errors: var errors } named)
        {
            // By the names that the body has.
            named.Errors = errors.ToDictionary(
                x => JsonNamingPolicy.SnakeCaseLower.ConvertName(x.Key),
                x => x.Value
            );
        }
        if (problem.Status == 401)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }
        if (context.Exception is TooManySignInsException busy)
        {
            response.Headers.RetryAfter = $"{Math.Ceiling(busy.RetryAfter.TotalSeconds)}";
        }
        problem.Detail ??= (problem, context.Exception) switch
        {
            (HttpValidationProblemDetails invalid, _) => string.Join(
                ' ',
                invalid.Errors.SelectMany(x => x.Value)
            ),
            (_, { InnerException: JsonException json }) => $"The body is wrong at {json.Path ?? "its start"}",
            (_, BadHttpRequestException or TooManySignInsException) => context.Exception.Message,
            _ => ReasonPhrases.GetReasonPhrase(response.StatusCode),
        };
    }
}
