using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Tests.Host;

namespace Pamps.Tests.Accounts;

/// <summary>HEAD: what GET answers, without the body.</summary>
public sealed class HeadTests
{
    /// <summary>These differ from one answer to the next.</summary>
    private static readonly string[] OfTheMoment = ["Date", "Transfer-Encoding"];

    [Fact, Trait("Needs", "own process")]
    public async Task Head_answers_as_get_does_without_a_body_wherever_get_answers()
    {
        // Of its own: where others write meanwhile, two answers differ.
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var user = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var post = await user.WriteAsync("Good morning, #head");
        var paths = pamps
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(x => x.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(x => "/" + x.RoutePattern.RawText!.TrimStart('/'))
            .Where(x => x != "/stream/")
            .Select(x =>
                x.Replace("{username:username}", user.Username, StringComparison.Ordinal)
                    .Replace("{username}", user.Username, StringComparison.Ordinal)
                    .Replace("{id:long}", $"{post}", StringComparison.Ordinal)
                    .Replace("{id}", $"{post}", StringComparison.Ordinal)
                    .Replace("{tag}", "head", StringComparison.Ordinal)
            )
            .Concat(["/docs/index.html", "/redoc/index.html", "/nowhere", "/post/%00/"])
            .Distinct()
            .ToList();
        Assert.Contains("/health/live", paths);
        Assert.Contains("/robots.txt", paths);
        Assert.Contains($"/@{user.Username}.atom", paths);

        foreach (var path in paths)
        {
            foreach (var client in new[] { user, anyone })
            {
                var get = await client.GetAsync(path);
                var head = await client.SendAsync(HttpMethod.Head, path, content: null);
                Assert.True(get.Status == head.Status, $"{path}: {get.Status}, {head.Status}");
                Assert.Empty(head.Body);
                foreach (var (name, value) in head.Headers.Where(x => !OfTheMoment.Contains(x.Key)))
                {
                    Assert.True(get.Header(name) == value, $"{path}: {name}: {get.Header(name)}, {value}");
                }
                Assert.Equal(get.Header("ETag"), head.Header("ETag"));
                Assert.Equal(get.MediaType, head.MediaType);
            }
        }
        var one = await anyone.SendAsync(HttpMethod.Head, $"/post/{post}/", content: null);
        var same = await anyone.SendAsync(
            HttpMethod.Head,
            $"/post/{post}/",
            content: null,
            ("If-None-Match", one.Header("ETag")!)
        );
        Assert.Equal(System.Net.HttpStatusCode.NotModified, same.Status);
        Assert.NotEqual("0", one.Header("Content-Length"));
    }

    [Fact]
    public async Task Head_of_the_stream_ends_at_once_and_of_what_only_writes_is_refused_as_get_is()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var user = await pamps.RegisterAsync();

        var stream = await user.SendAsync(HttpMethod.Head, "/stream/", content: null);
        Assert.Equal(System.Net.HttpStatusCode.OK, stream.Status);
        Assert.Equal("text/event-stream", stream.MediaType);

        var token = await user.SendAsync(HttpMethod.Head, "/token", content: null);
        Assert.Equal(System.Net.HttpStatusCode.MethodNotAllowed, token.Status);
        Assert.Equal("application/problem+json", token.MediaType);
    }
}
