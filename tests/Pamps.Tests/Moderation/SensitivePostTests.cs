using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Media;
using Pamps.Tests.Streaming;
using Pamps.Tests.WebClient;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Moderation;

/// <summary>Posts whose pictures are covered until somebody wants to see them.</summary>
public sealed class SensitivePostTests
{
    [Theory, OnEachDatabase]
    public async Task An_author_covers_and_uncovers_what_a_post_shows_wherever_it_is_drawn(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var other = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var picture = await ana.UploadAsync(Pictures.Of("png"), description: "A gull");
        var file = (string)picture["url"]!;
        var body = new
        {
            text = "Look away",
            media_ids = new[] { (long)picture["id"]! },
            sensitive = true,
        };
        var made = await ana.PostAsync("/post/", body);
        Assert.True((bool)made["sensitive"]!, made.Body);
        var (id, path) = ((long)made["id"]!, $"/@{ana.Username}/{made["id"]}");
        Assert.True((bool)(await anyone.GetAsync($"/post/{id}/"))["sensitive"]!);
        Assert.False((bool)(await ana.PostAsync("/post/", new { text = "plain" }))["sensitive"]!);

        var page = (await anyone.VisitAsync(path)).Body;
        Assert.DoesNotContain(
            $"property=\"og:image\" content=\"{pamps.Address}",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("content=\"summary\"", page, StringComparison.Ordinal);
        foreach (var drawn in new[] { page, (await anyone.VisitAsync($"{path}/embed")).Body })
        {
            Assert.Contains(
                "<details class=\"covered\" data-v-postpictures><summary data-v-postpictures>Sensitive, tap to see</summary>",
                drawn,
                StringComparison.Ordinal
            );
        }
        foreach (var kind in new[] { "rss", "atom" })
        {
            var feed = (await anyone.GetAsync($"/@{ana.Username}.{kind}")).Body;
            Assert.Contains("[sensitive] A gull", feed, StringComparison.Ordinal);
            Assert.DoesNotContain("img src", feed, StringComparison.Ordinal);
        }

        (await other.PatchAsync($"/post/{id}/", new { text = "x", sensitive = false })).Refused(Forbidden);
        var edited = await ana.PatchAsync($"/post/{id}/", new { text = "Look" });
        Assert.True((bool)edited["sensitive"]!);
        edited = await ana.PatchAsync($"/post/{id}/", new { text = "Look", sensitive = false });
        Assert.False((bool)edited["sensitive"]!);
        page = (await anyone.VisitAsync(path)).Body;
        Assert.DoesNotContain("<details", page, StringComparison.Ordinal);
        Assert.Contains(
            $"property=\"og:image\" content=\"{new Uri(pamps.Address, file)}",
            page,
            StringComparison.Ordinal
        );
        (await ana.PostAsync("/post/", new { text = "x", sensitive = "perhaps" })).Refused(
            UnprocessableEntity
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_moderator_covers_what_posts_show_until_that_is_undone_or_an_appeal_is_right(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var ana = await pamps.RegisterNamedAsync("ana");
        var (first, second) = (await ana.WriteAsync("first"), await ana.WriteAsync("second"));
        var notTheirs = await moderator.WriteAsync("mine");

        (await ana.ActAsync(moderator, "mark_sensitive", posts: notTheirs)).Refused(Forbidden);
        (await moderator.ActAsync(ana, "mark_sensitive")).Blames("posts");
        (await moderator.ActAsync(ana, "mark_sensitive", posts: notTheirs)).Refused(NotFound);
        (await moderator.ActAsync(ana, "unmark_sensitive", posts: first)).Refused(Conflict);
        using var stream = await LiveStream.OpenAsync(ana);
        var marked = await Together.AtOnceAsync(() =>
            moderator.ActAsync(ana, "mark_sensitive", "gulls", posts: [first, second])
        );
        marked.Split(1, OK, others: Conflict);
        // Who looks at them hears of it.
        foreach (var id in new[] { first, second })
        {
            var heard = await stream.NextAsync("edit");
            Assert.Equal(id, (long)heard.Json["id"]!);
            Assert.True((bool)heard.Json["sensitive"]!);
        }
        var notice = (await ana.GetAsync("/user/me/notices/")).Items.Single()!;
        Assert.Equal(("mark_sensitive", "gulls"), ((string)notice["action"]!, (string)notice["message"]!));
        // Their author says what they like.
        var edited = await ana.PatchAsync($"/post/{first}/", new { text = "again", sensitive = false });
        Assert.True((bool)edited["sensitive"]!);
        await AreCoveredAsync(true, true);
        Assert.Equal(OK, (await moderator.ActAsync(ana, "unmark_sensitive", posts: [first, second])).Status);
        await AreCoveredAsync(false, false);

        var deed = (long)(await moderator.ActAsync(ana, "mark_sensitive", posts: first))["id"]!;
        Assert.Equal(OK, (await moderator.ActAsync(ana, "mark_sensitive", posts: [first, second])).Status);
        await ana.PostAsync($"/user/me/notices/{deed}/appeal/", new { text = "It is a gull" });
        var closed = await moderator.PostAsync(
            $"/moderation/appeal/{deed}/close/",
            new { outcome = "accepted" }
        );
        Assert.Equal(NoContent, closed.Status);
        // The second was covered by another deed.
        await AreCoveredAsync(false, true);
        Assert.Equal(
            6,
            await pamps.ScalarAsync<long>(
                "SELECT sum(count) FROM security_event WHERE kind IN ('post_covered', 'post_uncovered')"
            )
        );

        // Of posts that not everybody sees those hear who would of an edit.
        foreach (var visibility in new[] { "followers", "direct" })
        {
            var post = await ana.PostAsync(
                "/post/",
                new { text = $"psst @{moderator.Username}", visibility }
            );
            var id = (long)post["id"]!;
            using var theirs = await LiveStream.OpenAsync(ana);
            Assert.Equal(OK, (await moderator.ActAsync(ana, "mark_sensitive", posts: id)).Status);
            await theirs.NextAsync("edit", id);
            var audience = await pamps.ScalarAsync<string>(
                $"SELECT COALESCE(audience, 'followers') FROM event WHERE subject_id = {id} ORDER BY id DESC LIMIT 1"
            );
            string[] told = visibility == "followers" ? ["followers"] : [$"{ana.Id}", $"{moderator.Id}"];
            Assert.Equal(told.Order(), audience.Split(',', StringSplitOptions.RemoveEmptyEntries).Order());
        }

        async Task AreCoveredAsync(params bool[] expected)
        {
            var posts = (await ana.GetAsync("/post/user/ana/")).Items;
            Assert.Equal(expected, posts.Select(x => (bool)x!["sensitive"]!));
        }
    }
}
