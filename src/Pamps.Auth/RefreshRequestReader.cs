using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.Auth;

internal static class RefreshRequestReader
{
    public static async Task<(RefreshRequest? Body, IResult? Rejection)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.WrongContentType("The body must be JSON"));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(
                request.Body,
                PampsAuthJson.Default.RefreshRequest,
                cancellationToken
            );
            return body is null ? (null, Invalid()) : (body, null);
        }
        catch (JsonException)
        {
            return (null, Invalid());
        }
    }

    private static ProblemHttpResult Invalid() =>
        Problems.Invalid(
            "The body is not valid",
            new Dictionary<string, string[]> { ["refresh_token"] = ["Must be given as a string"] }
        );
}
