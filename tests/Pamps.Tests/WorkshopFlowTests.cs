using System.Net;
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
        var all = (await anyone.GetAsync($"/post/user/{first.Username}/?include_replies=true")).Items;
        Assert.Equal(3, all.Count);
    }
}
