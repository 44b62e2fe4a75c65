using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>Which pages may call the API from a browser.</summary>
public sealed class CorsTests
{
    private const string Allowed = "https://app.example.org";

    private static Task<PampsServer> StartAsync(Database database, string origins) =>
        PampsServer.StartAsync(database, x => x.AppOrigin = origins);

    private static Task<Answer> AskAsync(Client client, string path, string origin, string method) =>
        client.SendAsync(
            HttpMethod.Options,
            path,
            null,
            ("Origin", origin),
            ("Access-Control-Request-Method", method),
            ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
        );

    [Theory, OnEachDatabase]
    public async Task An_origin_may_be_listed_with_a_slash_at_its_end(Database database)
    {
        await using var pamps = await StartAsync(database, $"{Allowed}/");
        using var anyone = pamps.Anonymous();

        var answer = await anyone.GetAsync("/post/", ("Origin", Allowed));

        Assert.Equal(Allowed, answer.Header("Access-Control-Allow-Origin"));
    }

    [Theory, OnEachDatabase]
    public async Task A_listed_origin_may_call_and_read_the_links(Database database)
    {
        await using var pamps = await StartAsync(database, $"http://localhost:3000, {Allowed}");
        using var user = await pamps.RegisterAsync();
        foreach (var origin in new[] { Allowed, "http://localhost:3000" })
        {
            foreach (
                var (path, method) in new[]
                {
                    ("/post/", "POST"),
                    ("/user/me/", "DELETE"),
                    ("/post/1/", "PUT"),
                }
            )
            {
                var preflight = await AskAsync(user, path, origin, method);
                Assert.Equal(NoContent, preflight.Status);
                Assert.Equal(origin, preflight.Header("Access-Control-Allow-Origin"));
                Assert.Contains(
                    method,
                    preflight.Header("Access-Control-Allow-Methods")!,
                    StringComparison.Ordinal
                );
                var headers = preflight.Header("Access-Control-Allow-Headers")!;
                Assert.Contains("idempotency-key", headers, StringComparison.OrdinalIgnoreCase);
                Assert.Contains("authorization", headers, StringComparison.OrdinalIgnoreCase);
            }
            Answer[] answers =
            [
                await user.GetAsync("/user/", ("Origin", origin)),
                await user.GetAsync("/nothing", ("Origin", origin)),
                await user.GetAsync("/user/?limit=x", ("Origin", origin)),
                await user.PostAsync("/post/", Client.Raw(new string(' ', 200_000)), ("Origin", origin)),
            ];
            Assert.Equal([200, 404, 422, 413], answers.Select(x => (int)x.Status));
            Assert.All(answers, x =>
            {
                Assert.Equal(origin, x.Header("Access-Control-Allow-Origin"));
                Assert.Contains("Link", x.Header("Access-Control-Expose-Headers")!, StringComparison.Ordinal);
                Assert.Contains("Origin", x.Header("Vary")!, StringComparison.Ordinal);
            });
        }
    }

    [Theory, OnEachDatabase]
    public async Task No_other_origin_may(Database database)
    {
        await using var listed = await StartAsync(database, Allowed);
        await using var none = await StartAsync(database, "");
        foreach (var pamps in new[] { listed, none })
        {
            using var user = await pamps.RegisterAsync();
            string[] origins =
            [
                "https://evil.example.org",
                "http://app.example.org",
                "https://app.example.org:8443",
                "https://app.example.org.evil.org",
                "null",
            ];
            foreach (var origin in origins)
            {
                var preflight = await AskAsync(user, "/post/", origin, "POST");
                var answer = await user.GetAsync("/user/", ("Origin", origin));
                Assert.Equal(OK, answer.Status);
                Assert.Null(preflight.Header("Access-Control-Allow-Origin"));
                Assert.Null(answer.Header("Access-Control-Allow-Origin"));
            }
        }
    }
}
