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
        catch (JsonException)
        {
            return (null, Invalid(shape, rule));
        }
    }

    // Every field is named: all are strings that must be there, and which one is wrong shows.
    private static ProblemHttpResult Invalid(JsonTypeInfo shape, FieldProblem rule) =>
        Problems.Invalid(
            "The body is not valid",
            shape.Properties.ToDictionary(field => field.Name, _ => rule)
        );
}
