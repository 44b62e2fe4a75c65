using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pamps.Api.OpenApi;

namespace Pamps.Api.Archives;

/// <summary>Describes the form with a file that somebody brings, which is read part by part and so is no parameter.</summary>
internal sealed class ImportDescription : IOperationDetail
{
    public void AddTo(OpenApiOperation operation, OpenApiDocument document) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["multipart/form-data"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Examples =
                        [
                            JsonNode.Parse(
                                """{ "file": "(the bytes)", "kind": "archive", "visibility": "unlisted" }"""
                            )!,
                        ],
                        Required = new HashSet<string> { "file" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["file"] = Text(
                                "The archive of a Mastodon, X (Twitter) or Pamps account, or a list of accounts",
                                "binary"
                            ),
                            ["kind"] = Text("archive (unless said), follows, blocks or mutes"),
                            ["visibility"] = Text(
                                "Who may see the posts at most: public (unless said), unlisted or followers"
                            ),
                        },
                    },
                },
            },
        };

    private static OpenApiSchema Text(string description, string? format = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Description = description,
            Format = format,
        };
}
