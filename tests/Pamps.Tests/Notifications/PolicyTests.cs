using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Notifications;

/// <summary>Of whose deeds somebody is told, and what becomes of the rest.</summary>
public sealed class PolicyTests
{
    [Theory, OnEachDatabase]
    public async Task A_policy_is_its_owners_alone_and_accepts_all_unless_told_otherwise(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/notification/policy/")).Refused(Unauthorized);
        (await anyone.PatchAsync("/notification/policy/", new { })).Refused(Unauthorized);
        (await anyone.GetAsync("/notification/aside/")).Refused(Unauthorized);
        (await anyone.PostAsync($"/notification/aside/{ana.Username}/accept/")).Refused(Unauthorized);
        (await anyone.GetAsync("/notification/accepted/")).Refused(Unauthorized);
        (await anyone.DeleteAsync($"/notification/accepted/{ana.Username}/")).Refused(Unauthorized);

        var open = await ana.GetAsync("/notification/policy/");
        open.Json.HasFields("not_following", "not_followers", "new_accounts", "direct");
        Assert.All(open.Json.AsObject(), x => Assert.Equal("accept", (string)x.Value!));
        (await ana.PatchAsync("/notification/policy/", new { direct = "burn" })).Blames("direct");
        Assert.Equal(open.Body, (await ana.GetAsync("/notification/policy/")).Body);

        // Of two changes at once neither is lost.
        await Task.WhenAll(
            ana.PatchAsync("/notification/policy/", new { not_following = "aside" }),
            ana.PatchAsync("/notification/policy/", new { direct = "drop" })
        );
        var changed = await ana.GetAsync("/notification/policy/");
        Assert.Equal(
            ("aside", "accept", "drop"),
            ((string)changed["not_following"]!, (string)changed["new_accounts"]!, (string)changed["direct"]!)
        );
        Assert.Equal(open.Body, (await beto.GetAsync("/notification/policy/")).Body);
        Assert.Equal(
            open.Body,
            (
                await ana.PatchAsync(
                    "/notification/policy/",
                    new { not_following = "accept", direct = "accept" }
                )
            ).Body
        );
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM notification_policy WHERE user_id = {ana.Id}"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_is_put_aside_is_neither_told_nor_counted_until_it_is_accepted(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var friend = await pamps.RegisterAsync();
        await ana.PostAsync($"/user/follow/{friend.Username}/");
        var own = await ana.WriteAsync("my own");
        await ana.PatchAsync("/notification/policy/", new { not_following = "aside" });
        using var stream = await LiveStream.OpenAsync(ana);

        await stranger.PostAsync($"/post/{own}/like/");
        await stranger.PostAsync($"/user/follow/{ana.Username}/");
        var post = await stranger.WriteAsync($"hello @{ana.Username}");
        var gone = await stranger.WriteAsync($"and again @{ana.Username}");
        await other.WriteAsync("an answer", own);
        await other.PostAsync($"/post/{own}/like/");
        await other.DeleteAsync($"/post/{own}/like/");
        await stranger.DeleteAsync($"/post/{gone}/");
        await friend.PostAsync($"/post/{own}/like/");

        Assert.Equal(["like"], await KindsAsync(ana, "/notification/"));
        Assert.Equal(1, (int)(await ana.GetAsync("/notification/unread/"))["count"]!);
        var told = await stream.NextAsync("notification");
        Assert.Equal(friend.Username, (string)told.Json["user"]!["username"]!);
        var aside = await ana.GetAsync("/notification/aside/");
        Assert.Equal(
            [(other.Username, 1), (stranger.Username, 3)],
            aside.Items.Select(x => ((string)x!["user"]!["username"]!, (int)x["count"]!))
        );
        aside.Items[0].HasFields("user", "count", "date");
        var page = await ana.GetAsync("/notification/aside/?limit=1");
        Assert.Single(page.Items);
        Assert.Equal(
            stranger.Username,
            (string)(await ana.GetAsync(page.Link("next")!)).Items.Single()!["user"]!["username"]!
        );
        var of = $"/notification/aside/{stranger.Username}/";
        Assert.Equal(["mention", "follow", "like"], await KindsAsync(ana, of));
        Assert.Empty((await stranger.GetAsync("/notification/aside/")).Items);
        Assert.Empty((await stranger.GetAsync($"/notification/aside/{ana.Username}/")).Items);
        (await ana.GetAsync("/notification/aside/nobody_at_all/")).Refused(NotFound);

        // Accepted, by two windows at once, it appears as what is new; and what comes later does at once.
        var both = await Task.WhenAll(ana.PostAsync(of + "accept/"), ana.PostAsync(of + "accept/"));
        Assert.All(both, x => Assert.Equal(NoContent, x.Status));
        Assert.Equal(["like", "mention", "follow", "like"], await KindsAsync(ana, "/notification/"));
        Assert.Equal(4, (int)(await ana.GetAsync("/notification/unread/"))["count"]!);
        await stranger.PostAsync($"/post/{await ana.WriteAsync("another")}/like/");
        Assert.Equal(5, (await ana.GetAsync("/notification/")).Items.Count);
        Assert.Contains(
            post,
            (await ana.GetAsync("/notification/")).Items.Select(x => (long?)x!["post"]?["id"])
        );

        // Dismissed it is gone, and what comes later is put aside again.
        Assert.Equal(NoContent, (await ana.DeleteAsync($"/notification/aside/{other.Username}/")).Status);
        Assert.Empty((await ana.GetAsync("/notification/aside/")).Items);
        await other.WriteAsync("another answer", own);
        Assert.Equal(1, (int)(await ana.GetAsync("/notification/aside/")).Items.Single()!["count"]!);
        Assert.Equal(5, (await ana.GetAsync("/notification/")).Items.Count);

        // So it is of who was accepted, when they are dismissed or muted; and who has done nothing is not accepted for what they will do.
        foreach (var end in new[] { "dismiss", "mute" })
        {
            await other.WriteAsync($"once more, {end}", own);
            await ana.PostAsync($"/notification/aside/{other.Username}/accept/");
            Assert.Empty((await ana.GetAsync("/notification/aside/")).Items);
            await (
                end == "dismiss"
                    ? ana.DeleteAsync($"/notification/aside/{other.Username}/")
                    : ana.PostAsync($"/user/mute/{other.Username}/")
            );
            Assert.Equal(0, await AcceptedAsync(other));
        }
        await ana.DeleteAsync($"/user/mute/{other.Username}/");
        await ana.PostAsync($"/notification/aside/{friend.Username}/accept/");

        // It is taken back by who did it, also by two windows at once; what was told stays.
        const string accepted = "/notification/accepted/";
        await other.WriteAsync("accepted again", own);
        await ana.PostAsync($"/notification/aside/{other.Username}/accept/");
        Assert.Equal(new[] { stranger.Id, other.Id }.OrderDescending(), (await ana.GetAsync(accepted)).Ids);
        var newest = await ana.GetAsync(accepted + "?limit=1");
        Assert.Equal(
            Math.Min(stranger.Id, other.Id),
            Assert.Single((await ana.GetAsync(newest.Link("next")!)).Ids)
        );
        Assert.Empty((await stranger.GetAsync(accepted)).Items);
        await stranger.DeleteAsync($"{accepted}{other.Username}/");
        (await ana.DeleteAsync($"{accepted}nobody_at_all/")).Refused(NotFound);
        both = await Task.WhenAll(
            ana.DeleteAsync($"{accepted}{other.Username}/"),
            ana.DeleteAsync($"{accepted}{other.Username}/")
        );
        Assert.All(both, x => Assert.Equal(NoContent, x.Status));
        Assert.Equal([stranger.Id], (await ana.GetAsync(accepted)).Ids);
        Assert.Contains("accepted again", (await ana.GetAsync("/notification/")).Body);
        await other.WriteAsync("put aside again", own);
        Assert.Equal(
            other.Username,
            (string)(await ana.GetAsync("/notification/aside/")).Items.Single()!["user"]!["username"]!
        );
        Assert.Equal((0, 1), (await AcceptedAsync(friend), await AcceptedAsync(stranger)));
        await ana.PostAsync($"/user/block/{stranger.Username}/");
        Assert.Equal(0, await AcceptedAsync(stranger));
        await ana.DeleteAsync($"/user/block/{stranger.Username}/");

        // Blocked and muted stay as they are, and moderators are told at once.
        await ana.PostAsync($"/user/block/{other.Username}/");
        Assert.Empty((await ana.GetAsync("/notification/aside/")).Items);
        using var boss = await pamps.RegisterSuperuserAsync();
        await boss.WriteAsync($"a word, @{ana.Username}");
        Assert.Contains(
            "a word",
            (string)(await ana.GetAsync("/notification/?limit=1")).Items[0]!["post"]!["text"]!
        );

        Task<long> AcceptedAsync(Client actor) =>
            pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM notification_accepted WHERE user_id = {ana.Id} AND actor_id = {actor.Id}"
            );
    }

    [Theory, OnEachDatabase]
    public async Task Each_choice_is_of_whom_it_says_and_what_is_dropped_is_nowhere(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var followed = await pamps.RegisterAsync();
        using var follower = await pamps.RegisterAsync();
        await ana.PostAsync($"/user/follow/{followed.Username}/");
        await follower.PostAsync($"/user/follow/{ana.Username}/");
        var old = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await pamps.ExecuteAsync(
            $"UPDATE \"user\" SET created_at = '{old:yyyy-MM-dd HH:mm:ss}' WHERE id = {follower.Id}"
        );
        (object Policy, string Post, bool OfFollowed, bool OfFollower)[] cases =
        [
            (new { not_following = "drop" }, "public", true, false),
            (new { not_followers = "drop" }, "public", false, true),
            (new { new_accounts = "drop" }, "public", false, true),
            (new { direct = "drop" }, "public", true, true),
            (new { direct = "drop" }, "direct", true, false),
            (new { new_accounts = "aside", direct = "drop" }, "direct", false, false),
        ];
        foreach (var (policy, visibility, ofFollowed, ofFollower) in cases)
        {
            await ana.PatchAsync(
                "/notification/policy/",
                new
                {
                    not_following = "accept",
                    not_followers = "accept",
                    new_accounts = "accept",
                    direct = "accept",
                }
            );
            await ana.PatchAsync("/notification/policy/", policy);
            foreach (var (client, isTold) in new[] { (followed, ofFollowed), (follower, ofFollower) })
            {
                var post = await client.PostAsync(
                    "/post/",
                    new { text = $"hello @{ana.Username}", visibility }
                );
                var newest = (await ana.GetAsync("/notification/?limit=1")).Items.SingleOrDefault();
                Assert.True(
                    ((long?)newest?["post"]?["id"] == (long)post["id"]!) == isTold,
                    $"{policy} {visibility} {client == followed}"
                );
            }
        }
        // Of the followed one post of the last case was put aside.
        Assert.Equal(
            [(followed.Username, 1)],
            (await ana.GetAsync("/notification/aside/")).Items.Select(x =>
                ((string)x!["user"]!["username"]!, (int)x["count"]!)
            )
        );
        // A direct answer to one's own post is no stranger's.
        await ana.PatchAsync("/notification/policy/", new { new_accounts = "accept", direct = "drop" });
        var own = await ana.WriteAsync("my own");
        var answer = await follower.PostAsync(
            "/post/",
            new
            {
                text = "between us",
                visibility = "direct",
                parent_id = own,
            }
        );
        Assert.Equal(
            (long)answer["id"]!,
            (long)(await ana.GetAsync("/notification/?limit=1")).Items.Single()!["post"]!["id"]!
        );
    }

    [Theory, OnEachDatabase]
    public async Task No_more_is_kept_aside_of_one_than_may_be(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        await ana.PatchAsync("/notification/policy/", new { not_following = "aside" });
        for (var i = 0; i < 22; i++)
        {
            await stranger.WriteAsync($"{i} @{ana.Username}");
        }
        Assert.Equal(20, (int)(await ana.GetAsync("/notification/aside/")).Items.Single()!["count"]!);

        // When the store is full, the oldest make room for another's.
        using var another = await pamps.RegisterAsync();
        await pamps.ExecuteAsync(
            $"""
            INSERT INTO notification_aside (id, user_id, kind, actor_id, date)
            WITH RECURSIVE i(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM i WHERE n < 1079)
            SELECT n + {ana.Id % 1_000_000 * 2_000}, {ana.Id}, n, {stranger.Id}, '2026-01-01 00:00:00' FROM i
            """
        );
        await another.WriteAsync($"may I, @{ana.Username}");
        Assert.Equal(
            [(another.Username, 1), (stranger.Username, 999)],
            (await ana.GetAsync("/notification/aside/")).Items.Select(x =>
                ((string)x!["user"]!["username"]!, (int)x["count"]!)
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task Strangers_of_whom_little_is_known_advertise_to_nobodys_bell(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, x => x.Moderation.HoldSpam = true);
        using var ana = await pamps.RegisterAsync("ana");
        using var stranger = await pamps.RegisterAsync("stranger");
        using var friend = await pamps.RegisterAsync("friend");
        await ana.PostAsync($"/user/follow/{friend.Username}/");
        var others = new List<Client>();
        for (var i = 0; i < 4; i++)
        {
            others.Add(await pamps.RegisterAsync($"o{i}"));
        }
        var crowd = string.Join(' ', others.Select(x => $"@{x.Username}").Append($"@{ana.Username}"));

        var link = await stranger.WriteAsync($"look at https://example.org/shop @{ana.Username}");
        await stranger.WriteAsync($"everybody come: {crowd}");
        var plain = await stranger.WriteAsync($"good morning @{ana.Username}");
        var known = await friend.WriteAsync($"look at https://example.org/ @{ana.Username}");

        Assert.Equal([known, plain], await PostsAsync(ana));
        Assert.Equal(2, (int)(await ana.GetAsync("/notification/aside/")).Items.Single()!["count"]!);
        // The posts are where they are.
        Assert.Contains(link, (await ana.GetAsync("/post/")).Ids);

        // Whom somebody follows or has answered, and who is no more new, is no stranger in that sense.
        await pamps.ExecuteAsync(
            $"UPDATE \"user\" SET created_at = '2026-01-01 00:00:00' WHERE id = {stranger.Id}"
        );
        await stranger.WriteAsync($"https://example.org/2 @{ana.Username}");
        Assert.Equal([known, plain], await PostsAsync(ana));
        await others[0].WriteAsync("how nice", link);
        var trusted = await stranger.WriteAsync($"https://example.org/3 @{ana.Username}");
        Assert.Equal([trusted, known, plain], await PostsAsync(ana));

        // A link that an edit adds is no way around it; who has read of the post knows it.
        using var late = await pamps.RegisterAsync("late");
        var first = await late.WriteAsync($"hello @{ana.Username}");
        await ana.PostAsync(
            "/notification/read/",
            new { up_to = (long)(await ana.GetAsync("/notification/")).Items[0]!["id"]! }
        );
        var second = await late.WriteAsync($"hello again @{ana.Username}");
        using var stream = await LiveStream.OpenAsync(ana);
        foreach (var post in new[] { first, second })
        {
            await late.PatchAsync(
                $"/post/{post}/",
                new { text = $"hello @{ana.Username} https://example.org/4" }
            );
        }
        Assert.Equal([first, trusted, known, plain], await PostsAsync(ana));
        await stream.NextAsync("notification_gone");
        Assert.Equal(
            [second],
            (await ana.GetAsync($"/notification/aside/{late.Username}/")).Items.Select(x =>
                (long)x!["post"]!["id"]!
            )
        );
        // What has been there for a month goes.
        await pamps.ExecuteAsync(
            $"UPDATE notification_aside SET id = 7, date = '2026-01-01 00:00:00' WHERE post_id = {second}"
        );
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            stranger.Username,
            (string)(await ana.GetAsync("/notification/aside/")).Items.Single()!["user"]!["username"]!
        );
        others.ForEach(x => x.Dispose());
    }

    /// <summary>The next event of that kind: what happened just before a stream was opened may still come in it.</summary>
    private static async Task<List<string>> KindsAsync(Client client, string path) =>
        [.. (await client.GetAsync(path)).Items.Select(x => (string)x!["kind"]!)];

    private static async Task<List<long>> PostsAsync(Client client) =>
        [.. (await client.GetAsync("/notification/")).Items.Select(x => (long)x!["post"]!["id"]!)];
}
