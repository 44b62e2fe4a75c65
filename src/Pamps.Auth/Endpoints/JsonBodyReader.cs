using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.Auth;

internal static class JsonBodyReader
{
    public static async Task<(T? Body, IResult? Rejection)> ReadAsync<T>(
        HttpRequest request,
        JsonTypeInfo<T> shape,
        Predicate<T> isComplete,
        FieldProblem rule,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.WrongContentType("The body must be JSON"));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, shape, cancellationToken);
            return body is not null && isComplete(body) ? (body, null) : (null, Invalid(shape, rule));
        }
        catch (JsonException broken)
        {
            return (null, Invalid(shape, rule, broken));
        }
    }

    // Every field that must be there is named, and which one is wrong shows; of those that need not, one that is wrong.
    private static ProblemHttpResult Invalid(
        JsonTypeInfo shape,
        FieldProblem rule,
        JsonException? broken = null
    )
    {
        var wrong = shape.Properties.FirstOrDefault(x => !x.IsRequired && broken?.Path == $"$.{x.Name}");
        return Problems.Invalid(
            "The body is not valid",
            wrong is not null
                ? new() { [wrong.Name] = new FieldProblem("wrong_type", "Must be a string") }
                : shape.Properties.Where(x => x.IsRequired).ToDictionary(x => x.Name, _ => rule)
        );
    }
}
