using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pamps.Auth.Tests;

/// <summary>A host that has no form of errors of its own.</summary>
public sealed class ApiProblemsTests : IAsyncDisposable
{
    private readonly WebApplication app = Build();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("/numbers/x", "id", "id has the wrong type.")]
    [InlineData("/numbers/99999999999999999999", "id", "id has the wrong type.")]
    [InlineData("/numbers/1?limit=x", "limit", "limit has the wrong type.")]
    [InlineData("/words", "word", "word is required.")]
    public async Task A_parameter_that_is_wrong_is_named(string path, string field, string detail) =>
        await RefusedAsync(await SendAsync(HttpMethod.Get, path), 422, detail, field);

    [Theory]
    [InlineData("{}", "unit_price is required. tags is required.", "unit_price", "tags")]
    [InlineData("""{"unit_price": 1}""", "tags is required.", "tags")]
    [InlineData("""{"unit_price": "much", "tags": []}""", "unit_price has the wrong type.", "unit_price")]
    [InlineData("""{"unit_price": 1, "tags": null}""", "tags has the wrong type.", "tags")]
    [InlineData(
        """{"unit_price": 1, "tags": [{"name": "a"}, {}]}""",
        "tags[1].name is required.",
        "tags[1].name"
    )]
    [InlineData(
        """{"unit_price": 1, "tags": [{"name": "\ud800"}]}""",
        "tags[0].name has the wrong type.",
        "tags[0].name"
    )]
    [InlineData("""{"unit_price": """, "The body is not valid JSON.", "body")]
    [InlineData("[]", "The body is not a JSON object of the expected kind.", "body")]
    [InlineData("null", "The body is missing, or is not what is expected.", "body")]
    [InlineData("", "The body is missing, or is not what is expected.", "body")]
    public async Task A_body_that_is_wrong_is_told_by_its_fields(
        string body,
        string detail,
        params string[] fields
    ) => await RefusedAsync(await SendAsync(HttpMethod.Post, "/items", body), 422, detail, fields);

    [Fact]
    public async Task What_a_rule_refuses_is_named_as_it_was_sent()
    {
        var answer = await RefusedAsync(
            await SendAsync(HttpMethod.Get, "/rules"),
            422,
            "The field unit_price must be between 0 and 1. The name field is required. The field maxPrice is odd. UnitPrices are fine.",
            "unit_price",
            "tags[0].name",
            "maxPrice"
        );
        Assert.Equal(2, answer["errors"]!["maxPrice"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "Not Found")]
    [InlineData("DELETE", "/items", 405, "Method Not Allowed")]
    [InlineData("GET", "/refused/409", 409, "It is taken")]
    [InlineData("GET", "/refused/400", 400, "It is taken")]
    [InlineData("GET", "/broken", 500, "Internal Server Error")]
    public async Task Whatever_else_is_refused_is_a_problem_for_whoever_asks(
        string method,
        string path,
        int status,
        string detail
    )
    {
        var answer = await SendAsync(new HttpMethod(method), path, accept: "text/html");
        await RefusedAsync(answer, status, detail);
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_shows_no_name_of_the_programs() =>
        await RefusedAsync(
            await SendAsync(HttpMethod.Post, "/forms", "a=b", type: "multipart/form-data"),
            422,
            "The body is missing, or is not what is expected.",
            "body"
        );

    [Fact]
    public async Task What_the_host_adds_to_every_problem_is_in_it()
    {
        var answer = await SendAsync(HttpMethod.Get, "/numbers/x");
        Assert.Equal(
            "there",
            (string)(await RefusedAsync(answer, 422, "id has the wrong type.", "id"))["added"]!
        );
    }

    [Fact]
    public async Task Another_way_to_sign_in_that_the_host_names_stays()
    {
        var answer = await SendAsync(HttpMethod.Get, "/basic");
        Assert.Equal("Basic", answer.Headers.WwwAuthenticate.ToString());
        await RefusedAsync(answer, 401, "Unauthorized");
    }

    [Fact]
    public async Task Another_media_type_is_415() =>
        await RefusedAsync(
            await SendAsync(HttpMethod.Post, "/items", "a=b", type: "text/plain"),
            415,
            "Unsupported Media Type"
        );

    [Fact]
    public async Task Who_is_nobody_is_told_how_to_sign_in()
    {
        var answer = await SendAsync(HttpMethod.Get, "/nobody");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        await RefusedAsync(answer, 401, "Who are you?");
    }

    [Fact]
    public async Task When_too_many_wait_it_says_when_to_come_back()
    {
        var answer = await SendAsync(HttpMethod.Get, "/busy");
        Assert.Equal("3", answer.Headers.RetryAfter!.ToString());
        await RefusedAsync(answer, 429, "Too many sign-ins, try again later.");
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddPampsAuth(x => x.SecretKey = new string('k', 32)).AddInMemoryStores();
        builder.Services.AddApiProblems();
        builder.Services.AddAntiforgery();
        builder.Services.AddProblemDetails(x =>
            x.CustomizeProblemDetails = it => it.ProblemDetails.Extensions["added"] = "there"
        );
        builder.Services.ConfigureHttpJsonOptions(x =>
        {
            x.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            x.SerializerOptions.RespectNullableAnnotations = true;
        });
        var app = builder.Build();
        app.UseApiProblems();
        app.MapGet("/numbers/{id}", (long id, int limit = 1) => id + limit);
        app.MapGet("/words", (string word) => word);
        app.MapPost("/items", (Item item) => item);
        app.MapGet("/rules", () => TypedResults.ValidationProblem(
                new Dictionary<string, string[]>
                {
                    ["UnitPrice"] = ["The field UnitPrice must be between 0 and 1."],
                    ["Tags[0].Name"] = ["The Name field is required."],
                    ["maxPrice"] = ["The field maxPrice is odd.", "UnitPrices are fine."],
                }
            ));
        app.MapGet("/refused/{status}", (int status) =>
            TypedResults.Problem("It is taken", statusCode: status)
        );
        app.MapPost("/forms", ([FromForm] Form some) => some.Name).DisableAntiforgery();
        app.MapGet("/basic", (HttpContext context) =>
        {
            context.Response.Headers.WWWAuthenticate = "Basic";
            return TypedResults.Unauthorized();
        });
        app.MapGet("/nobody", () => TypedResults.Problem("Who are you?", statusCode: 401));
        app.MapGet("/broken", string () => throw new InvalidOperationException("A secret"));
        app.MapGet("/busy", string () =>
            throw new TooManySignInsException { RetryAfter = TimeSpan.FromSeconds(2.5) }
        );
        app.Start();
        return app;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        string? body = null,
        string type = "application/json",
        string accept = "*/*"
    )
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, type),
            Headers = { { "Accept", accept } },
        };
        return await app.GetTestClient().SendAsync(request, Stop);
    }

    private static async Task<JsonNode> RefusedAsync(
        HttpResponseMessage answer,
        int status,
        string detail,
        params string[] fields
    )
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.Equal(detail, (string)problem["detail"]!);
        Assert.Equal(fields, problem["errors"]?.AsObject().Select(x => x.Key) ?? []);
        answer.Dispose();
        return problem;
    }

    private sealed record Item
    {
        public required decimal UnitPrice { get; init; }
        public required Tag[] Tags { get; init; }
    }

    private sealed record Form(string Name);

    private sealed record Tag
    {
        public required string Name { get; init; }
    }
}
