using System.Net;
using System.Text.Json.Nodes;
using Pamps.Server.Settings;
using Pamps.Tests.Host;

namespace Pamps.Tests.Rules;

public sealed class GeneratedPagesTests
{
    [Fact]
    public async Task The_committed_OpenAPI_document_is_what_the_server_gives()
    {
        var document = await ReadAsync();
        await Repository.AssertGeneratedAsync("docs/openapi.json", document.Trim() + "\n");
    }

    [Fact]
    public Task The_page_of_the_settings_is_what_the_program_prints() =>
        Repository.AssertGeneratedAsync("docs/configuration.md", SettingsTable.ToMarkdown());

    [Fact]
    public async Task Every_operation_has_a_summary_and_a_success_and_every_body_an_example()
    {
        var document = JsonNode.Parse(await ReadAsync())!;
        var operations = document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(x => (Name: $"{x.Key} {path.Key}", Operation: x.Value!))
            )
            .ToList();
        Assert.NotEmpty(operations);
        foreach (var (name, operation) in operations)
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), $"{name} has no summary");
            Assert.NotEmpty((string)operation["operationId"]!);
            var answers = operation["responses"]!.AsObject();
            Assert.Contains(answers, x => x.Key.StartsWith('2'));
            Assert.All(answers, x => Assert.NotEmpty((string)x.Value!["description"]!));
            var bodies = answers
                .Select(x => x.Value)
                .Append(operation["requestBody"])
                .SelectMany(x => x?["content"]?.AsObject().Select(y => y.Value!["schema"]!) ?? []);
            foreach (var resolved in bodies.SelectMany(x => Resolve(document, x)))
            {
                Assert.True(
                    resolved["examples"] is JsonArray { Count: > 0 },
                    $"{name}: {resolved} has no example"
                );
            }
        }
    }

    [Fact]
    public async Task The_document_names_paths_and_problems_as_they_are_on_the_wire()
    {
        var document = JsonNode.Parse(await ReadAsync())!;
        Assert.NotNull(document["paths"]!["/post/{id}/"]);
        Assert.NotNull(document["paths"]!["/token"]);
        var schemas = document["components"]!["schemas"]!.AsObject();
        Assert.DoesNotContain(schemas, x => x.Key.EndsWith("ProblemDetails", StringComparison.Ordinal));
        Assert.Equal(["text"], schemas["PostRequest"]!["required"]!.AsArray().Select(x => (string)x!));
        Assert.DoesNotContain("errors", schemas["Problem"]!["required"]!.AsArray().Select(x => (string)x!));
    }

    private static async Task<string> ReadAsync()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var anyone = pamps.Anonymous();
        var answer = await anyone.GetAsync("/openapi.json");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body;
    }

    /// <summary>The schema itself, out of references, that of a list's items, and each of several.</summary>
    private static IEnumerable<JsonNode> Resolve(JsonNode document, JsonNode schema) =>
        (string?)schema["$ref"] is { } reference
            ? Resolve(document, reference.Split('/')[1..].Aggregate(document, (x, name) => x[name]!))
        : schema["items"] is { } items ? Resolve(document, items)
        : schema["oneOf"] is JsonArray either ? either.SelectMany(x => Resolve(document, x!))
        : [schema];
}
