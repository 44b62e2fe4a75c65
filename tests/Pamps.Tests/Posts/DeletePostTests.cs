using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>DELETE /post/{id}/.</summary>
public sealed class DeletePostTests
{
    [Theory, OnEachDatabase]
    public async Task The_author_and_superusers_delete_and_nobody_else(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        foreach (var client in new[] { author, superuser })
        {
            var id = await author.WriteAsync("hello");
            (await other.DeleteAsync($"/post/{id}/")).Refused(HttpStatusCode.Forbidden);
            (await anyone.DeleteAsync($"/post/{id}/")).Refused(HttpStatusCode.Unauthorized);
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync($"/post/{id}/")).Status);

            var deleted = await client.DeleteAsync($"/post/{id}/");

            Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
            Assert.Empty(deleted.Body);
            (await anyone.GetAsync($"/post/{id}/")).Refused(HttpStatusCode.NotFound);
            (await client.DeleteAsync($"/post/{id}/")).Refused(HttpStatusCode.NotFound);
        }
        Assert.Equal(0, (long)(await anyone.GetAsync($"/user/{author.Username}/"))["posts_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Bad_ids_are_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        foreach (var id in ReadPostTests.BadIds)
        {
            (await author.DeleteAsync($"/post/{id}/")).Refused(HttpStatusCode.UnprocessableEntity);
            (await author.PostAsync($"/post/{id}/like/")).Refused(HttpStatusCode.UnprocessableEntity);
            (await author.DeleteAsync($"/post/{id}/like/")).Refused(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_who_delete_at_once_one_does_and_the_others_find_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        var parent = await author.WriteAsync("parent");
        for (var round = 0; round < 5; round++)
        {
            var id = await author.WriteAsync("reply", parent);
            var answers = await Whole.AtOnceAsync([
                () => author.DeleteAsync($"/post/{id}/"),
                () => superuser.DeleteAsync($"/post/{id}/"),
                () => author.DeleteAsync($"/post/{id}/"),
            ]);
            Assert.Single(answers, x => x.Status == HttpStatusCode.NoContent);
            Assert.Equal(2, answers.Count(x => x.Status == HttpStatusCode.NotFound));
        }
        Assert.Equal(0, (long)(await author.GetAsync($"/post/{parent}/"))["replies_count"]!);
        await Whole.AssertAsync(pamps);
    }

    [Theory, OnEachDatabase]
    public async Task Replies_outlive_their_parent_and_stay_replies(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var author = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        var root = await author.WriteAsync("root");
        var middle = await author.WriteAsync("middle", root);
        var sibling = await other.WriteAsync("sibling", root);
        var leaf = await other.WriteAsync("leaf", middle);
        await other.PostAsync($"/post/{middle}/like/");

        Assert.Equal(HttpStatusCode.NoContent, (await author.DeleteAsync($"/post/{middle}/")).Status);

        Assert.Equal(middle, (long)(await other.GetAsync($"/post/{leaf}/"))["parent_id"]!);
        var detail = await other.GetAsync($"/post/{root}/");
        Assert.Equal(1, (long)detail["replies_count"]!);
        Assert.Equal([sibling], detail["replies"]!.AsArray().Select(x => (long)x!["id"]!));
        (await other.GetAsync($"/post/{middle}/replies/")).Refused(HttpStatusCode.NotFound);
        Assert.Empty((await other.GetAsync($"/post/likes/{other.Username}/")).Items);

        await author.DeleteAsync($"/post/{root}/");
        Assert.Equal(root, (long)(await other.GetAsync($"/post/{sibling}/"))["parent_id"]!);
        Assert.Empty((await other.GetAsync("/post/")).Items);
        Assert.Empty((await other.GetAsync($"/post/user/{other.Username}/")).Items);
        var all = await other.GetAsync($"/post/user/{other.Username}/?include_replies=true");
        Assert.Equal([sibling, leaf], all.Ids);

        // Their parents are gone; that must not trouble whoever deletes them.
        Assert.Equal(HttpStatusCode.NoContent, (await other.DeleteAsync($"/post/{leaf}/")).Status);
        await Whole.AssertAsync(pamps);
    }
}
