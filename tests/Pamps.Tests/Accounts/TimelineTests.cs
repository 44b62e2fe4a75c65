using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>GET /user/timeline/.</summary>
public sealed class TimelineTests
{
    [Theory, OnEachDatabase]
    public async Task A_timeline_is_empty_for_who_follows_nobody_and_closed_without_a_token(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        await user.WriteAsync("one's own");
        using var anyone = pamps.Anonymous();

        var timeline = await user.GetAsync("/user/timeline/");

        Assert.Equal(OK, timeline.Status);
        Assert.Empty(timeline.Items);
        Assert.Null(timeline.Header("Link"));
        (await anyone.GetAsync("/user/timeline/")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task It_holds_all_posts_of_the_followed_and_no_others_newest_first(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var reader = await pamps.RegisterAsync();
        using var first = await pamps.RegisterAsync();
        using var second = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        var old = await first.WriteAsync("from before the follow");
        var foreign = await stranger.WriteAsync("a stranger's");
        await reader.PostAsync($"/user/follow/{first.Id}/");
        await reader.PostAsync($"/user/follow/{second.Id}/");
        await second.PostAsync($"/user/follow/{stranger.Id}/");
        await reader.WriteAsync("one's own");
        await stranger.WriteAsync("a stranger's reply", old);
        var reply = await second.WriteAsync("a reply to a stranger", foreign);
        var last = await first.WriteAsync("the last");
        await reader.PostAsync($"/post/{reply}/like/");

        var timeline = await reader.GetAsync("/user/timeline/");

        Assert.Equal([last, reply, old], timeline.Ids);
        timeline
            .Items[1]
            .HasFields(
                "id",
                "text",
                "date",
                "user_id",
                "parent_id",
                "parent_username",
                "username",
                "avatar",
                "display_name",
                "likes_count",
                "replies_count",
                "liked",
                "edited_at",
                "entities",
                "visibility",
                "media",
                "pinned",
                "card",
                "sensitive"
            );
        Assert.Equal(foreign, (long)timeline.Items[1]!["parent_id"]!);
        Assert.Equal(second.Username, (string)timeline.Items[1]!["username"]!);
        Assert.Equal([false, true, false], timeline.Items.Select(x => (bool)x!["liked"]!));

        await reader.DeleteAsync($"/user/follow/{first.Id}/");
        Assert.Equal([reply], (await reader.GetAsync("/user/timeline/")).Ids);
        await second.DeleteAsync($"/post/{reply}/");
        Assert.Empty((await reader.GetAsync("/user/timeline/")).Items);
    }

    [Theory, OnEachDatabase]
    public async Task Ones_own_posts_are_in_it_when_asked_for(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var reader = await pamps.RegisterAsync();
        using var friend = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        var alone = await reader.WriteAsync("alone");
        Assert.Equal([alone], (await reader.GetAsync("/user/timeline/?own=true")).Ids);
        await reader.PostAsync($"/user/follow/{friend.Id}/");
        var theirs = await friend.WriteAsync("theirs");
        await stranger.WriteAsync("a stranger's");
        var reply = await reader.WriteAsync("one's own reply", theirs);

        Assert.Equal([reply, theirs, alone], (await reader.GetAsync("/user/timeline/?own=1")).Ids);
        Assert.Equal([theirs], (await reader.GetAsync("/user/timeline/?own=false")).Ids);
        var walked = await reader.WalkAsync("/user/timeline/?own=true&limit=1");
        Assert.Equal([reply, theirs, alone], walked.SelectMany(x => x.Ids));
        Assert.Equal([theirs], (await reader.GetAsync(walked[^1].Link("prev")!)).Ids);
        var refused = await reader.GetAsync("/user/timeline/?own=perhaps");
        Assert.Equal("own is true or false.", refused.Refused(UnprocessableEntity));
        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/user/timeline/?own=true")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task It_is_paged_forward_and_back_without_gap_or_double(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var reader = await pamps.RegisterAsync();
        using var silent = await pamps.RegisterAsync();
        using var first = await pamps.RegisterAsync();
        using var second = await pamps.RegisterAsync();
        foreach (var author in new[] { silent, first, second })
        {
            await reader.PostAsync($"/user/follow/{author.Id}/");
        }
        var ids = new List<long>();
        // One writes much at a time, so that a page is of one author and the next of both.
        foreach (var author in new[] { first, first, first, first, second, first, second, second, second })
        {
            ids.Insert(0, await author.WriteAsync("a post"));
        }
        foreach (
            var (order, expected) in new[] { ("newest", ids), ("oldest", [.. ids.AsEnumerable().Reverse()]) }
        )
        {
            foreach (var limit in new[] { 1, 2, 4, 8, 9, 10 })
            {
                var pages = await reader.WalkAsync($"/user/timeline/?limit={limit}&order={order}");
                Assert.Equal((expected.Count + limit - 1) / limit, pages.Count);
                Assert.Equal(expected, pages.SelectMany(x => x.Ids));
                Assert.Null(pages[0].Link("prev"));
                if (pages.Count > 1)
                {
                    var back = await reader.WalkAsync(pages[^1].Link("prev")!, "prev");
                    Assert.Equal(
                        pages[..^1].SelectMany(x => x.Ids),
                        back.AsEnumerable().Reverse().SelectMany(x => x.Ids)
                    );
                }
            }
        }
        Assert.Equal(ids, (await reader.GetAsync("/user/timeline/")).Ids);
        Assert.Equal(ids[..2], (await reader.GetAsync($"/user/timeline/?after={ids[2]}")).Ids);
        Assert.Equal(ids[7..], (await reader.GetAsync($"/user/timeline/?before={ids[6]}")).Ids);
        Assert.Equal(
            ids[1..2],
            (await reader.GetAsync($"/user/timeline/?before={ids[0]}&after={ids[2]}")).Ids
        );
    }
}
