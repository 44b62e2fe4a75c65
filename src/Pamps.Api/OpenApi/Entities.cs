using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Pamps.Api.Posts;
using Pamps.Core.Posts;

namespace Pamps.Api.OpenApi;

/// <summary>Describes the entities of posts, which pass through as they are stored and so have no type of their own.</summary>
internal static class Entities
{
    private const string Name = "EntityResponse";

    public static async Task Describe(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.JsonTypeInfo.Type == typeof(EntityResponse) && context.JsonPropertyInfo is null)
        {
            DescribeOne(schema);
        }
        if (context.JsonTypeInfo.Type != typeof(EntitiesJson))
        {
            return;
        }
        if (context.Document!.Components?.Schemas?.ContainsKey(Name) != true)
        {
            var one = await context.GetOrCreateSchemaAsync(typeof(EntityResponse), null, cancellationToken);
            context.Document.AddComponent(Name, one);
        }
        schema.Type = JsonSchemaType.Array;
        schema.Description = "The mentions, hashtags and URLs in the text, in its order";
        schema.Items = new OpenApiSchemaReference(Name, context.Document);
    }

    private static void DescribeOne(OpenApiSchema schema)
    {
        schema.Description = "A mention, hashtag or URL in a post; which it is decides what else it has";
        schema.Required = new HashSet<string> { "kind", "start", "length" };
        Say("kind", "What it is");
        Say("start", "Where it begins in the text, in Unicode code points");
        Say("length", "How many Unicode code points it has, its sign included");
        Say("username", "Of a mention: the user's name");
        Say("user_id", "Of a mention: the user's id; posts of earlier versions have none");
        Say("tag", "Of a hashtag: the name in /tag/{name}/");
        Say("url", "Of a URL: the address, http or https");
        if (schema.Properties!["kind"] is OpenApiSchema kind)
        {
            kind.Enum = [.. new[] { "mention", "hashtag", "url" }.Select(x => (JsonNode)x)];
        }

        void Say(string property, string description)
        {
            if (schema.Properties?[property] is OpenApiSchema described)
            {
                described.Description = description;
                // What an entity has not is left out, never null.
                described.Type &= ~JsonSchemaType.Null;
                described.Default = null;
            }
        }
    }
}
