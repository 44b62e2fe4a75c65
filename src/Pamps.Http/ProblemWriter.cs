using Microsoft.AspNetCore.WebUtilities;
using Pamps.Core.Results;

namespace Pamps.Http;

/// <summary>
/// Writes the problems of the framework and of Pamps.Auth. Unlike the framework's own writer it asks no Accept
/// header: a client that asks for HTML still learns what is wrong.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var status = problem.Status ?? context.HttpContext.Response.StatusCode;
        await Problems.WriteAsync(
            context.HttpContext,
            status,
            problem.Extensions.TryGetValue("code", out var code) && code is string word
                ? word
                : StatusWords.CodeOf(status),
            problem.Detail ?? ReasonPhrases.GetReasonPhrase(status),
            problem is HttpValidationProblemDetails invalid ? FieldsOf(invalid) : null
        );
    }

    private static Dictionary<string, FieldError> FieldsOf(HttpValidationProblemDetails problem)
    {
        problem.Extensions.TryGetValue("codes", out var found);
        var codes = found as IReadOnlyDictionary<string, string[]>;
        return problem.Errors.ToDictionary(
            x => x.Key,
            x => new FieldError(
                codes?.GetValueOrDefault(x.Key)?.FirstOrDefault() ?? "unreadable",
                string.Join(" ", x.Value)
            )
        );
    }
}
