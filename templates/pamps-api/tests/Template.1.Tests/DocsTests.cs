using System.Text.Json;
using static Template._1.Tests.Server;

namespace Template._1.Tests;

public class DocsTests(Server server) : IClassFixture<Server>
{
    private readonly HttpClient client = server.CreateClient();

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/redoc")]
    public async Task The_docs_are_a_page(string path)
    {
        using var answer = await client.GetAsync(path, Stop);

        Assert.Equal("text/html", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_document_has_examples_and_says_what_needs_a_token()
    {
        using var answer = await client.GetAsync("/openapi.json", Stop);
        var document = await JsonAsync(answer);

        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var name in (string[])["NewAccount", "AccountJson", "NewItem", "ItemJson"])
        {
            var schema = schemas.GetProperty(name);
            var example = schema.GetProperty("examples")[0];
            Assert.Equal(Names(schema.GetProperty("properties")), Names(example));
        }
        var bounds = schemas.GetProperty("NewItem").GetProperty("properties").GetProperty("name");
        Assert.Equal(100, bounds.GetProperty("maxLength").GetInt32());
        var items = document.GetProperty("paths").GetProperty("/items");
        Assert.True(items.GetProperty("post").TryGetProperty("security", out _));
        Assert.False(items.GetProperty("get").TryGetProperty("security", out _));
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_what_it_answers()
    {
        using var answer = await client.GetAsync("/openapi.json", Stop);
        var paths = (await JsonAsync(answer)).GetProperty("paths").EnumerateObject();
        var operations = paths.SelectMany(x => x.Value.EnumerateObject());
        Assert.All(operations.Select(x => x.Value), operation =>
        {
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            var statuses = Names(operation.GetProperty("responses")).ToList();
            Assert.Single(statuses, x => x[0] == '2');
            Assert.Contains(statuses, x => x[0] == '4');
            Assert.True(!operation.TryGetProperty("security", out _) || statuses.Contains("401"));
            Assert.True(!operation.TryGetProperty("requestBody", out _) || statuses.Contains("415"));
        });
    }

    [Theory]
    [InlineData("GET", Origin, true)]
    [InlineData("OPTIONS", Origin, true)]
    [InlineData("GET", "https://elsewhere.example.org", false)]
    public async Task Browsers_may_call_from_the_app_origin_only(string method, string origin, bool allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/items");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var answer = await client.SendAsync(request, Stop);

        Assert.Equal(allowed, answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(x => x.Name);
}
