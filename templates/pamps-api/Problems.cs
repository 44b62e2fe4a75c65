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
        services.AddProblemDetails();
        // In front, because the first writer that can does.
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ProblemWriter>());
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
}

/// <summary>
/// Writes every problem, whoever reports it. Unlike the framework's own writer it asks no Accept header: a client that
/// asks for HTML still learns what is wrong.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var response = context.HttpContext.Response;
        problem.Status ??= response.StatusCode;
        if (problem.Status == 400)
        {
            // The framework's word for input it could not read or that a rule refused.
            (problem.Status, problem.Title, problem.Type) = (422, null, null);
        }
        if (problem is HttpValidationProblemDetails invalid)
        {
            invalid.Errors = invalid.Errors.ToDictionary(
                x => JsonNamingPolicy.SnakeCaseLower.ConvertName(x.Key),
                x => x.Value
            );
        }
        if (context.Exception is TooManySignInsException busy)
        {
            response.Headers.RetryAfter = $"{Math.Ceiling(busy.RetryAfter.TotalSeconds)}";
        }
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Detail ??= (problem, context.Exception) switch
        {
            (HttpValidationProblemDetails wrong, _) => string.Join(
                " ",
                wrong.Errors.SelectMany(x => x.Value)
            ),
            (_, BadHttpRequestException { InnerException: JsonException json }) =>
                $"The body is not the JSON that is expected, at {json.Path ?? "its start"}",
            (_, BadHttpRequestException or TooManySignInsException) => context.Exception.Message,
            _ => problem.Title,
        };
        response.StatusCode = problem.Status.Value;
        await response.WriteAsJsonAsync(
            problem,
            problem.GetType(),
            options: null,
            "application/problem+json"
        );
    }
}
