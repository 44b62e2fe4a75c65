using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Moderation;

/// <summary>Who reports whom, and who reads it.</summary>
public sealed class ReportTests
{
    [Theory, OnEachDatabase]
    public async Task A_report_keeps_posts_as_they_were_and_moderators_alone_read_it(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var ana = await pamps.RegisterNamedAsync("ana");
        using var beto = await pamps.RegisterNamedAsync("beto");
        using var anyone = pamps.Anonymous();
        var (edited, deleted) = (await beto.WriteAsync("as it was"), await beto.WriteAsync("gone soon"));
        var hidden = await beto.PostAsync("/post/", new { text = "not for ana", visibility = "direct" });
        var others = await ana.WriteAsync("ana's own");

        (await anyone.PostAsync("/report/", new { username = "beto" })).Refused(Unauthorized);
        (await ana.PostAsync("/report/", new { username = "nobody_here" })).Refused(NotFound);
        (await ana.PostAsync("/report/", new { })).Refused(NotFound);
        (await ana.PostAsync("/report/", new { username = "ana" })).Blames("username");
        (await ana.PostAsync("/report/", new { username = "beto", category = "x" })).Blames("category");
        (
            await ana.PostAsync(
                "/report/",
                new
                {
                    username = "beto",
                    text = new string('x', 1001),
                    posts = Enumerable.Range(1, 11),
                }
            )
        ).Blames("posts", "text");
        foreach (var post in new[] { (long)hidden["id"]!, others, 1L })
        {
            var refused = await ana.PostAsync(
                "/report/",
                new { username = "beto", posts = new[] { edited, post } }
            );
            Assert.Equal("post_not_found", (string)refused["code"]!);
        }
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM report"));

        var report = new
        {
            username = "Beto",
            category = "spam",
            text = " the same again ",
            posts = new[] { edited, deleted },
        };
        var made = await Together.AtOnceAsync(() => ana.PostAsync("/report/", report));
        made.Split(1, Created, others: OK);
        var id = Assert.Single(made.Select(x => (long)x["id"]!).Distinct());
        await beto.PatchAsync($"/post/{edited}/", new { text = "as it is now" });
        await beto.DeleteAsync($"/post/{deleted}/");

        foreach (
            var path in new[] { "/moderation/report/", $"/moderation/report/{id}/", "/moderation/user/beto/" }
        )
        {
            (await anyone.GetAsync(path)).Refused(Unauthorized);
            Assert.Equal("moderators_only", (string)(await ana.GetAsync(path))["code"]!);
            Assert.Equal(OK, (await moderator.GetAsync(path)).Status);
        }
        var listed = (await moderator.GetAsync("/moderation/report/")).Items.Single()!;
        Assert.Equal(
            ("beto", "ana"),
            ((string)listed["user"]!["username"]!, (string)listed["reporter"]!["username"]!)
        );
        Assert.Equal(("spam", "the same again"), ((string)listed["category"]!, (string)listed["text"]!));
        Assert.Equal(2, (int)listed["posts_count"]!);
        var whole = await moderator.GetAsync($"/moderation/report/{id}/");
        Assert.Equal(
            [("as it was", true), ("gone soon", false)],
            whole["posts"]!.AsArray().Select(x => ((string)x!["text"]!, (bool)x["exists"]!))
        );
        Assert.Equal(1, (int)whole["person"]!["open_reports"]!);

        // Closed once; then the same may be reported anew.
        var path1 = $"/moderation/report/{id}/close/";
        (await ana.PostAsync(path1, new { outcome = "dismissed" })).Refused(Forbidden);
        (await moderator.PostAsync(path1, new { outcome = "x" })).Blames("outcome");
        (await moderator.PostAsync("/moderation/report/1/close/", new { outcome = "resolved" })).Refused(
            NotFound
        );
        var closed = await Together.AtOnceAsync(() =>
            moderator.PostAsync(path1, new { outcome = "dismissed" })
        );
        closed.Split(1, NoContent, others: Conflict);
        Assert.Empty((await moderator.GetAsync("/moderation/report/")).Items);
        var old = (await moderator.GetAsync("/moderation/report/?closed=true")).Items.Single()!;
        Assert.Equal(("dismissed", moderator.Username), ((string)old["outcome"]!, (string)old["closed_by"]!));
        Assert.Equal(Created, (await ana.PostAsync("/report/", new { username = "beto" })).Status);

        // Who has left is in no queue, and who reported is forgotten.
        Assert.Equal(NoContent, (await boss.DeleteAsync("/user/ana/")).Status);
        Assert.Null((await moderator.GetAsync("/moderation/report/")).Items.Single()!["reporter"]);
        Assert.Equal(NoContent, (await boss.DeleteAsync("/user/beto/")).Status);
        Assert.Empty((await moderator.GetAsync("/moderation/report/")).Items);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM report_post"));
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_reported_does_not_see_by_whom_and_who_is_blocked_may_report(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var ana = await pamps.RegisterAsync();
        await moderator.PostAsync($"/user/block/{ana.Username}/");
        var report = await ana.PostAsync("/report/", new { username = moderator.Username });
        Assert.Equal(Created, report.Status);

        Assert.Empty((await moderator.GetAsync("/moderation/report/")).Items);
        (await moderator.GetAsync($"/moderation/report/{report["id"]}/")).Refused(NotFound);
        Assert.Single((await boss.GetAsync("/moderation/report/")).Items);
        var warned = await boss.ActAsync(moderator, "warn", "be kind", report: (long)report["id"]!);
        Assert.Equal(OK, warned.Status);
        var path = $"/moderation/user/{moderator.Username}/action/";
        var own = (await moderator.GetAsync(path)).Items.Single()!;
        Assert.Equal((null, null), ((string?)own["by"], (long?)own["report_id"]));
        Assert.NotNull((await boss.GetAsync(path)).Items.Single()!["by"]);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_acts_on_who_does_not_stand_below_them(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var other = await pamps.RegisterModeratorAsync(boss);
        using var owner = await pamps.RegisterSuperuserAsync();
        await pamps.ExecuteAsync($"UPDATE account SET role = 3 WHERE user_id = {owner.Id}");
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();

        Assert.Equal("moderators_only", (string)(await ana.ActAsync(beto, "silence"))["code"]!);
        (Client By, Client On)[] refused =
        [
            (moderator, moderator),
            (moderator, other),
            (moderator, boss),
            (boss, boss),
            (boss, owner),
        ];
        foreach (var (by, on) in refused)
        {
            Assert.Equal("not_below_you", (string)(await by.ActAsync(on, "suspend"))["code"]!);
        }
        Assert.Equal(OK, (await boss.ActAsync(other, "silence")).Status);
        Assert.Equal(OK, (await moderator.ActAsync(ana, "silence")).Status);

        // Roles: nobody but an owner touches owners; moderators give none.
        (await moderator.PatchAsync($"/user/{ana.Username}/", new { role = "moderator" })).Refused(Forbidden);
        (await boss.PatchAsync($"/user/{ana.Username}/", new { role = "king" })).Blames("role");
        foreach (
            var (on, body) in new (Client, object)[]
            {
                (owner, new { role = "member" }),
                (owner, new { active = false }),
                (ana, new { role = "owner" }),
            }
        )
        {
            var answer = await boss.PatchAsync($"/user/{on.Username}/", body);
            Assert.Equal("not_below_you", (string)answer["code"]!);
        }
        (await boss.DeleteAsync($"/user/{owner.Username}/")).Refused(Forbidden);
        var post = await owner.WriteAsync("stays");
        (await boss.DeleteAsync($"/post/{post}/")).Refused(Forbidden);
        Assert.Equal(NoContent, (await owner.DeleteAsync($"/post/{await boss.WriteAsync("goes")}/")).Status);
        (await boss.PostAsync($"/user/{owner.Username}/password/token/", new { })).Refused(Forbidden);
        Assert.Equal("owner", (string)(await owner.GetAsync("/user/me/"))["role"]!);
        var admin = await owner.PatchAsync($"/user/{ana.Username}/", new { role = "admin" });
        Assert.True((bool)admin["superuser"]!);
        Assert.Equal("admin", (string)(await ana.GetAsync("/user/me/"))["role"]!);
        Assert.Equal(OK, (await owner.ActAsync(boss, "warn", "be kind")).Status);
        // A version that knows no roles makes an ordinary user of a moderator's row, and an admin of any.
        await pamps.ExecuteAsync($"UPDATE account SET superuser = true WHERE user_id = {other.Id}");
        Assert.Equal("admin", (string)(await boss.PatchAsync($"/user/{other.Username}/", new { }))["role"]!);
    }
}
