using System.Net;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Visibility;

/// <summary>Blocks, mutes, and requests to follow.</summary>
public sealed class RelationTests
{
    [Theory, OnEachDatabase]
    public async Task A_block_ends_follows_both_ways_and_hides_each_from_the_other(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        await ana.PostAsync($"/user/follow/{beto.Username}/");
        await beto.PostAsync($"/user/follow/{ana.Username}/");
        var post = await ana.WriteAsync("good morning");

        var first = await ana.PostAsync($"/user/block/{beto.Username}/");
        var second = await ana.PostAsync($"/user/block/{beto.Username}/");

        Assert.Equal((Created, OK), (first.Status, second.Status));
        first.Json.HasFields("from", "to", "date");
        Assert.Equal(NotFound, (await beto.GetAsync($"/user/{ana.Username}/")).Status);
        Assert.Equal(NotFound, (await beto.GetAsync($"/post/{post}/")).Status);
        Assert.Equal(NotFound, (await beto.PostAsync($"/post/{post}/like/")).Status);
        Assert.Equal(NotFound, (await beto.PostAsync($"/user/follow/{ana.Username}/")).Status);
        var reply = await beto.PostAsync("/post/", new { text = "hello", parent_id = post });
        Assert.Equal((HttpStatusCode)422, reply.Status);
        Assert.Equal(Forbidden, (await ana.PostAsync($"/user/follow/{beto.Username}/")).Status);
        await beto.WriteAsync($"hello @{ana.Username}");
        Assert.Empty((await ana.GetAsync("/notification/")).Items);
        var profile = await ana.GetAsync($"/user/{beto.Username}/");
        Assert.Equal(
            (true, false, false),
            ((bool)profile["blocked"]!, (bool)profile["followed"]!, (bool)profile["follows_you"]!)
        );
        Assert.Equal(0, (long)profile["followers_count"]!);
        Assert.Equal([beto.Id], (await ana.GetAsync("/user/blocks/")).Ids);
        Assert.Empty((await beto.GetAsync("/user/blocks/")).Ids);

        Assert.Equal(NoContent, (await ana.DeleteAsync($"/user/block/{beto.Username}/")).Status);
        Assert.Equal(NoContent, (await ana.DeleteAsync($"/user/block/{beto.Username}/")).Status);
        Assert.Equal(OK, (await beto.GetAsync($"/post/{post}/")).Status);
        Assert.False((bool)(await beto.GetAsync($"/user/{ana.Username}/"))["followed"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_follows_while_being_blocked_does_not_follow_afterwards(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        for (var i = 0; i < 10; i++)
        {
            using var beto = await pamps.RegisterAsync();
            await Task.WhenAll(
                beto.PostAsync($"/user/follow/{ana.Username}/"),
                ana.PostAsync($"/user/block/{beto.Username}/")
            );
            var own = await beto.GetAsync("/user/me/");
            Assert.Equal(0, (long)own["following_count"]!);
        }
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["followers_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_mute_takes_posts_out_of_lists_until_it_ends(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        await ana.PostAsync($"/user/follow/{beto.Username}/");
        var post = await beto.WriteAsync("good morning");

        var first = await ana.PostAsync($"/user/mute/{beto.Username}/");
        var second = await ana.PostAsync(
            $"/user/mute/{beto.Username}/",
            new { duration = 3600, notifications = false }
        );

        Assert.Equal((Created, OK), (first.Status, second.Status));
        Assert.Empty((await ana.GetAsync("/user/timeline/")).Ids);
        Assert.Equal(OK, (await ana.GetAsync($"/post/{post}/")).Status);
        Assert.Equal([post], (await ana.GetAsync($"/post/user/{beto.Username}/")).Ids);
        var muted = Assert.Single((await ana.GetAsync("/user/mutes/")).Items)!;
        muted.HasFields("id", "username", "avatar", "bio", "display_name", "expires_at", "notifications");
        Assert.False((bool)muted["notifications"]!);
        await beto.WriteAsync($"hello @{ana.Username}");
        Assert.Single((await ana.GetAsync("/notification/")).Items);
        Assert.True((bool)(await ana.GetAsync($"/user/{beto.Username}/"))["muted"]!);

        await ana.DeleteAsync($"/user/mute/{beto.Username}/");
        Assert.Equal(2, (await ana.GetAsync("/user/timeline/")).Ids.Count);
        Assert.Empty((await ana.GetAsync("/user/mutes/")).Items);
    }

    [Theory, OnEachDatabase]
    public async Task A_mute_for_a_while_ends_by_itself(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        await ana.PostAsync($"/user/follow/{beto.Username}/");
        using var stream = await LiveStream.OpenAsync(ana);
        var post = await beto.WriteAsync($"good morning @{ana.Username}");
        // Told before the mute begins, so that what is told next is from after it.
        Assert.Equal("notification", (await stream.NextAsync())!.Event);
        await stream.ExpectAsync("post", post);

        var first = await ana.PostAsync($"/user/mute/{beto.Username}/", new { duration = 2 });
        Assert.Empty((await ana.GetAsync("/user/timeline/")).Ids);
        await TestJobs.UntilAsync(async () => (await ana.GetAsync("/user/timeline/")).Ids.Count > 0);

        Assert.Equal([post], (await ana.GetAsync("/post/")).Ids);
        Assert.Single((await ana.GetAsync("/notification/")).Items);
        Assert.Empty((await ana.GetAsync("/user/mutes/")).Items);
        Assert.False((bool)(await ana.GetAsync($"/user/{beto.Username}/"))["muted"]!);
        await stream.ExpectAsync("post", await beto.WriteAsync("heard again"));

        // Nothing has swept it away; it has ended all the same, and the next one is new.
        var second = await ana.PostAsync($"/user/mute/{beto.Username}/");
        Assert.Equal((Created, Created), (first.Status, second.Status));
        Assert.True((DateTime)second["date"]! >= (DateTime)first["date"]! + TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await ana.PostAsync($"/user/mute/{beto.Username}/")).Status);
        Assert.Single((await ana.GetAsync("/user/mutes/")).Items);
    }

    [Theory, OnEachDatabase]
    public async Task Who_wants_to_follow_a_locked_account_asks_and_is_answered(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var caio = await pamps.RegisterAsync();
        Assert.True((bool)(await ana.PatchAsync("/user/me/", new { locked = true }))["locked"]!);

        var asked = await beto.PostAsync($"/user/follow/{ana.Username}/");
        var again = await beto.PostAsync($"/user/follow/{ana.Username}/");
        await caio.PostAsync($"/user/follow/{ana.Username}/");

        Assert.Equal((Accepted, Accepted), (asked.Status, again.Status));
        Assert.True((bool)asked["pending"]!);
        Assert.True((bool)(await beto.GetAsync($"/user/{ana.Username}/"))["requested"]!);
        Assert.Equal([beto.Id, caio.Id], (await ana.GetAsync("/user/follow_requests/")).Ids);
        Assert.Equal(
            ["follow_request", "follow_request"],
            (await ana.GetAsync("/notification/")).Items.Select(x => (string)x!["kind"]!)
        );
        Assert.Equal(
            NotFound,
            (await caio.PostAsync($"/user/follow_requests/{beto.Username}/accept/")).Status
        );

        Assert.Equal(
            NoContent,
            (await ana.PostAsync($"/user/follow_requests/{beto.Username}/accept/")).Status
        );
        Assert.Equal(
            NotFound,
            (await ana.PostAsync($"/user/follow_requests/{beto.Username}/accept/")).Status
        );
        Assert.Equal(
            NoContent,
            (await ana.PostAsync($"/user/follow_requests/{caio.Username}/reject/")).Status
        );
        Assert.Empty((await ana.GetAsync("/user/follow_requests/")).Ids);
        Assert.True((bool)(await beto.GetAsync($"/user/{ana.Username}/"))["followed"]!);
        Assert.False((bool)(await caio.GetAsync($"/user/{ana.Username}/"))["followed"]!);
        Assert.Equal(1, (long)(await ana.GetAsync("/user/me/"))["followers_count"]!);

        await caio.PostAsync($"/user/follow/{ana.Username}/");
        Assert.Equal(NoContent, (await caio.DeleteAsync($"/user/follow/{ana.Username}/")).Status);
        Assert.Empty((await ana.GetAsync("/user/follow_requests/")).Ids);
    }

    [Theory, OnEachDatabase]
    public async Task Strangers_and_bad_input_are_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        string[] guarded = ["/user/blocks/", "/user/mutes/", "/user/follow_requests/", "/post/direct/"];
        foreach (var path in guarded)
        {
            Assert.Equal(Unauthorized, (await anyone.GetAsync(path)).Status);
        }
        foreach (var deed in new[] { "block", "mute" })
        {
            Assert.Equal(Unauthorized, (await anyone.PostAsync($"/user/{deed}/{ana.Username}/")).Status);
            Assert.Equal(NotFound, (await ana.PostAsync($"/user/{deed}/nobody_here/")).Status);
            Assert.Equal((HttpStatusCode)422, (await ana.PostAsync($"/user/{deed}/{ana.Username}/")).Status);
        }
        using var beto = await pamps.RegisterAsync();
        var forNoTime = await ana.PostAsync($"/user/mute/{beto.Username}/", new { duration = 0 });
        Assert.Equal((HttpStatusCode)422, forNoTime.Status);
        var forWhom = await ana.PostAsync("/post/", new { text = "hello", visibility = "friends" });
        Assert.Equal((HttpStatusCode)422, forWhom.Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_reply_is_as_public_as_what_it_answers_unless_its_author_says_otherwise(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var direct = await ana.PostAsync(
            "/post/",
            new { text = $"psst @{beto.Username}", visibility = "direct" }
        );
        var parent = (long)direct["id"]!;

        var plain = await beto.PostAsync("/post/", new { text = "yes", parent_id = parent });
        var open = await beto.PostAsync(
            "/post/",
            new
            {
                text = "yes",
                parent_id = parent,
                visibility = "public",
            }
        );

        Assert.Equal(("direct", "public"), ((string)plain["visibility"]!, (string)open["visibility"]!));
        Assert.Equal(OK, (await ana.GetAsync($"/post/{plain["id"]}/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_stream_tells_of_a_post_only_those_who_may_see_it(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var fan = await pamps.RegisterAsync("fan");
        using var friend = await pamps.RegisterAsync("friend");
        await fan.PostAsync($"/user/follow/{ana.Username}/");
        using var toFan = await LiveStream.OpenAsync(fan);
        using var toFriend = await LiveStream.OpenAsync(friend);

        var direct = await WriteAsync(ana, $"psst @{friend.Username}", "direct");
        var followers = await WriteAsync(ana, "for you", "followers");
        await toFan.ExpectAsync("post", followers);
        Assert.Equal("notification", (await toFriend.NextAsync())!.Event);
        await toFriend.ExpectAsync("post", direct);

        await fan.PostAsync($"/user/mute/{ana.Username}/");
        await WriteAsync(ana, "unheard", "public");
        // What comes after it has been told: so it has been passed over.
        await friend.PostAsync($"/user/follow/{fan.Username}/");
        Assert.Equal("notification", (await toFan.NextAsync())!.Event);
        await fan.DeleteAsync($"/user/mute/{ana.Username}/");
        var heard = await WriteAsync(ana, "heard", "public");
        await toFan.ExpectAsync("post", heard);
    }

    private static async Task<long> WriteAsync(Client author, string text, string visibility) =>
        (long)(await author.PostAsync("/post/", new { text, visibility }))["id"]!;
}
