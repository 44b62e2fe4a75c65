using System.Text.Json.Serialization;
using Pamps.Core.Results;

namespace Pamps.Http;

/// <summary>A problem as clients get it. <see cref="Codes"/> and <see cref="Limits"/> name fields as <see cref="Errors"/> does.</summary>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyDictionary<string, string[]>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyDictionary<string, string[]>? Codes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyDictionary<string, ProblemLimits>? Limits,
    string TraceId
)
{
    public static IReadOnlyDictionary<string, string[]>? ErrorsOf(
        IReadOnlyDictionary<string, FieldError>? fields
    ) => fields?.ToDictionary(x => x.Key, x => new[] { x.Value.Message });

    public static IReadOnlyDictionary<string, string[]>? CodesOf(
        IReadOnlyDictionary<string, FieldError>? fields
    ) => fields?.ToDictionary(x => x.Key, x => new[] { x.Value.Code });

    public static IReadOnlyDictionary<string, ProblemLimits>? LimitsOf(
        IReadOnlyDictionary<string, FieldError>? fields
    )
    {
        var limits = fields
            ?.Where(x => x.Value is not { Least: null, Most: null })
            .ToDictionary(x => x.Key, x => new ProblemLimits(x.Value.Least, x.Value.Most));
        return limits is { Count: > 0 } ? limits : null;
    }
}

/// <summary>The numbers that a field's sentence names, so that a client can say them in another language.</summary>
internal sealed record ProblemLimits(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Least = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Most = null
);

/// <summary>A problem as an endpoint's answer.</summary>
internal sealed class ProblemResult(
    int status,
    string code,
    string detail,
    IReadOnlyDictionary<string, FieldError>? fields = null,
    string? retryAfter = null,
    Exceeded? exceeded = null
) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (retryAfter is not null)
        {
            httpContext.Response.Headers.RetryAfter = retryAfter;
        }
        if (exceeded is not null)
        {
            httpContext.Response.Headers.Say(exceeded);
        }
        return Problems.WriteAsync(httpContext, status, code, detail, fields);
    }
}
