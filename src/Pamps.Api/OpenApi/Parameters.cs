using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pamps.Core;
using Pamps.Core.Reads;
using Pamps.Http;

namespace Pamps.Api.OpenApi;

/// <summary>The parameters that many operations share.</summary>
internal static class Parameters
{
    public static OpenApiSchema? SchemaOf(string parameter) =>
        parameter switch
        {
            "limit" => Integer(1, PageRequest.MaxLimit, JsonValue.Create(PageRequest.DefaultLimit)),
            "before" or "after" => Integer(1, Ids.Max),
            "order" => Word("newest", "oldest"),
            "include_replies" or "own" => new OpenApiSchema
            {
                Type = JsonSchemaType.Boolean,
                Default = false,
            },
            "id" => Integer(1, Ids.Max),
            _ => null,
        };

    public static OpenApiParameter IdempotencyKey() =>
        new()
        {
            Name = IdempotencyHeader.Name,
            In = ParameterLocation.Header,
            Description = "Repeat a request with the same key within 24 hours to get its first answer again.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = Core.Writes.IdempotencyKey.MaxLength,
            },
        };

    public static OpenApiSchema Word(params string[] words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(x => JsonValue.Create(x))] };

    private static OpenApiSchema Integer(long minimum, long maximum, JsonNode? standard = null) =>
        new()
        {
            Type = JsonSchemaType.Integer,
            Format = "int64",
            Minimum = minimum.ToString(CultureInfo.InvariantCulture),
            Maximum = maximum.ToString(CultureInfo.InvariantCulture),
            Default = standard,
        };
}
