using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>What holds on every path.</summary>
public sealed class ConventionTests
{
    [Theory, OnEachDatabase]
    public async Task Both_forms_of_every_path_answer_without_a_redirect(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var star = await pamps.RegisterAsync();
        var post = await user.WriteAsync("a post");
        string[] paths =
        [
            "/user",
            $"/user/{user.Username}",
            $"/user/{user.Username}/followers",
            $"/user/{user.Username}/following",
            "/user/timeline",
            "/user/me/sessions",
            "/notification",
            "/notification/unread",
            "/user/me",
            "/post",
            $"/post/{post}",
            $"/post/{post}/replies",
            $"/post/{post}/likes",
            $"/post/user/{user.Username}",
            $"/post/likes/{user.Username}",
            "/health/live",
            "/health/ready",
        ];
        foreach (var path in paths.SelectMany(x => new[] { x, x + "/" }))
        {
            Assert.Equal((path, OK), (path, (await user.GetAsync(path)).Status));
        }
        foreach (var slash in new[] { "", "/" })
        {
            Assert.Equal(
                Created,
                (await user.PostAsync($"/user{slash}", Together.Registration(Together.NewName()))).Status
            );
            Assert.Equal(Created, (await user.PostAsync($"/user/follow/{star.Id}{slash}")).Status);
            Assert.Equal(NoContent, (await user.DeleteAsync($"/user/follow/{star.Id}{slash}")).Status);
            Assert.Equal(OK, (await user.PatchAsync($"/user/me{slash}", new { bio = "b" })).Status);
            (await user.PostAsync($"/user/me/password{slash}", new { })).Refused(UnprocessableEntity);
            (await user.PostAsync($"/token{slash}", new { })).Refused(UnsupportedMediaType);
            (await user.PostAsync($"/refresh_token{slash}", new { })).Refused(UnprocessableEntity);
            (await user.PostAsync($"/logout{slash}", new { })).Refused(UnprocessableEntity);
        }
        Assert.Equal(NoContent, (await star.DeleteAsync("/user/me")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Unknown_paths_and_methods_are_problems_whatever_is_accepted(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        foreach (var accept in new[] { "text/html", "application/json", "*/*", "image/png", "nonsense" })
        {
            var header = ("Accept", accept);
            foreach (var path in new[] { "/nothing", "/user/a/b/c/", "/%F0%9F%98%80", "/post/1/x" })
            {
                var unknown = await user.GetAsync(path, header);
                if (accept == "text/html")
                {
                    // Where a person goes astray, a page says so.
                    Assert.Equal((NotFound, accept), (unknown.Status, unknown.MediaType));
                    unknown = await user.SendAsync(HttpMethod.Post, path, null, header);
                }
                Assert.NotEmpty(unknown.Refused(NotFound));
            }
            (await user.SendAsync(HttpMethod.Put, "/user/me/", null, header)).Refused(MethodNotAllowed);
            var wrong = await user.SendAsync(HttpMethod.Delete, "/token", null, header);
            Assert.NotEmpty(wrong.Refused(MethodNotAllowed));
            Assert.Equal("POST", wrong.Header("Allow"));
            (await user.GetAsync("/user/nobody_here/", header)).Refused(NotFound);
            (await user.GetAsync("/user/?limit=x", header)).Blames("limit");
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_path_with_a_zero_character_is_no_fault_of_the_server(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        foreach (
            var path in new[] { "/user/a%00b/", "/user/%00/followers/", "/user/%FF/", "/user/%ED%A0%80/" }
        )
        {
            Assert.InRange((int)(await user.GetAsync(path)).Status, 400, 499);
        }
        Assert.InRange((int)(await user.PostAsync("/user/follow/a%00b/")).Status, 400, 499);
    }

    [Theory, OnEachDatabase]
    public async Task Every_write_needs_a_token(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        (HttpMethod, string)[] writes =
        [
            (HttpMethod.Post, "/user/follow/1/"),
            (HttpMethod.Delete, "/user/follow/1/"),
            (HttpMethod.Patch, "/user/me/"),
            (HttpMethod.Post, "/user/me/password/"),
            (HttpMethod.Delete, "/user/me/"),
            (HttpMethod.Delete, "/user/nobody_here/"),
            (HttpMethod.Patch, "/user/nobody_here/"),
            (HttpMethod.Post, "/post/"),
            (HttpMethod.Put, "/post/1/"),
            (HttpMethod.Patch, "/post/1/"),
            (HttpMethod.Delete, "/post/1/"),
            (HttpMethod.Post, "/post/1/like/"),
            (HttpMethod.Delete, "/post/1/like/"),
        ];
        foreach (var (method, path) in writes)
        {
            var answer = await anyone.SendAsync(method, path, Client.Raw("{}"));
            Assert.Equal((path, Unauthorized), (path, answer.Status));
            answer.Refused(Unauthorized);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Every_answer_tells_browsers_to_trust_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var tooLarge = Client.Raw(new string(' ', pamps.Options.Http.MaxBodyBytes + 1));
        var profile = await user.GetAsync("/user/me/");
        Answer[] answers =
        [
            profile,
            await user.GetAsync("/user/me/", ("If-None-Match", profile.Header("ETag")!)),
            await user.GetAsync("/user/"),
            await user.GetAsync("/health/live"),
            await user.PostAsync("/user/follow/1/"),
            await user.PostAsync("/post/", new { text = "created" }),
            await user.DeleteAsync($"/user/follow/{(await pamps.RegisterAsync()).Id}/"),
            await anyone.GetAsync("/user/me/"),
            await user.DeleteAsync($"/user/{user.Username}/"),
            await user.GetAsync("/nothing"),
            await user.SendAsync(HttpMethod.Put, "/user/", null),
            await user.PostAsync("/user/", Together.Registration(user.Username)),
            await user.PostAsync("/user/", tooLarge),
            await user.PostAsync("/user/", Client.Raw("", "text/plain")),
            await user.PostAsync("/user/", new { }),
        ];
        Assert.Equal(
            [200, 304, 200, 200, 404, 201, 204, 401, 403, 404, 405, 409, 413, 415, 422],
            answers.Select(x => (int)x.Status)
        );
        Assert.All(answers, x =>
        {
            Assert.Equal("nosniff", x.Header("X-Content-Type-Options"));
            Assert.Equal("DENY", x.Header("X-Frame-Options"));
            Assert.Equal("no-referrer", x.Header("Referrer-Policy"));
            Assert.Equal("same-origin", x.Header("Cross-Origin-Opener-Policy"));
            Assert.Contains(
                "default-src 'none'",
                x.Header("Content-Security-Policy")!,
                StringComparison.Ordinal
            );
            Assert.Null(x.Header("Server"));
        });
    }
}
