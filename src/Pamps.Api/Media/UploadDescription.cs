using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pamps.Api.OpenApi;
using Pamps.Core.Media;

namespace Pamps.Api.Media;

/// <summary>Describes the form of an upload, which is read part by part and so is no parameter.</summary>
internal sealed class UploadDescription : IOperationDetail
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
                                """{ "file": "(the bytes)", "description": "A gull on a bollard", "focus": "0.25,-0.5" }"""
                            )!,
                        ],
                        Required = new HashSet<string> { "file" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["file"] = Text(
                                "JPEG, PNG, WebP, GIF or AVIF, whatever it is called; video and audio where the server takes them",
                                "binary"
                            ),
                            ["description"] = Text(
                                "What is to be seen on it, for those who do not see it",
                                most: OwnMedia.MaxDescription
                            ),
                            ["focus"] = Text(
                                "The point that stays when it is cropped: x,y from -1,-1 (left, bottom) to 1,1"
                            ),
                        },
                    },
                },
            },
        };

    private static OpenApiSchema Text(string description, string? format = null, int? most = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Description = description,
            Format = format,
            MaxLength = most,
        };
}
