using System.Net;
using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Streaming;

/// <summary>Who hears of what.</summary>
public sealed class StreamTests
{
    [Theory, OnEachDatabase]
    public async Task A_post_of_whom_one_follows_arrives_as_it_is_read_by_anyone(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var anyone = pamps.Anonymous();
        await ana.PostAsync($"/user/follow/{beto.Id}/");
        using var stream = await LiveStream.OpenAsync(ana);

        var id = await beto.WriteAsync("Line one.\nLine \"two\" 🌅");

        var post = await stream.ExpectAsync("post", id);
        var read = (await anyone.GetAsync($"/post/{id}/")).Json.AsObject();
        read.Remove("replies");
        Assert.True(JsonNode.DeepEquals(read, post), $"{post} is not {read}");
        Assert.Null(post["liked"]);
    }

    [Theory, OnEachDatabase]
    public async Task Posts_of_others_do_not_arrive(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var carla = await pamps.RegisterAsync("carla");
        await ana.PostAsync($"/user/follow/{beto.Id}/");
        using var stream = await LiveStream.OpenAsync(ana);
        // That somebody follows oneself is no reason to hear of their posts.
        await carla.PostAsync($"/user/follow/{ana.Id}/");
        Assert.Equal("notification", (await stream.NextAsync())!.Event);

        await carla.WriteAsync("not for Ana");
        var id = await beto.WriteAsync("for Ana");

        await stream.ExpectAsync("post", id);
    }

    [Theory, OnEachDatabase]
    public async Task Own_posts_arrive_on_every_stream_of_ones_own(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var first = await LiveStream.OpenAsync(ana);
        using var second = await LiveStream.OpenAsync(ana);

        var id = await ana.WriteAsync("from another tab");

        await first.ExpectAsync("post", id);
        await second.ExpectAsync("post", id);
        Assert.Equal(first.LastId, second.LastId);
    }

    [Theory, OnEachDatabase]
    public async Task A_follow_counts_from_the_moment_it_is_made_and_until_it_ends(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var stream = await LiveStream.OpenAsync(ana);

        await beto.WriteAsync("before");
        var mark = await ana.WriteAsync("a mark");
        await stream.ExpectAsync("post", mark);
        await ana.PostAsync($"/user/follow/{beto.Id}/");
        var between = await beto.WriteAsync("between");
        await stream.ExpectAsync("post", between);
        await ana.DeleteAsync($"/user/follow/{beto.Id}/");
        await beto.WriteAsync("after");
        var last = await ana.WriteAsync("another mark");

        await stream.ExpectAsync("post", last);
    }

    [Theory, OnEachDatabase]
    public async Task Replies_edits_and_deletions_arrive(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        await ana.PostAsync($"/user/follow/{beto.Id}/");
        using var stream = await LiveStream.OpenAsync(ana);
        var parent = await beto.WriteAsync("a post");
        await stream.ExpectAsync("post", parent);

        var reply = await beto.WriteAsync("a reply", parent);
        Assert.Equal(parent, (long)(await stream.ExpectAsync("post", reply))["parent_id"]!);

        await beto.PatchAsync($"/post/{reply}/", new { text = "a better reply" });
        var edited = await stream.ExpectAsync("edit", reply);
        Assert.Equal("a better reply", (string)edited["text"]!);
        Assert.NotNull(edited["edited_at"]);

        await beto.DeleteAsync($"/post/{reply}/");
        var deleted = await stream.ExpectAsync("delete", reply);
        Assert.Equal(parent, (long)deleted["parent_id"]!);

        await beto.DeleteAsync($"/post/{parent}/");
        Assert.Null((await stream.ExpectAsync("delete", parent))["parent_id"]);
    }

    [Theory, OnEachDatabase]
    public async Task A_notification_arrives_at_who_is_told_and_goes_when_the_deed_is_undone(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var post = await ana.WriteAsync("liked");
        using var stream = await LiveStream.OpenAsync(ana);
        // On PostgreSQL the stream may have begun just before the post could be passed.
        var mark = await ana.WriteAsync("a mark");
        while ((long)(await stream.NextAsync())!.Json["id"]! != mark) { }
        using var other = await LiveStream.OpenAsync(beto);

        await beto.PostAsync($"/post/{post}/like/");

        var arrived = await stream.NextAsync();
        Assert.Equal("notification", arrived!.Event);
        var listed = (await ana.GetAsync("/notification/")).Items[0];
        Assert.True(JsonNode.DeepEquals(listed, arrived.Json), $"{arrived.Json} is not {listed}");
        Assert.Equal((long)post, (long)arrived.Json["post"]!["id"]!);

        await beto.DeleteAsync($"/post/{post}/like/");
        await stream.ExpectAsync("notification_gone", (long)listed!["id"]!);
        // Nobody else hears of it.
        await other.ExpectAsync("post", await beto.WriteAsync("another mark"));
    }

    [Theory, OnEachDatabase]
    public async Task A_write_that_is_refused_tells_nobody(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var stream = await LiveStream.OpenAsync(ana);

        (await ana.PostAsync("/post/", new { text = "", parent_id = (long?)null })).Refused(
            HttpStatusCode.UnprocessableEntity
        );
        (await ana.PostAsync("/post/", new { text = "reply", parent_id = 1 })).Refused(
            HttpStatusCode.UnprocessableEntity
        );
        var id = await ana.WriteAsync("good");

        await stream.ExpectAsync("post", id);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_listens_without_a_token(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/stream/")).Refused(HttpStatusCode.Unauthorized);
        anyone.UseAccessToken("no-token");
        (await anyone.GetAsync("/stream/")).Refused(HttpStatusCode.Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task The_answer_is_an_event_stream_that_nothing_keeps_back(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var stream = await LiveStream.OpenAsync(ana);

        var headers = stream.Response.Headers;
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", headers.CacheControl!.ToString());
        Assert.Equal("no", headers.GetValues("X-Accel-Buffering").Single());
    }
}
