using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pamps.Api.OpenApi;

namespace Pamps.Api.Forms;

/// <summary>Describes a form with a file, which is read part by part and so is no parameter.</summary>
/// <param name="Example">The form as an object of JSON.</param>
/// <param name="File">What its file is.</param>
/// <param name="Fields">What it may say besides; the most characters are null where that is not limited by a number.</param>
internal sealed record FileFormDescription(
    string Example,
    string File,
    params (string Name, string Description, int? Most)[] Fields
) : IOperationDetail
{
    public void AddTo(OpenApiOperation operation, OpenApiDocument document)
    {
        var properties = new Dictionary<string, IOpenApiSchema> { ["file"] = Text(File, format: "binary") };
        foreach (var (name, description, most) in Fields)
        {
            properties.Add(name, Text(description, most: most));
        }
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
                        Examples = [JsonNode.Parse(Example)!],
                        Required = new HashSet<string> { "file" },
                        Properties = properties,
                    },
                },
            },
        };
    }

    private static OpenApiSchema Text(string description, string? format = null, int? most = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Description = description,
            Format = format,
            MaxLength = most,
        };
}
