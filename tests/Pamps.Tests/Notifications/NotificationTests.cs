using Pamps.Core.Writes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Notifications;

/// <summary>GET /notification/: who is told of what.</summary>
public sealed class NotificationTests
{
    private static async Task<(Client Ana, Client Beto, Client Cleo)> ThreeAsync(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        return (await pamps.RegisterAsync(), await pamps.RegisterAsync(), await pamps.RegisterAsync());
    }

    [Theory, OnEachDatabase]
    public async Task One_is_told_of_likes_replies_mentions_and_follows_newest_first(Database database)
    {
        var (ana, beto, cleo) = await ThreeAsync(database);
        var post = await ana.WriteAsync("hello");
        await beto.PostAsync($"/post/{post}/like/");
        var reply = await cleo.WriteAsync("hello to you", post);
        var mention = await beto.WriteAsync($"have you met @{ana.Username.ToUpperInvariant()}?");
        await cleo.PostAsync($"/user/follow/{ana.Username}/");
        await ana.PostAsync($"/post/{reply}/like/");

        Assert.Equal(
            [Told.Follow(cleo), Told.Mention(beto, mention), Told.Reply(cleo, reply), Told.Like(beto, post)],
            await Told.OfAsync(ana)
        );

        var list = (await ana.GetAsync(Told.Path)).Items;
        Assert.All(list, x => x.HasFields("id", "kind", "date", "read", "user", "post"));
        Assert.All(list, x => x!["user"].HasFields("id", "username", "avatar", "bio", "display_name"));
        Assert.All(list, x => Assert.False((bool)x!["read"]!));
        Assert.Null(list[0]!["post"]);
        // The posts are as the reader sees them.
        Assert.True((bool)list[2]!["post"]!["liked"]!);
        Assert.False((bool)list[3]!["post"]!["liked"]!);
        var alone = await ana.GetAsync($"/post/{reply}/");
        foreach (var (field, value) in list[2]!["post"]!.AsObject())
        {
            Assert.Equal(alone[field]?.ToJsonString(), value?.ToJsonString());
        }
        Assert.Equal([Told.Like(ana, reply)], await Told.OfAsync(cleo));
        Assert.Empty(await Told.OfAsync(beto));
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_is_told_of_their_own_deeds(Database database)
    {
        var (ana, _, _) = await ThreeAsync(database);
        var post = await ana.WriteAsync($"I am @{ana.Username}");
        await ana.PostAsync($"/post/{post}/like/");
        var reply = await ana.WriteAsync($"still @{ana.Username}", post);
        await ana.PatchAsync($"/post/{reply}/", new { text = $"and again @{ana.Username}" });

        Assert.Empty(await Told.OfAsync(ana));
    }

    [Theory, OnEachDatabase]
    public async Task A_reply_that_names_whom_it_answers_is_one_notification(Database database)
    {
        var (ana, beto, cleo) = await ThreeAsync(database);
        var post = await ana.WriteAsync("hello");
        var reply = await beto.WriteAsync($"@{ana.Username} @{cleo.Username} @{ana.Username} hello", post);

        Assert.Equal([Told.Reply(beto, reply)], await Told.OfAsync(ana));
        Assert.Equal([Told.Mention(beto, reply)], await Told.OfAsync(cleo));

        // Nor does an edit make a second one, with the parent or without it.
        await beto.PatchAsync($"/post/{reply}/", new { text = $"hello @{ana.Username}" });
        await ana.DeleteAsync($"/post/{post}/");
        await beto.PatchAsync($"/post/{reply}/", new { text = $"hello, @{ana.Username}" });
        Assert.Equal([Told.Reply(beto, reply)], await Told.OfAsync(ana));
        Assert.Empty(await Told.OfAsync(cleo));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_undone_is_told_no_more(Database database)
    {
        var (ana, beto, cleo) = await ThreeAsync(database);
        var post = await ana.WriteAsync("hello");
        await cleo.PostAsync($"/post/{post}/like/");
        await cleo.PostAsync($"/user/follow/{ana.Id}/");
        await beto.PostAsync($"/post/{post}/like/");
        await beto.PostAsync($"/user/follow/{ana.Id}/");
        var reply = await beto.WriteAsync($"hello, and you too @{cleo.Username}", post);
        Assert.Equal(5, (await Told.OfAsync(ana)).Count);

        Assert.Equal(NoContent, (await beto.DeleteAsync($"/post/{post}/like/")).Status);
        Assert.DoesNotContain(Told.Like(beto, post), await Told.OfAsync(ana));
        Assert.Equal(NoContent, (await beto.DeleteAsync($"/user/follow/{ana.Id}/")).Status);
        Assert.DoesNotContain(Told.Follow(beto), await Told.OfAsync(ana));
        Assert.Equal([Told.Mention(beto, reply)], await Told.OfAsync(cleo));
        Assert.Equal(NoContent, (await beto.DeleteAsync($"/post/{reply}/")).Status);
        Assert.Empty(await Told.OfAsync(cleo));
        Assert.Equal([Told.Follow(cleo), Told.Like(cleo, post)], await Told.OfAsync(ana));
        Assert.Equal(NoContent, (await ana.DeleteAsync($"/post/{post}/")).Status);
        Assert.Equal([Told.Follow(cleo)], await Told.OfAsync(ana));
    }

    [Theory, OnEachDatabase]
    public async Task An_edit_tells_whom_it_adds_and_not_whom_it_leaves_out(Database database)
    {
        var (ana, beto, cleo) = await ThreeAsync(database);
        var post = await ana.WriteAsync($"hello @{beto.Username}");
        var first = (await beto.GetAsync(Told.Path)).Ids.Single();

        await ana.PatchAsync($"/post/{post}/", new { text = $"hello @{beto.Username} and @{cleo.Username}" });
        Assert.Equal(first, (await beto.GetAsync(Told.Path)).Ids.Single());
        Assert.Equal([Told.Mention(ana, post)], await Told.OfAsync(cleo));

        await ana.PatchAsync($"/post/{post}/", new { text = $"hello @{cleo.Username}" });
        Assert.Empty(await Told.OfAsync(beto));
        Assert.Equal([Told.Mention(ana, post)], await Told.OfAsync(cleo));

        // What others did with the post stays.
        await beto.PostAsync($"/post/{post}/like/");
        await ana.PatchAsync($"/post/{post}/", new { text = "hello" });
        Assert.Empty(await Told.OfAsync(cleo));
        Assert.Equal([Told.Like(beto, post)], await Told.OfAsync(ana));
    }

    [Theory, OnEachDatabase]
    public async Task Doing_a_thing_again_tells_it_once(Database database)
    {
        var (ana, beto, _) = await ThreeAsync(database);
        var post = await ana.WriteAsync("hello");
        foreach (var path in new[] { $"/post/{post}/like/", $"/user/follow/{ana.Id}/" })
        {
            await beto.PostAsync(path);
            await beto.PostAsync(path);
            await beto.DeleteAsync(path);
            await beto.DeleteAsync(path);
            var answers = await Together.AtOnceAsync(() => beto.PostAsync(path));
            answers.Split(1, Created, others: OK);
        }
        Assert.Equal([Told.Follow(beto), Told.Like(beto, post)], await Told.OfAsync(ana));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_told_and_what_is_taken_back_is_an_event_for_whom_it_is_told(Database database)
    {
        var (ana, beto, cleo) = await ThreeAsync(database);
        var post = await ana.WriteAsync($"hello @{beto.Username}");
        await cleo.PostAsync($"/post/{post}/like/");
        await cleo.PostAsync($"/post/{post}/like/");
        var like = (await ana.GetAsync(Told.Path)).Ids.Single();
        await cleo.DeleteAsync($"/post/{post}/like/");
        await cleo.DeleteAsync($"/post/{post}/like/");
        await cleo.PostAsync($"/user/follow/{ana.Id}/");
        var follow = (await ana.GetAsync(Told.Path)).Ids.Single();
        await cleo.DeleteAsync($"/user/follow/{ana.Id}/");
        var reply = await cleo.WriteAsync($"hello @{beto.Username}", post);
        var answer = (await ana.GetAsync(Told.Path)).Ids.Single();
        var mentions = (await beto.GetAsync(Told.Path)).Ids;
        await cleo.PatchAsync($"/post/{reply}/", new { text = "hello" });
        await cleo.DeleteAsync($"/post/{reply}/");
        await ana.DeleteAsync($"/post/{post}/");

        Assert.Equal(
            [
                (EventKind.Notification, like),
                (EventKind.NotificationGone, like),
                (EventKind.Notification, follow),
                (EventKind.NotificationGone, follow),
                (EventKind.Notification, answer),
                (EventKind.NotificationGone, answer),
            ],
            await Told.EventsForAsync(ana)
        );
        Assert.Equal(
            [
                (EventKind.Notification, mentions[1]),
                (EventKind.Notification, mentions[0]),
                (EventKind.NotificationGone, mentions[0]),
                (EventKind.NotificationGone, mentions[1]),
            ],
            await Told.EventsForAsync(beto)
        );
        Assert.Empty(await Told.EventsForAsync(cleo));
    }

    [Theory, OnEachDatabase]
    public async Task An_account_takes_its_deeds_with_it(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var leaver = await pamps.RegisterAsync();
        var post = await ana.WriteAsync($"hello @{leaver.Username}");
        var theirs = await leaver.WriteAsync("theirs");
        await ana.PostAsync($"/post/{theirs}/like/");
        await leaver.PostAsync($"/post/{post}/like/");
        await leaver.PostAsync($"/user/follow/{ana.Id}/");
        await leaver.WriteAsync("a reply", post);
        Assert.Equal(3, (await Told.OfAsync(ana)).Count);
        Assert.Equal(2, (await Told.OfAsync(leaver)).Count);

        Assert.Equal(NoContent, (await leaver.DeleteAsync("/user/me/")).Status);

        Assert.Empty(await Told.OfAsync(ana));
        Assert.Equal(0, await Told.UnreadAsync(ana));
        await Posts.Whole.AssertAsync(pamps);
    }

    [Theory, OnEachDatabase]
    public async Task Without_a_token_there_is_nothing_to_see(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        (await anyone.GetAsync(Told.Path)).Refused(Unauthorized);
        (await anyone.GetAsync(Told.Path + "unread/")).Refused(Unauthorized);
        (await Told.ReadAsync(anyone, 1)).Refused(Unauthorized);
    }
}
