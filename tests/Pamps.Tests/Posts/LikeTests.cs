using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>Likes: given, taken back, listed.</summary>
public sealed class LikeTests
{
    [Theory, OnEachDatabase]
    public async Task A_like_is_made_once_and_keeps_its_date(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var fan = await pamps.RegisterAsync();
        var id = await author.WriteAsync("hello");

        var first = await fan.PostAsync($"/post/{id}/like/");
        var second = await fan.PostAsync($"/post/{id}/like/");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(["user_id", "post_id", "date"], first.Json.AsObject().Select(x => x.Key));
        Assert.Equal(fan.Id, (long)first["user_id"]!);
        Assert.Equal(id, (long)first["post_id"]!);
        Assert.Equal(first.Body, second.Body);
        var seen = await fan.GetAsync($"/post/{id}/");
        Assert.Equal(1, (long)seen["likes_count"]!);
        Assert.True((bool)seen["liked"]!);
        Assert.False((bool)(await author.GetAsync($"/post/{id}/"))["liked"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_like_can_be_taken_back_twice_and_given_again(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        var id = await fan.WriteAsync("hello");
        await fan.PostAsync($"/post/{id}/like/");

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await fan.DeleteAsync($"/post/{id}/like/")).Status);
            var seen = await fan.GetAsync($"/post/{id}/");
            Assert.Equal(0, (long)seen["likes_count"]!);
            Assert.False((bool)seen["liked"]!);
        }
        Assert.Equal(HttpStatusCode.Created, (await fan.PostAsync($"/post/{id}/like/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task What_is_not_there_cannot_be_liked_and_nobody_likes_unknown(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var id = await fan.WriteAsync("hello");
        (await anyone.PostAsync($"/post/{id}/like/")).Refused(HttpStatusCode.Unauthorized);
        (await anyone.DeleteAsync($"/post/{id}/like/")).Refused(HttpStatusCode.Unauthorized);

        await fan.PostAsync($"/post/{id}/like/");
        await fan.DeleteAsync($"/post/{id}/");
        foreach (var gone in new[] { id, 1 })
        {
            (await fan.PostAsync($"/post/{gone}/like/")).Refused(HttpStatusCode.NotFound);
            (await fan.DeleteAsync($"/post/{gone}/like/")).Refused(HttpStatusCode.NotFound);
            (await fan.GetAsync($"/post/{gone}/likes/")).Refused(HttpStatusCode.NotFound);
        }
        (await anyone.GetAsync("/post/likes/nobody_of_this_name/")).Refused(HttpStatusCode.NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task Of_sixteen_likes_at_once_one_is_new(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        for (var round = 0; round < 3; round++)
        {
            var id = await fan.WriteAsync("hello");
            var answers = await Whole.AtOnceAsync(16, () => fan.PostAsync($"/post/{id}/like/"));
            Assert.Single(answers, x => x.Status == HttpStatusCode.Created);
            Assert.Equal(15, answers.Count(x => x.Status == HttpStatusCode.OK));
            Assert.Single(answers.Select(x => x.Body).Distinct());
            Assert.Equal(1, (long)(await fan.GetAsync($"/post/{id}/"))["likes_count"]!);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_storm_of_likes_leaves_exact_counts(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        var fans = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pamps.RegisterAsync()));
        var posts = new[] { await fans[0].WriteAsync("one"), await fans[1].WriteAsync("two") };

        await Parallel.ForEachAsync(
            fans.SelectMany((fan, i) => Enumerable.Range(0, 20).Select(step => (fan, i, step))),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (x, _) =>
            {
                var path = $"/post/{posts[x.step % 2]}/like/";
                var answer =
                    (x.step + x.i) % 3 == 0 ? await x.fan.DeleteAsync(path) : await x.fan.PostAsync(path);
                Whole.AssertIs(answer, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent);
            }
        );
        await Whole.AssertAsync(pamps);

        // Every even fan ends liking the first post, every odd one not.
        await Task.WhenAll(
            fans.Select(
                (fan, i) =>
                    i % 2 == 0
                        ? fan.PostAsync($"/post/{posts[0]}/like/")
                        : fan.DeleteAsync($"/post/{posts[0]}/like/")
            )
        );
        Assert.Equal(4, (long)(await fans[0].GetAsync($"/post/{posts[0]}/"))["likes_count"]!);
        var likers = await Walk.IdsAsync(fans[0], $"/post/{posts[0]}/likes/?limit=3");
        Assert.Equal(fans.Where((_, i) => i % 2 == 0).Select(x => x.Id).Order(), likers.Order());
        foreach (var fan in fans)
        {
            fan.Dispose();
        }
    }

    [Theory, OnEachDatabase]
    public async Task Likes_are_listed_by_when_they_were_given(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var early = await pamps.RegisterAsync();
        using var late = await pamps.RegisterAsync();
        var old = await author.WriteAsync("old");
        var recent = await author.WriteAsync("recent", old);
        await late.PostAsync($"/post/{recent}/like/");
        await late.PostAsync($"/post/{old}/like/");
        await early.PostAsync($"/post/{recent}/like/");

        var liked = await early.GetAsync($"/post/likes/{late.Username.ToUpperInvariant()}/");
        Assert.Equal([old, recent], liked.Ids);
        Assert.Equal(["false", "true"], liked.Items.Select(x => x!["liked"]!.ToJsonString()));
        Assert.Equal([recent, old], (await early.GetAsync($"/post/likes/{late.Username}/?order=oldest")).Ids);
        var likers = await early.GetAsync($"/post/{recent}/likes/");
        Assert.Equal([late.Id, early.Id], likers.Ids);
        Assert.Equal(
            ["id", "username", "avatar", "bio", "display_name"],
            likers.Items[0]!.AsObject().Select(x => x.Key)
        );
    }

    [Theory, OnEachDatabase]
    public async Task Pages_of_liked_posts_are_named_by_their_likes(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        var posts = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            posts.Add(await fan.WriteAsync($"{i}"));
        }
        // Liked in another order than written, so that the post's id would page wrongly.
        var liked = new[] { 2, 0, 4, 1, 3 }.Select(x => posts[x]).ToList();
        foreach (var post in liked)
        {
            await fan.PostAsync($"/post/{post}/like/");
        }

        var first = await fan.GetAsync($"/post/likes/{fan.Username}/?limit=2");

        var cursor = first.Link("next")!.Split("before=")[1];
        Assert.DoesNotContain(cursor, posts.Select(x => $"{x}"));
        Assert.True(long.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) > posts.Max());
        var walked = await Walk.IdsAsync(fan, $"/post/likes/{fan.Username}/?limit=2");
        Assert.Equal(liked.AsEnumerable().Reverse(), walked);
    }
}
