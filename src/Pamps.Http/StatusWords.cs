using Microsoft.AspNetCore.WebUtilities;

namespace Pamps.Http;

/// <summary>What is said of a status that came without words of its own: from the framework, or from Kestrel.</summary>
internal static class StatusWords
{
    private static readonly Dictionary<int, (string Code, string Sentence)> Known = new()
    {
        [StatusCodes.Status401Unauthorized] = ("not_authenticated", "Not authenticated"),
        [StatusCodes.Status403Forbidden] = ("forbidden", "This is not yours to do"),
        [StatusCodes.Status404NotFound] = ("not_found", "Not Found"),
        [StatusCodes.Status405MethodNotAllowed] = ("method_not_allowed", "Method Not Allowed"),
        [StatusCodes.Status408RequestTimeout] = ("too_slow", "Request Timeout"),
        [StatusCodes.Status413PayloadTooLarge] = ("too_large", "The request body is too large"),
        [StatusCodes.Status415UnsupportedMediaType] = (
            "wrong_media_type",
            "The body is JSON, with Content-Type: application/json"
        ),
        [StatusCodes.Status421MisdirectedRequest] = ("wrong_host", "This host is not the site's"),
        [StatusCodes.Status422UnprocessableEntity] = ("unreadable", "The request could not be read"),
        [StatusCodes.Status429TooManyRequests] = ("too_fast", "Too Many Requests"),
        [StatusCodes.Status500InternalServerError] = ("fault", "Something went wrong on the server."),
        [StatusCodes.Status503ServiceUnavailable] = ("stopped", "This took too long and was stopped"),
    };

    /// <summary>The code of the status; one word for all that nobody expects.</summary>
    public static string CodeOf(int status) =>
        Known.TryGetValue(status, out var words) ? words.Code : "refused";

    /// <summary>One sentence for a person.</summary>
    public static string SentenceOf(int status) =>
        Known.TryGetValue(status, out var words) ? words.Sentence : ReasonPhrases.GetReasonPhrase(status);
}
