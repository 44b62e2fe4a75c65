using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;

namespace Template._1;

/// <summary>Shows a body as JSON in the OpenAPI document, and so what "Try it out" in /docs starts from.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExampleAttribute(string json) : Attribute
{
    public JsonNode Json => JsonNode.Parse(json)!;
}

internal static class Examples
{
    public static OpenApiOptions AddExamples(this OpenApiOptions options) =>
        options.AddSchemaTransformer(
            (schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type.GetCustomAttribute<ExampleAttribute>() is { } example)
                {
                    schema.Examples = [example.Json];
                }
                return Task.CompletedTask;
            }
        );
}
