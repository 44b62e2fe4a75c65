using System.Net;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests;

/// <summary>The flow that the original workshop tests itself with.</summary>
public sealed class WorkshopFlowTests
{
    [Theory, OnEachDatabase]
    public async Task The_workshops_own_flow_works(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var first = await pamps.RegisterAsync("user1");
        using var second = await pamps.RegisterAsync("user2");
        using var anyone = pamps.Anonymous();

        foreach (var text in new[] { "hello test 1", "hello test 2" })
        {
            var post = await first.PostAsync("/post/", new { text });
            Assert.Equal(HttpStatusCode.Created, post.Status);
            Assert.Equal(text, (string)post["text"]!);
            Assert.Null(post["parent_id"]);
        }

        var firstPost = (long)(await anyone.GetAsync($"/post/user/{first.Username}/")).Items[0]!["id"]!;
        foreach (var (client, text) in new[] { (first, "reply from user1"), (second, "reply from user2") })
        {
            var reply = await client.PostAsync("/post/", new { text, parent_id = firstPost });
            Assert.Equal(HttpStatusCode.Created, reply.Status);
            Assert.Equal(firstPost, (long)reply["parent_id"]!);
        }

        var home = (await anyone.GetAsync("/post/")).Items;
        Assert.Equal(["hello test 2", "hello test 1"], home.Select(x => (string)x!["text"]!));

        var detail = await anyone.GetAsync($"/post/{firstPost}/");
        Assert.Equal("hello test 1", (string)detail["text"]!);
        Assert.Equal(first.Id, (long)detail["user_id"]!);
        Assert.Equal(
            ["reply from user1", "reply from user2"],
            detail["replies"]!.AsArray().Select(x => (string)x!["text"]!)
        );

        var own = (await anyone.GetAsync($"/post/user/{first.Username}/")).Items;
        Assert.Equal(["hello test 1", "hello test 2"], own.Select(x => (string)x!["text"]!));
        // What datetime.fromisoformat of Python 3.10, the workshop's own version, takes.
        await first.PatchAsync($"/post/{firstPost}/", new { text = "hello test 1, edited" });
        await second.PostAsync($"/post/{firstPost}/like/");
        await second.PostAsync($"/user/follow/{first.Id}/");
        await second.PostAsync($"/user/mute/{first.Id}/", new { duration = 60 });
        string[] times =
        [
            $"/post/{firstPost}/",
            $"/user/{first.Username}/",
            "/user/me/sessions/",
            "/user/mutes/",
            "/notification/",
        ];
        foreach (var path in times)
        {
            var answer = await (path.Contains("mutes", StringComparison.Ordinal) ? second : first).GetAsync(
                path
            );
            var found = Regex.Matches(answer.Body, "\"(\\d{4}-\\d\\d-\\d\\dT[^\"]*)\"");
            Assert.NotEmpty(found);
            Assert.All(found, x =>
                Assert.Matches(@"^\d{4}(-\d\d){2}T\d\d(:\d\d){2}\.\d{6}\+00:00$", x.Groups[1].Value)
            );
        }

        var all = (await anyone.GetAsync($"/post/user/{first.Username}/?include_replies=true")).Items;
        Assert.Equal(3, all.Count);
    }
}
