using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>GET /post/user/{username}/.</summary>
public sealed class PostsOfUserTests
{
    [Theory, OnEachDatabase]
    public async Task Posts_come_oldest_first_unless_asked_otherwise(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        var first = await author.WriteAsync("first");
        await other.WriteAsync("someone else's");
        var second = await author.WriteAsync("second");
        var path = $"/post/user/{author.Username}/";

        Assert.Equal([first, second], (await other.GetAsync(path)).Ids);
        Assert.Equal([first, second], (await other.GetAsync($"{path}?order=oldest")).Ids);
        Assert.Equal([second, first], (await other.GetAsync($"{path}?order=newest")).Ids);
        Assert.Equal(
            [first, second],
            (await other.GetAsync($"/post/user/{author.Username.ToUpperInvariant()}")).Ids
        );
    }

    [Theory, OnEachDatabase]
    public async Task Replies_are_among_them_only_when_asked_for(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var post = await author.WriteAsync("post");
        var reply = await author.WriteAsync("reply", post);
        var path = $"/post/user/{author.Username}/";

        Assert.Equal([post], (await author.GetAsync(path)).Ids);
        foreach (var yes in new[] { "true", "True", "TRUE", "1", "yes", "on", "t", "y", "Yes", "ON" })
        {
            var posts = await author.GetAsync($"{path}?include_replies={yes}");
            Assert.True(posts.Status == HttpStatusCode.OK, yes);
            Assert.Equal([post, reply], posts.Ids);
        }
        foreach (var no in new[] { "false", "False", "0", "no", "off", "f", "n", "OFF" })
        {
            var posts = await author.GetAsync($"{path}?include_replies={no}");
            Assert.True(posts.Status == HttpStatusCode.OK, no);
            Assert.Equal([post], posts.Ids);
        }
        foreach (var garbage in new[] { "maybe", "2", "-1", "truefalse", "null", "", "true,true", "%00" })
        {
            var posts = await author.GetAsync($"{path}?include_replies={garbage}");
            posts.Refused(HttpStatusCode.UnprocessableEntity);
            Assert.True(posts["errors"]!.AsObject().ContainsKey("include_replies"), garbage);
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_unknown_user_is_not_found(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        foreach (var name in new[] { "nobody_of_this_name", "%20", "%2F", "a%0Ab", "%F0%9F%98%80", "1" })
        {
            var posts = await anyone.GetAsync($"/post/user/{name}/");
            Assert.Equal("User not found", posts.Refused(HttpStatusCode.NotFound));
        }
    }
}
