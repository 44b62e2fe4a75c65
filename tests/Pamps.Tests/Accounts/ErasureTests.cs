using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Media;
using Pamps.Tests.Notifications;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>An account that takes longer to erase than who deletes it waits.</summary>
public sealed class ErasureTests
{
    /// <summary>Nobody waits, and few rows go at a time.</summary>
    private static readonly EraseOptions Impatient = new()
    {
        Patience = TimeSpan.Zero,
        JobDelay = TimeSpan.FromDays(1),
        Batch = 2,
    };

    private static Task<PampsServer> StartAsync(Database database, EraseOptions measures) =>
        PampsServer.StartAsync(database, services: x =>
        {
            TestJobs.Doing()(x);
            x.AddSingleton(measures);
        });

    private static async Task<long> RowsAsync(PampsServer pamps, Client of)
    {
        var rows = 0L;
        foreach (
            var which in new[]
            {
                $"post WHERE user_id = {of.Id}",
                $"\"like\" WHERE user_id = {of.Id}",
                $"bookmark WHERE user_id = {of.Id}",
                $"social WHERE \"from\" = {of.Id} OR \"to\" = {of.Id}",
                $"notification WHERE user_id = {of.Id} OR actor_id = {of.Id}",
                $"notification_aside WHERE user_id = {of.Id} OR actor_id = {of.Id}",
                $"notification_accepted WHERE user_id = {of.Id} OR actor_id = {of.Id}",
                $"notification_policy WHERE user_id = {of.Id}",
                $"audience WHERE user_id = {of.Id}",
                $"mention WHERE user_id = {of.Id}",
                $"block WHERE \"from\" = {of.Id} OR \"to\" = {of.Id}",
                $"mute WHERE \"from\" = {of.Id} OR \"to\" = {of.Id}",
                $"login WHERE user_id = {of.Id}",
                $"filter WHERE user_id = {of.Id}",
                $"account WHERE user_id = {of.Id}",
                $"idempotency WHERE user_id = {of.Id}",
            }
        )
        {
            rows += await pamps.ScalarAsync<long>($"SELECT count(*) FROM {which}");
        }
        return rows;
    }

    /// <summary>Somebody with some of everything, and a friend.</summary>
    private static async Task<(Client Leaver, Client Friend, List<long> Posts, long Kept)> LiveAsync(
        PampsServer pamps
    )
    {
        var leaver = await pamps.RegisterAsync("leaver");
        var friend = await pamps.RegisterAsync("friend");
        await leaver.PatchAsync("/user/me/", new { bio = "heliotrope" });
        await leaver.PatchAsync("/notification/policy/", new { not_followers = "aside" });
        await leaver.PostAsync("/filter/", new { title = "No more", context = new[] { "home" } });
        await leaver.PostAsync($"/user/follow/{friend.Id}/");
        await friend.PostAsync($"/user/follow/{leaver.Id}/");
        var kept = await friend.WriteAsync($"stays, says @{leaver.Username}");
        var posts = new List<long>();
        foreach (var visibility in new[] { "public", "unlisted", "followers", "direct" })
        {
            for (var i = 0; i < 3; i++)
            {
                var post = await leaver.PostAsync(
                    "/post/",
                    new { text = $"#chrysalis for @{friend.Username}, {visibility} {i}", visibility }
                );
                posts.Add((long)post["id"]!);
            }
        }
        posts.Add(await leaver.WriteAsync("an answer", kept));
        posts.Add(await leaver.WriteAsync("an answer to oneself", posts[0]));
        await friend.WriteAsync("an answer to the leaver", posts[0]);
        foreach (var post in posts.Append(kept))
        {
            await friend.PostAsync($"/post/{post}/like/");
            await leaver.PostAsync($"/post/{post}/like/");
            await leaver.PostAsync($"/post/{post}/bookmark/");
            await friend.PostAsync($"/post/{post}/bookmark/");
        }
        using var other = await pamps.RegisterAsync();
        await leaver.PostAsync($"/user/block/{other.Id}/");
        await leaver.PostAsync($"/user/mute/{friend.Id}/");
        return (leaver, friend, posts, kept);
    }

