using System.Net;
using System.Text.Json.Nodes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Tests.Media;

/// <summary>Posts and the pictures that they show.</summary>
public sealed class PostMediaTests
{
    [Theory, OnEachDatabase]
    public async Task A_post_shows_its_pictures_in_their_order_wherever_it_is_read(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        await beto.PostAsync($"/user/follow/{ana.Username}/");
        var parent = await beto.WriteAsync("show me");
        var first = await ana.UploadAsync(Pictures.Of("png"), description: "one");
        var second = await ana.UploadAsync(Pictures.Moving(3));
        long[] ids = [(long)second["id"]!, (long)first["id"]!];
        var word = $"gull{Guid.NewGuid():N}"[..16];

        var post = await ana.PostAsync(
            "/post/",
            new
            {
                text = $"{word} #{word}",
                parent_id = parent,
                media_ids = ids,
            }
        );

        Assert.True(post.Status == HttpStatusCode.Created, post.Body);
        var media = post["media"]!.ToJsonString();
        Assert.Equal($"[{second.Json.ToJsonString()},{first.Json.ToJsonString()}]", media);
        var id = (long)post["id"]!;
        await beto.PostAsync($"/post/{id}/like/");
        foreach (
            var path in new[]
            {
                $"/post/{parent}/replies/",
                $"/post/user/{ana.Username}/?include_replies=true",
                $"/post/likes/{beto.Username}/",
                $"/tag/{word}/",
                $"/search/?q={word}",
                "/user/timeline/",
            }
        )
        {
            var list = await beto.GetAsync(path);
            Assert.True(list.Status == HttpStatusCode.OK, path + list.Body);
            Assert.Equal(media, list.Items.Single(x => (long)x!["id"]! == id)!["media"]!.ToJsonString());
        }
        Assert.Equal(media, (await anyone.GetAsync($"/post/{id}/"))["media"]!.ToJsonString());
        var replies = (await anyone.GetAsync($"/post/{parent}/"))["replies"]!.AsArray();
        Assert.Equal(media, replies[0]!["media"]!.ToJsonString());
        var told = await beto.GetAsync("/notification/");
        Assert.Equal(media, told.Items.First()!["post"]!["media"]!.ToJsonString());
        Assert.Empty((await beto.GetAsync($"/post/{parent}/"))["media"]!.AsArray());
    }

