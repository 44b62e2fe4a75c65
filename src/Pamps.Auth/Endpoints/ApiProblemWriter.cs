using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Pamps.Auth;

/// <summary>
/// Writes every problem, whoever reports it. Unlike the framework's own writer it asks no Accept header: a client that
/// asks for HTML still learns what is wrong.
/// </summary>
internal sealed class ApiProblemWriter(IOptions<JsonOptions> json, IOptions<ProblemDetailsOptions> host)
    : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (problem, response) = (context.ProblemDetails, context.HttpContext.Response);
        var options = json.Value.SerializerOptions;
        // The framework's 400: what it could not read, and what a rule refused. One that the host says itself stays.
        if (
            context.Exception is BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest }
            || problem is HttpValidationProblemDetails { Status: null or StatusCodes.Status400BadRequest }
        )
        {
            problem = BadInput.Describe(problem, context.Exception, options.PropertyNamingPolicy);
        }

        if (context.Exception is TooManySignInsException busy)
        {
            problem.Detail = "Too many sign-ins, try again later.";
            response.Headers.RetryAfter = Math.Ceiling(busy.RetryAfter.TotalSeconds)
                .ToString(CultureInfo.InvariantCulture);
        }

        var status = problem.Status ?? response.StatusCode;
        if (status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
        {
            response.Headers.WWWAuthenticate = PampsAuthDefaults.Scheme;
        }

        problem.Status = response.StatusCode = status;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= problem.Title;
        context.ProblemDetails = problem;
        host.Value.CustomizeProblemDetails?.Invoke(context);
        await response.WriteAsJsonAsync(
            problem,
            options.GetTypeInfo(problem.GetType()),
            "application/problem+json"
        );
    }
}