    [Theory, OnEachDatabase]
    public async Task Several_who_erase_an_account_at_once_count_each_row_once(Database database)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var pamps = await StartAsync(database, Impatient);
        for (var round = 0; round < 5; round++)
        {
            var (leaver, friend, _, kept) = await LiveAsync(pamps);
            for (var i = 0; i < 4; i++)
            {
                await leaver.UploadAsync(Stored.Unlike());
                // Of somebody else, so that a wrong count is not refused for being negative.
                await friend.WriteAsync("another answer", kept);
            }
            Assert.Equal(NoContent, (await leaver.DeleteAsync("/user/me/")).Status);

            await Task.WhenAll(
                Enumerable
                    .Range(0, 6)
                    .Select(_ => pamps.Get<EraseAccount>().RunAsync(leaver.Id, within: null, ct))
            );

            Assert.Equal(0, await RowsAsync(pamps, leaver));
            var findings = await pamps.Get<Verify>().RunAsync(repair: false, progress: null, ct);
            Assert.All(findings, x => Assert.Equal((x.Name, 0L), (x.Name, x.Broken)));
            leaver.Dispose();
            friend.Dispose();
        }
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_sees_an_account_that_is_still_being_erased(Database database)
    {
        await using var pamps = await StartAsync(database, Impatient);
        var (leaver, friend, posts, kept) = await LiveAsync(pamps);
        using var stranger = pamps.Anonymous();
        var name = leaver.Username;

        Assert.Equal(NoContent, (await leaver.DeleteAsync("/user/me/")).Status);
        Assert.Equal(
            posts.Count,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM post WHERE user_id = {leaver.Id}")
        );

        foreach (var viewer in new[] { friend, stranger })
        {
            foreach (var post in posts)
            {
                (await viewer.GetAsync($"/post/{post}/")).Refused(NotFound);
            }
            foreach (var path in new[] { $"/user/{name}/", $"/post/user/{name}/", $"/post/likes/{name}/" })
            {
                (await viewer.GetAsync(path)).Refused(NotFound);
            }
            foreach (var path in new[] { $"/@{name}", $"/@{name}.rss", $"/@{name}/{posts[0]}" })
            {
                Assert.Equal(NotFound, (await viewer.GetAsync(path)).Status);
            }
            Assert.DoesNotContain((await viewer.GetAsync("/post/?limit=100")).Ids, posts.Contains);
            Assert.DoesNotContain(leaver.Id, (await viewer.GetAsync("/user/?limit=100")).Ids);
            Assert.Empty((await viewer.GetAsync("/tag/chrysalis/")).Items);
            foreach (
                var query in new[]
                {
                    "chrysalis&type=post",
                    $"from:{name}&type=post",
                    "heliotrope&type=user",
                    $"{name}&type=user",
                    $"{name}&type=user&order=best",
                }
            )
            {
                var found = await viewer.GetAsync($"/search/?q={query}");
                Assert.DoesNotContain(found.Ids, x => x == leaver.Id || posts.Contains(x));
            }
            Assert.DoesNotContain(leaver.Id, (await viewer.GetAsync($"/post/{kept}/likes/")).Ids);
            foreach (var list in new[] { "followers", "following" })
            {
                Assert.Empty((await viewer.GetAsync($"/user/{friend.Username}/{list}/")).Items);
            }
        }
        Assert.DoesNotContain((await friend.GetAsync("/user/timeline/")).Ids, posts.Contains);
        Assert.Empty((await friend.GetAsync("/post/direct/")).Items);
        Assert.Equal([kept], (await friend.GetAsync("/post/bookmarks/")).Ids);
        Assert.Empty(await Told.OfAsync(friend));
        Assert.Equal(0, (int)(await friend.GetAsync("/notification/unread/"))["count"]!);
        foreach (var deed in new[] { "follow", "block", "mute" })
        {
            (await friend.PostAsync($"/user/{deed}/{leaver.Id}/")).Refused(NotFound);
        }
        (await friend.PostAsync($"/post/{posts[0]}/like/")).Refused(NotFound);
        (await friend.PostAsync("/post/", new { text = "too late", parent_id = posts[0] })).Blames(
            "parent_id"
        );
        (await leaver.TrySignInAsync(name, Client.DefaultPassword)).Refused(Unauthorized);
        await DeletionTests.NothingIsBrokenAsync(pamps);
    }

    [Theory, OnEachDatabase]
    public async Task What_is_left_is_erased_by_a_job_in_small_steps_that_keep_every_count_right(
        Database database
    )
    {
        await using var pamps = await StartAsync(database, Impatient with { JobDelay = TimeSpan.Zero });
        var (leaver, friend, _, kept) = await LiveAsync(pamps);

        Assert.Equal(NoContent, (await leaver.DeleteAsync("/user/me/")).Status);
        while (await RowsAsync(pamps, leaver) > 0)
        {
            await DeletionTests.NothingIsBrokenAsync(pamps);
        }

        await TestJobs.UntilAsync(async () => await pamps.JobsAsync("kind = 'erase-account'") == 0);
        await DeletionTests.NothingIsBrokenAsync(pamps);
        var post = await friend.GetAsync($"/post/{kept}/");
        Assert.Equal((1, 0), ((long)post["likes_count"]!, (long)post["replies_count"]!));
        Assert.Equal(
            1,
            await pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM \"user\" WHERE id = {leaver.Id} AND bio IS NULL AND followers_count = 0"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task The_name_stays_taken_for_a_while_and_the_address_does_not(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var leaver = await pamps.RegisterAsync();
        Task<Answer> RegisterAsync(string username, string email) =>
            leaver.PostAsync(
                "/user/",
                new
                {
                    username,
                    email,
                    password = Client.DefaultPassword,
                }
            );
        Assert.Equal(NoContent, (await leaver.DeleteAsync("/user/me/")).Status);

        var heir = await RegisterAsync(leaver.Username.ToUpperInvariant(), "heir@example.org");
        heir.Refused(Conflict);
        Assert.Equal(Created, (await RegisterAsync("another", leaver.Email)).Status);
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        (await RegisterAsync(leaver.Username, "heir@example.org")).Refused(Conflict);

        pamps.Options.Security.DeletedNameDays = 0;
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Created, (await RegisterAsync(leaver.Username, "heir@example.org")).Status);
    }
}
