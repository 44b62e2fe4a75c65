using System.Net;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>Posts that stand first on a profile.</summary>
public sealed class PinTests
{
    [Theory, OnEachDatabase]
    public async Task Pinned_posts_are_a_list_of_their_own_newest_first(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var first = await ana.WriteAsync("first");
        var reply = await ana.WriteAsync("a reply", first);
        await ana.WriteAsync("not pinned");
        Assert.Equal("[]", (await anyone.GetAsync($"/post/pinned/{ana.Username}/")).Body);

        var pinned = await PinAsync(ana, reply);
        await PinAsync(ana, first);
        // Again changes nothing.
        await PinAsync(ana, first);

        Assert.True((bool)pinned["pinned"]!);
        Assert.Equal(reply, (long)pinned["id"]!);
        Assert.Equal([reply, first], await ListAsync(anyone, ana));
        Assert.Equal([reply, first], await ListAsync(ana, ana));
        Assert.True((bool)(await anyone.GetAsync($"/post/{first}/"))["pinned"]!);
        Assert.False((bool)(await ana.PostAsync("/post/", new { text = "new" }))["pinned"]!);
        var edited = await ana.PatchAsync($"/post/{first}/", new { text = "edited" });
        Assert.True((bool)edited["pinned"]!);
        Assert.Equal(HttpStatusCode.NoContent, (await UnpinAsync(ana, reply)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await UnpinAsync(ana, reply)).Status);
        Assert.Equal([first], await ListAsync(anyone, ana));
        await ana.DeleteAsync($"/post/{first}/");
        Assert.Empty(await ListAsync(anyone, ana));
        (await anyone.GetAsync("/post/pinned/nobody_is_called_so/")).Refused(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Only_ones_own_public_posts_are_pinned(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        var post = await ana.WriteAsync("mine");
        foreach (var other in new[] { beto, superuser })
        {
            Assert.Equal("not_the_author", CodeOf(await TryAsync(other, post), HttpStatusCode.Forbidden));
            Assert.Equal("not_the_author", CodeOf(await UnpinAsync(other, post), HttpStatusCode.Forbidden));
        }
        (await TryAsync(anyone, post)).Refused(HttpStatusCode.Unauthorized);
        (await UnpinAsync(anyone, post)).Refused(HttpStatusCode.Unauthorized);
        foreach (var visibility in new[] { "unlisted", "followers", "direct" })
        {
            var narrow = (long)(await ana.PostAsync("/post/", new { text = "narrow", visibility }))["id"]!;
            Assert.Equal("not_public", CodeOf(await TryAsync(ana, narrow), HttpStatusCode.Conflict));
            // Who may not see it learns nothing of it.
            var hidden = visibility == "unlisted" ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound;
            (await TryAsync(beto, narrow)).Refused(hidden);
            (await UnpinAsync(beto, narrow)).Refused(hidden);
        }
        (await TryAsync(ana, 1)).Refused(HttpStatusCode.NotFound);
        (await UnpinAsync(ana, 1)).Refused(HttpStatusCode.NotFound);
        (await ana.PutAsync("/post/x/pin/", new { })).Refused(HttpStatusCode.UnprocessableEntity);
        Assert.Empty(await ListAsync(ana, ana));
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_blocked_sees_them_no_more_than_the_profile(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        await PinAsync(ana, await ana.WriteAsync("for all but one"));
        Assert.Single(await ListAsync(beto, ana));

        await ana.PostAsync($"/user/block/{beto.Username}/");

        (await beto.GetAsync($"/post/pinned/{ana.Username}/")).Refused(HttpStatusCode.NotFound);
        await ana.DeleteAsync($"/user/block/{beto.Username}/");
        await beto.PostAsync($"/user/block/{ana.Username}/");
        Assert.Empty(await ListAsync(beto, ana));
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_pins_at_once_five_stand(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var posts = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            posts.Add(await ana.WriteAsync($"{i}"));
        }

        var answers = await Together.AtOnceAsync(i => TryAsync(ana, posts[i]), times: 8);

        answers.Split(5, HttpStatusCode.OK, HttpStatusCode.Conflict);
        Assert.All(answers.Where(x => x.Status == HttpStatusCode.Conflict), x =>
            Assert.Equal("no_more_pins", (string)x["code"]!)
        );
        var pinned = await ListAsync(ana, ana);
        Assert.Equal(5, pinned.Count);
        // One that is pinned may be so again, and another one when one was taken off.
        await PinAsync(ana, pinned[0]);
        await UnpinAsync(ana, pinned[0]);
        await PinAsync(ana, posts.Except(pinned).First());
    }

    private static async Task<Answer> PinAsync(Client client, long post)
    {
        var answer = await TryAsync(client, post);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return answer;
    }

    private static Task<Answer> TryAsync(Client client, long post) =>
        client.SendAsync(HttpMethod.Put, $"/post/{post}/pin/", null);

    private static Task<Answer> UnpinAsync(Client client, long post) =>
        client.DeleteAsync($"/post/{post}/pin/");

    private static async Task<IReadOnlyList<long>> ListAsync(Client client, Client whom)
    {
        var list = await client.GetAsync($"/post/pinned/{whom.Username}/");
        Assert.True(list.Status == HttpStatusCode.OK, list.Body);
        return list.Ids;
    }

    private static string CodeOf(Answer answer, HttpStatusCode status)
    {
        answer.Refused(status);
        return (string)answer["code"]!;
    }
}
