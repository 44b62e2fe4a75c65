using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Moderation;

/// <summary>Warned, silenced, suspended, restored, and what all others then see.</summary>
public sealed class SuspensionTests
{
    [Theory, OnEachDatabase]
    public async Task Who_reads_why_with_a_second_factor_is_asked_for_a_code_and_told_that_one_is_wrong(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var ana = await pamps.RegisterNamedAsync("ana");
        var (app, _) = await AuthenticatorApp.SetUpAsync(ana, time);
        await boss.SignInAsync();
        Assert.Equal(OK, (await boss.ActAsync(ana, "suspend", "enough")).Status);

        Assert.Equal("second_factor_needed", await RefusedAsync(null));
        Assert.Equal("wrong_second_factor", await RefusedAsync(app.Wrong()));
        Assert.Equal("enough", (string)(await AskAsync(app.Next()))["message"]!);

        async Task<string> RefusedAsync(string? otp)
        {
            var answer = await AskAsync(otp);
            answer.Refused(Unauthorized);
            return (string)answer["code"]!;
        }

        Task<Answer> AskAsync(string? otp) =>
            boss.PostAsync(
                "/user/suspension/",
                new
                {
                    username = "ana",
                    password = Client.DefaultPassword,
                    otp,
                }
            );
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_suspended_is_gone_for_all_at_once_and_back_when_restored(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: time.Use);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var ana = await pamps.RegisterNamedAsync("ana");
        using var beto = await pamps.RegisterNamedAsync("beto");
        using var anyone = pamps.Anonymous();
        var theirs = await ana.WriteAsync("by ana #pampas");
        var post = await beto.WriteAsync("by beto #pampas findable");
        var reply = await beto.WriteAsync("answers @ana", theirs);
        await beto.PostAsync($"/post/{theirs}/like/", new { });
        await beto.PostAsync("/user/follow/ana/", new { });
        await ana.PostAsync("/user/follow/beto/", new { });
        var only = (long)
            (await beto.PostAsync("/post/", new { text = "for followers", visibility = "followers" }))["id"]!;
        var before = await SeenAsync();
        Assert.Equal(new[] { theirs, post, reply, only }.Order(), before);

        (await moderator.ActAsync(beto, "restore")).Refused(Conflict);
        (await moderator.ActAsync(beto, "dance")).Blames("action");
        (await moderator.ActAsync(beto, "suspend", new string('x', 1001))).Blames("message");
        (await moderator.ActAsync(beto, "suspend", posts: post)).Blames("posts");
        (await moderator.ActAsync(beto, "suspend", report: 1)).Refused(NotFound);
        var report = (long)
            (await ana.PostAsync("/report/", new { username = "beto", posts = new[] { post } }))["id"]!;
        using var stream = await LiveStream.OpenAsync(beto);
        var acted = await Together.AtOnceAsync(() => moderator.ActAsync(beto, "suspend", "no more", report));
        acted.Split(1, OK, others: Conflict);

        // It ends, behind what happened before.
        while (await stream.NextAsync() is not null) { }
        (await beto.GetAsync("/user/me/")).Refused(Unauthorized);
        (await beto.PostAsync("/refresh_token", new { refresh_token = beto.RefreshToken })).Refused(
            Unauthorized
        );
        var signIn = await beto.TrySignInAsync("beto", Client.DefaultPassword);
        Assert.Equal((Forbidden, "account_suspended"), (signIn.Status, (string)signIn["code"]!));
        (await beto.TrySignInAsync("beto", "not it at all")).Refused(Unauthorized);
        Assert.Equal([theirs], await SeenAsync());
        (await anyone.GetAsync($"/post/{post}/")).Refused(NotFound);
        foreach (var client in new[] { anyone, ana, moderator, boss })
        {
            (await client.GetAsync("/user/beto/")).Refused(NotFound);
            Assert.DoesNotContain("beto", (await client.GetAsync("/user/")).Body, StringComparison.Ordinal);
            Assert.Empty((await client.GetAsync("/user/ana/followers/")).Items);
            Assert.Empty((await client.GetAsync($"/post/{theirs}/likes/")).Items);
        }
        Assert.Empty((await ana.GetAsync("/notification/")).Items);
        Assert.Equal(0, (int)(await ana.GetAsync("/notification/unread/"))["count"]!);
        // The report is done with, and the person is still found by moderators, who see what was reported.
        Assert.Empty((await moderator.GetAsync("/moderation/report/")).Items);
        var whole = await moderator.GetAsync($"/moderation/report/{report}/");
        Assert.Equal("resolved", (string)whole["report"]!["outcome"]!);
        Assert.NotNull(whole["person"]!["erase_at"]);
        Assert.Equal(
            ("suspend", "no more"),
            ((string)whole["history"]![0]!["action"]!, (string)whole["history"]![0]!["message"]!)
        );
        // What ana has to do with beto she may still end.
        Assert.Equal(NoContent, (await ana.DeleteAsync("/user/follow/beto/")).Status);

        Assert.Equal(OK, (await moderator.ActAsync(beto, "restore")).Status);
        Assert.Equal(before.Where(x => x != only), await SeenAsync());
        await beto.SignInAsync();
        Assert.True((bool)(await beto.GetAsync("/user/me/"))["has_notices"]!);
        var notices = (await beto.GetAsync("/user/me/notices/")).Items;
        Assert.Equal(["restore", "suspend"], notices.Select(x => (string)x!["action"]!));
        Assert.All(notices, x => Assert.Null(x!["by"]));
        Assert.Empty((await ana.GetAsync("/user/me/notices/")).Items);
        await beto.PostAsync("/user/me/notices/seen/", new { up_to = (long)notices[0]!["id"]! });
        Assert.False((bool)(await beto.GetAsync("/user/me/"))["has_notices"]!);
        var hidden = await pamps.ScalarAsync<long>("SELECT count(*) FROM post WHERE visibility > 3");
        Assert.Equal(0, hidden);

        // Suspended again, and nobody restores them within 30 days.
        Assert.Equal(OK, (await moderator.ActAsync(beto, "suspend")).Status);
        var sweep = pamps.Services.GetRequiredService<Sweep>();
        time.Advance(TimeSpan.FromDays(29));
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            2 + 1,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM post WHERE user_id = {beto.Id}")
        );
        time.Advance(TimeSpan.FromDays(2));
        await sweep.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM post WHERE user_id = {beto.Id}")
        );
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM moderation"));
        Assert.Equal(
            1,
            await pamps.ScalarAsync<long>(
                "SELECT count(*) FROM security_event WHERE kind = 'account_deleted'"
            )
        );
        Assert.Equal(0, await pamps.ScalarAsync<long>($"SELECT replies_count FROM post WHERE id = {theirs}"));

        // All posts that anybody comes by, wherever.
        async Task<List<long>> SeenAsync()
        {
            var seen = new List<long>();
            foreach (var client in new[] { anyone, ana, moderator })
            {
                foreach (
                    var path in new[]
                    {
                        "/post/",
                        "/search/?q=findable",
                        "/search/?q=findable&order=best",
                        "/tag/pampas/",
                        $"/post/{theirs}/replies/",
                    }
                )
                {
                    var answer = await client.GetAsync(path);
                    Assert.Equal(OK, answer.Status);
                    seen.AddRange(answer.Ids);
                }
            }
            seen.AddRange((await ana.GetAsync("/user/timeline/")).Ids);
            return [.. seen.Distinct().Order()];
        }
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_silenced_is_found_by_followers_alone(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var ana = await pamps.RegisterNamedAsync("ana");
        using var fan = await pamps.RegisterNamedAsync("fan");
        using var beto = await pamps.RegisterNamedAsync("beto");
        using var anyone = pamps.Anonymous();
        await fan.PostAsync("/user/follow/beto/", new { });
        var theirs = await ana.WriteAsync("by ana");
        var post = await beto.WriteAsync("findable #pampas");
        var reply = await beto.WriteAsync("an answer", theirs);

        Assert.Equal(OK, (await moderator.ActAsync(beto, "silence", "for a while")).Status);

        foreach (var (client, finds) in new[] { (anyone, false), (ana, false), (fan, true), (beto, true) })
        {
            Assert.Equal(finds, (await client.GetAsync("/post/")).Ids.Contains(post));
            Assert.Equal(finds, (await client.GetAsync("/search/?q=findable")).Ids.Contains(post));
            Assert.Equal(finds, (await client.GetAsync("/search/?q=findable&order=best")).Ids.Contains(post));
            Assert.Equal(finds, (await client.GetAsync("/tag/pampas/")).Ids.Contains(post));
            Assert.Equal(finds, (await client.GetAsync($"/post/{theirs}/replies/")).Ids.Contains(reply));
            Assert.Equal(finds, (await client.GetAsync("/user/")).Ids.Contains(beto.Id));
            Assert.Equal(finds, (await client.GetAsync("/search/?q=beto&type=user")).Ids.Contains(beto.Id));
            // Whoever comes to them sees them.
            Assert.Equal(OK, (await client.GetAsync($"/post/{post}/")).Status);
            Assert.Contains(post, (await client.GetAsync("/post/user/beto/")).Ids);
        }
        Assert.Contains(post, (await fan.GetAsync("/user/timeline/")).Ids);

        Assert.Equal(OK, (await moderator.ActAsync(beto, "unsilence")).Status);
        Assert.Contains(post, (await anyone.GetAsync("/post/")).Ids);

        // Posts are deleted by themselves, too; what is gone already is passed over.
        (await moderator.ActAsync(beto, "delete_posts")).Blames("posts");
        (await moderator.ActAsync(beto, "delete_posts", posts: theirs)).Refused(NotFound);
        (await moderator.ActAsync(beto, "warn")).Blames("message");
        Assert.Equal(OK, (await moderator.ActAsync(beto, "delete_posts", posts: [post, 1])).Status);
        (await anyone.GetAsync($"/post/{post}/")).Refused(NotFound);
        var kinds = await pamps.ScalarAsync<long>(
            "SELECT count(DISTINCT kind) FROM security_event WHERE kind IN ('account_silenced', 'account_unsilenced', 'post_removed')"
        );
        Assert.Equal(3, kinds);
    }
}
