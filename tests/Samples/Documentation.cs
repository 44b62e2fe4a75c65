using System.Text.Json.Nodes;

namespace Samples.Tests;

/// <summary>What a server says of itself in its OpenAPI document.</summary>
internal sealed class Documentation(JsonNode document)
{
    public const string Path = "/openapi.json";

    public JsonNode Json => document;

    public IEnumerable<string> Sections => document["tags"]!.AsArray().Select(x => (string)x!["name"]!);

    public IEnumerable<Operation> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new Operation(document, operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    /// <summary>The operation that answers a request; null when none does.</summary>
    public Operation? Find(HttpMethod method, string path) =>
        Operations
            .Where(x => x.Method == method.Method && x.Matches(path))
            // What is literal wins.
            .MinBy(x => x.Path.Count(it => it == '{'));
}

internal sealed record Operation(JsonNode Document, string Method, string Path, JsonNode Json)
{
    public override string ToString() => $"{Method} {Path}";

    public IEnumerable<string> Statuses => Json["responses"]!.AsObject().Select(x => x.Key);

    public JsonNode? BodyExample => ExampleOf(Json["requestBody"]);

    public bool Matches(string path)
    {
        var (mine, asked) = (Path.Split('/'), path.Split('?')[0].TrimEnd('/').Split('/'));
        return mine.Length == asked.Length
            && mine.Zip(asked).All(x => x.First is ['{', ..] || x.First == x.Second);
    }

    /// <summary>Checks that an answer is one of those it tells of, and looks like its example.</summary>
    public void Allows(Answer answer)
    {
        var status = $"{(int)answer.Status}";
        Assert.True(
            Statuses.Contains(status),
            $"{this} answers {status}, and says {string.Join(", ", Statuses)}"
        );
        if (ExampleOf(Json["responses"]![status]) is JsonObject example)
        {
            Assert.Equal(example.Select(x => x.Key), answer.Json.AsObject().Select(x => x.Key));
        }
    }

    /// <summary>The example of a body, asked for or answered.</summary>
    private JsonNode? ExampleOf(JsonNode? body)
    {
        var content = body?["content"]?.AsObject().Select(x => x.Value).FirstOrDefault();
        var type = ((string?)content?["schema"]?["$ref"])?.Split('/')[^1];
        return type is null ? null : Document["components"]!["schemas"]![type]!["examples"]?[0];
    }
}