    [Theory, OnEachDatabase]
    public async Task With_pictures_a_post_needs_no_text(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        foreach (var text in new[] { "", null })
        {
            long[] ids = [await ana.PictureAsync()];
            var post = await ana.PostAsync("/post/", new { text, media_ids = ids });
            Assert.True(post.Status == HttpStatusCode.Created, post.Body);
            Assert.Equal("", (string)post["text"]!);
            var page = await ana.GetAsync($"/@{ana.Username}/{post["id"]}", ("Accept", "text/html"));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"/@{ana.Username}.rss")).Status);
            Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync($"/@{ana.Username}.atom")).Status);
            // Taken out, nothing would be left.
            (await EditAsync(ana, post, new { text = "", media_ids = Array.Empty<long>() })).Blames("text");
            Assert.Single((await ana.GetAsync($"/post/{post["id"]}/"))["media"]!.AsArray());
        }
        (await ana.PostAsync("/post/", new { text = "", media_ids = Array.Empty<long>() })).Blames("text");
    }

    [Theory, OnEachDatabase]
    public async Task An_edit_orders_adds_and_takes_out(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var (one, two, three) = (
            await ana.UploadAsync(Stored.Unlike()),
            await ana.UploadAsync(Stored.Unlike()),
            await ana.UploadAsync(Stored.Unlike())
        );
        var post = await ana.PostAsync("/post/", new { text = "pictures", media_ids = Ids(one, two) });

        await ShowsAsync(new { text = "no word of them" }, one, two);
        await ShowsAsync(new { text = "the other way", media_ids = Ids(two, one) }, two, one);
        await ShowsAsync(new { text = "one for another", media_ids = Ids(three, two) }, three, two);
        await pamps.GoneAsync(one);
        (await ana.GetAsync($"/media/{one["id"]}/")).Refused(HttpStatusCode.NotFound);
        (await EditAsync(ana, post, new { text = "back", media_ids = Ids(one) })).Blames("media_ids");
        await ShowsAsync(new { text = "none", media_ids = Ids() });
        await pamps.GoneAsync(two);
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        await pamps.CountsAsync();

        async Task ShowsAsync(object change, params Answer[] media)
        {
            var edited = await EditAsync(ana, post, change);
            Assert.True(edited.Status == HttpStatusCode.OK, edited.Body);
            Assert.Equal(Ids(media), edited["media"]!.AsArray().Select(x => (long)x!["id"]!));
            var read = await ana.GetAsync($"/post/{post["id"]}/");
            Assert.Equal(edited["media"]!.ToJsonString(), read["media"]!.ToJsonString());
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_not_the_authors_to_show_is_refused_and_nothing_changes(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var his = await beto.PictureAsync();
        var used = await ana.PictureAsync();
        var free = await ana.PictureAsync();
        var post = await ana.PostAsync("/post/", new { text = "used", media_ids = new[] { used } });

        foreach (var id in new[] { his, used, 1, long.MaxValue })
        {
            (await ana.PostAsync("/post/", new { text = "x", media_ids = new[] { free, id } })).Blames(
                "media_ids"
            );
        }
        (await ana.PostAsync("/post/", new { text = "x", media_ids = new[] { free, free } })).Blames(
            "media_ids"
        );
        (await ana.PostAsync("/post/", new { text = "x", media_ids = new[] { 1, 2, 3, 4, 5 } })).Blames(
            "media_ids"
        );
        (await EditAsync(ana, post, new { text = "x", media_ids = new[] { his } })).Blames("media_ids");
        Assert.Single((await ana.GetAsync($"/post/user/{ana.Username}/")).Items);
        Assert.Equal("used", (string)(await ana.GetAsync($"/post/{post["id"]}/"))["text"]!);
        Assert.Equal(
            HttpStatusCode.Created,
            (await ana.PostAsync("/post/", new { text = "free", media_ids = new[] { free } })).Status
        );
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_posts_that_want_a_picture_at_once_one_gets_it(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        long[] ids = [await ana.PictureAsync(), await ana.PictureAsync()];

        var answers = await Together.AtOnceAsync(i =>
            ana.PostAsync("/post/", new { text = $"{i}", media_ids = i % 2 == 0 ? ids : [.. ids.Reverse()] })
        );

        answers.Split(1, HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity);
        var posts = (await ana.GetAsync($"/post/user/{ana.Username}/")).Items;
        Assert.Equal(2, Assert.Single(posts)!["media"]!.AsArray().Count);
    }

    [Theory, OnEachDatabase]
    public async Task A_request_that_is_sent_again_gets_its_post_with_its_pictures(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        long[] ids = [await ana.PictureAsync()];
        var body = new { text = "once", media_ids = ids };
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await ana.PostAsync("/post/", body, key);
        var again = await ana.PostAsync("/post/", body, key);
        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.Equal(first.Json.ToJsonString(), again.Json.ToJsonString());
    }

    [Theory, OnEachDatabase]
    public async Task The_pictures_of_what_is_deleted_go_whoever_deletes_it(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        foreach (var who in new[] { ana, superuser })
        {
            var media = await ana.UploadAsync(Stored.Unlike());
            var post = await ana.PostAsync("/post/", new { text = "bye", media_ids = Ids(media) });
            Assert.Equal(HttpStatusCode.NoContent, (await who.DeleteAsync($"/post/{post["id"]}/")).Status);
            await pamps.GoneAsync(media);
            (await ana.GetAsync($"/media/{media["id"]}/")).Refused(HttpStatusCode.NotFound);
        }
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        var free = await ana.UploadAsync(Stored.Unlike());
        var shown = await ana.UploadAsync(Stored.Unlike());
        await ana.PostAsync("/post/", new { text = "bye", media_ids = Ids(shown) });
        var left = await ana.SendAsync(
            HttpMethod.Delete,
            "/user/me/",
            Client.Raw(new JsonObject { ["password"] = Client.DefaultPassword }.ToJsonString())
        );
        Assert.Equal(HttpStatusCode.NoContent, left.Status);
        await pamps.GoneAsync(free);
        await pamps.GoneAsync(shown);
        await pamps.CountsAsync();
    }

    private static long[] Ids(params Answer[] media) => [.. media.Select(x => (long)x["id"]!)];

    private static Task<Answer> EditAsync(Client author, Answer post, object change) =>
        author.PatchAsync($"/post/{post["id"]}/", change);
}
