using Microsoft.OpenApi;
using Pamps.Http;

namespace Pamps.Api.OpenApi;

/// <summary>What statuses mean, and which headers come with them.</summary>
internal static class ResponseDetails
{
    public static string? MeaningOf(string status) =>
        status switch
        {
            "200" => "Done",
            "201" => "Made",
            "204" => "Done; there is nothing to say",
            "304" => "The client's copy, named in If-None-Match, is current",
            "401" => "No token, or one that opens nothing",
            "403" => "Not the caller's to do",
            "404" => "No such thing",
            "409" => "The name or address is taken, or no superuser would be left",
            "413" => "The body is too large",
            "415" => "The body is of another media type",
            "422" => "The input does not parse or breaks a rule",
            "429" => "Too fast, and Retry-After says when to come again; or as many as an account may have",
            "503" => "Not ready",
            _ => null,
        };

    private static readonly (string, string) PagesNextTo = (
        "Link",
        "The pages next to this one (RFC 8288): rel=\"next\", rel=\"prev\""
    );

    public static void AddHeaders(
        OpenApiOperation operation,
        IList<object> metadata,
        string status,
        OpenApiResponse response
    )
    {
        var headers = status switch
        {
            "200" when metadata.OfType<RanksToo>().Any() =>
            [
                PagesNextTo,
                ("Search-Incomplete", "?1 where not all was looked at that could be in the page"),
            ],
            "200" when metadata.OfType<PagedList>().Any() => [PagesNextTo],
            "200" or "304" when operation.Responses!.ContainsKey("304") =>
            [
                ("ETag", "The version of what was read"),
            ],
            "201" when metadata.OfType<SaysWhere>().Any() => [("Location", "Where the new thing is")],
            "401" => [("WWW-Authenticate", "Bearer")],
            "429" =>
            [
                ("Retry-After", "Seconds to wait; none where no time helps"),
                (
                    "RateLimit-Policy",
                    "What was exceeded: its name, how many (q) in how many seconds (w), or at all"
                ),
                ("RateLimit", "Its name, how many remain (r), and in how many seconds there is one more (t)"),
            ],
            _ => Array.Empty<(string, string)>(),
        };
        foreach (var (name, description) in headers)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }
}
