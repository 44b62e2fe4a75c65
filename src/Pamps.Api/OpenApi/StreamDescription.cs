using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pamps.Api.Streaming;

namespace Pamps.Api.OpenApi;

/// <summary>Describes the live stream, for which the document has no form of its own.</summary>
internal sealed class StreamDescription : IOperationDetail
{
    private const string Words = """
        Server-sent events. The first is `ready`; its `id` is the place where the stream begins. Then:

        - `post`, `edit`: a post, as from `GET /post/{id}/` with `liked` null, by somebody the caller follows or by the caller.
        - `delete`: `{"id", "parent_id"}` of such a post.
        - `notification`: as in `GET /notification/`. `notification_gone`: `{"id"}`.
        - `archive_ended`: `{}`. The archive that the caller asked for is ready, or could not be made; `GET /user/me/archive/` says which.
        - `import_ended`: `{"id"}`. What the caller brought was taken in, or could not be. No program hears of these two.
        - `reset`: `{}`. The place asked for is too long ago; reload what is shown. The stream goes on from now.

        A comment line comes at least every 15 seconds. The stream ends when the access token expires or its login ends:
        come back with a new token and the `id` of the last event.
        """;

    private const string Example = """
        retry: 2000

        event: ready
        id: 731-118
        data: {}

        event: delete
        id: 734-120
        data: {"id":371905902444544,"parent_id":371905837563904}


        """;

    public void AddTo(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Description = Words;
        operation.Parameters ??= [];
        foreach (
            var (place, name) in new[]
            {
                (ParameterLocation.Header, LastEventId.Header),
                (ParameterLocation.Query, LastEventId.Parameter),
            }
        )
        {
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = name,
                    In = place,
                    Description = "The `id` of the last event seen; what was missed since comes first.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        }
        if (operation.Responses?["200"] is OpenApiResponse answer)
        {
            answer.Description = "The stream";
            answer.Content = new Dictionary<string, OpenApiMediaType>
            {
                ["text/event-stream"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Examples = [JsonValue.Create(Example)],
                    },
                },
            };
        }
    }
}
