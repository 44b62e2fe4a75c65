using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Pamps.Auth;

/// <summary>Says what is wrong with a request by the names that its sender knows, and nothing of types or exceptions.</summary>
internal static partial class BadInput
{
    private const string Body = "body";

    /// <param name="problem">What the framework says: what its validation refused, or just that it could not read.</param>
    /// <param name="exception">Why it could not read, if so.</param>
    /// <param name="policy">How members of bodies are named on the wire; null when as in the program.</param>
    public static HttpValidationProblemDetails Describe(
        ProblemDetails problem,
        Exception? exception,
        JsonNamingPolicy? policy
    )
    {
        var errors = problem is HttpValidationProblemDetails refused
            ? Rename(refused.Errors, policy)
            : Read(exception).ToDictionary(x => x.Field, x => new[] { x.Message });
        return new HttpValidationProblemDetails(errors)
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            // In place of the framework's, which stands for any input.
            Title = null,
            Type = "https://tools.ietf.org/html/rfc4918#section-11.2",
            Detail = problem.Detail ?? string.Join(' ', errors.Values.SelectMany(x => x)),
            Extensions = problem.Extensions,
        };
    }

    private static Dictionary<string, string[]> Rename(
        IDictionary<string, string[]> errors,
        JsonNamingPolicy? policy
    )
    {
        var renamed = new Dictionary<string, string[]>();
        foreach (var (member, messages) in errors)
        {
            // Members of bodies begin with a capital, as in Items[0].UnitPrice; parameters are named as they are sent.
            var field = Member().Replace(member, x => policy?.ConvertName(x.Value) ?? x.Value);
            var last = field[(field.LastIndexOf('.') + 1)..];
            var word = new Regex($@"\b{Regex.Escape(member[(member.LastIndexOf('.') + 1)..])}\b");
            // A parameter and a member of the body may share a name.
            renamed[field] =
            [
                .. renamed.GetValueOrDefault(field, []),
                .. messages.Select(x => word.Replace(x, last, count: 1)),
            ];
        }

        return renamed;
    }

    private static IEnumerable<(string Field, string Message)> Read(Exception? exception)
    {
        if (exception?.InnerException is JsonException json)
        {
            return Read(json);
        }

        // The framework tells which parameter it was in this sentence only.
        var parameter = Parameter().Match(exception?.Message ?? "");
        var name = parameter.Groups["name"].Value;
        return
        [
            !parameter.Success ? (Body, "The body is missing, or is not what is expected.")
            : parameter.Groups["missing"].Success ? (name, Required(name))
            : (name, WrongType(name)),
        ];
    }

    private static IEnumerable<(string Field, string Message)> Read(JsonException json)
    {
        // A text that is no JSON at all: where reading stopped says nothing of the fields.
        if (json.InnerException is JsonException)
        {
            return [(Body, "The body is not valid JSON.")];
        }

        var path = (json.Path ?? "").TrimStart('$').TrimStart('.');
        var missing = Missing().Match(json.Message).Groups["name"].Captures;
        if (missing.Count > 0)
        {
            return missing
                .Select(x => path.Length == 0 ? x.Value : $"{path}.{x.Value}")
                .Select(x => (x, Required(x)));
        }

        return path.Length == 0
            ? [(Body, "The body is not a JSON object of the expected kind.")]
            : [(path, WrongType(path))];
    }

    private static string Required(string name) => $"{name} is required.";

    private static string WrongType(string name) => $"{name} has the wrong type.";

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Member();

    // Failed to bind parameter "long id" from "x".
    // Required parameter "string name" was not provided from query string.
    [GeneratedRegex(
        """parameter "[^"]* (?<name>\w+)" (?:from (?!the request body)|(?<missing>was not provided from (?!body)))"""
    )]
    private static partial Regex Parameter();

    // JSON deserialization for type 'X' was missing required properties including: 'name', 'price'.
    [GeneratedRegex("missing required properties including: (?:[^'.]*'(?<name>[^']+)')+")]
    private static partial Regex Missing();
}
