using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Pamps.Http;

namespace Pamps.Api.OpenApi;

/// <summary>Sets right what the framework describes otherwise than it is.</summary>
internal static class Tidy
{
    /// <summary>What frameworks and libraries call their problems; on the wire all are <see cref="Problem"/>.</summary>
    private static readonly string[] Replaced = ["ProblemDetails", "HttpValidationProblemDetails"];

    public static Task Document(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        WriteSlashes(document, context.ApplicationServices.GetRequiredService<EndpointDataSource>());
        var answers = document
            .Paths.Values.SelectMany(x => x.Operations ?? [])
            .SelectMany(x => x.Value.Responses ?? [])
            .Select(x => x.Value);
        foreach (var answer in answers)
        {
            if (answer.Content?.TryGetValue("application/problem+json", out var body) is true)
            {
                ((OpenApiMediaType)body).Schema = new OpenApiSchemaReference(nameof(Problem), document);
            }
        }
        foreach (var name in Replaced)
        {
            document.Components?.Schemas?.Remove(name);
        }
        return Task.CompletedTask;
    }

    /// <summary>The framework does not know what a converter writes; ours writes times as strings.</summary>
    public static Task Schema(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.JsonTypeInfo.Type == typeof(DateTime))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (context.JsonTypeInfo.Type == typeof(DateTime?))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }
        return Task.CompletedTask;
    }

    /// <summary>The framework leaves out the slash at the end, with which the paths are written.</summary>
    private static void WriteSlashes(OpenApiDocument document, EndpointDataSource endpoints)
    {
        var written = endpoints
            .Endpoints.OfType<RouteEndpoint>()
            .Select(x => x.RoutePattern.RawText!)
            .Where(x => x.EndsWith('/'))
            .ToHashSet();
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths)
        {
            paths.Add(written.Contains(path + "/") ? path + "/" : path, item);
        }
        document.Paths = paths;
    }
}
