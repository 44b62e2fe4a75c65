using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>GET /post/{id}/ancestors/.</summary>
public sealed class AncestorTests
{
    [Theory, OnEachDatabase]
    public async Task A_reply_has_the_conversation_above_it_outermost_first(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var conversation = await WriteAsync(author, 4);
        await author.WriteAsync("beside it", conversation[1]);
        await author.PostAsync($"/post/{conversation[1]}/like/");

        var above = await author.GetAsync($"/post/{conversation[3]}/ancestors/");
        Assert.Equal(HttpStatusCode.OK, above.Status);
        Assert.Equal(conversation[..3], above.Ids);
        Assert.Equal([false, true, false], above.Items.Select(x => (bool)x!["liked"]!));
        Assert.Equal(conversation[..1], (await anyone.GetAsync($"/post/{conversation[1]}/ancestors")).Ids);
        Assert.Empty((await anyone.GetAsync($"/post/{conversation[0]}/ancestors/")).Items);

        await author.DeleteAsync($"/post/{conversation[1]}/");
        Assert.Equal(conversation[2..3], (await anyone.GetAsync($"/post/{conversation[3]}/ancestors/")).Ids);
        Assert.Empty((await anyone.GetAsync($"/post/{conversation[2]}/ancestors/")).Items);
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_long_conversation_the_nearest_fifty_come(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var conversation = await WriteAsync(author, 53);
        Assert.Equal(
            conversation[2..52],
            (await author.GetAsync($"/post/{conversation[52]}/ancestors/")).Ids
        );
        Assert.Equal(conversation[..50], (await author.GetAsync($"/post/{conversation[50]}/ancestors/")).Ids);
    }

    [Theory, OnEachDatabase]
    public async Task An_unknown_post_is_not_found_and_a_bad_id_is_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/post/1/ancestors/")).Refused(HttpStatusCode.NotFound);
        (await anyone.GetAsync("/post/x/ancestors/")).Refused(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<List<long>> WriteAsync(Client author, int count)
    {
        var conversation = new List<long>();
        for (var i = 0; i < count; i++)
        {
            conversation.Add(await author.WriteAsync($"{i}", i == 0 ? null : conversation[^1]));
        }
        return conversation;
    }
}
