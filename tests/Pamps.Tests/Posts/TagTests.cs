using System.Net;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Posts;

/// <summary>GET /tag/{name}/ and GET /tag/?q=.</summary>
public sealed class TagTests
{
    [Theory, OnEachDatabase]
    public async Task A_tag_lists_its_posts_and_replies_newest_first_in_whatever_way_it_is_written(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var tag = $"É_{Guid.NewGuid():N}ς";
        var first = await author.WriteAsync($"one #{tag}");
        var reply = await other.WriteAsync($"two #{tag.ToUpperInvariant()}, #{tag}", first);
        await other.WriteAsync($"not that one: #{tag}b a#{tag} {tag}");
        var last = await other.WriteAsync($"#{tag.Normalize(System.Text.NormalizationForm.FormD)}");

        string[] names =
        [
            tag,
            tag.ToLowerInvariant(),
            $"#{tag}",
            tag.Normalize(System.Text.NormalizationForm.FormD),
        ];
        foreach (var name in names)
        {
            foreach (var slash in new[] { "", "/" })
            {
                var list = await anyone.GetAsync($"/tag/{Uri.EscapeDataString(name)}{slash}");
                Assert.Equal(HttpStatusCode.OK, list.Status);
                Assert.Equal([last, reply, first], list.Ids);
            }
        }
        await author.PostAsync($"/post/{reply}/like/");
        var mine = await author.GetAsync($"/tag/{Uri.EscapeDataString(tag)}/");
        Assert.Equal([false, true, false], mine.Items.Select(x => (bool)x!["liked"]!));

        await other.PatchAsync($"/post/{reply}/", new { text = "without" });
        await other.DeleteAsync($"/post/{last}/");
        Assert.Equal([first], (await anyone.GetAsync($"/tag/{Uri.EscapeDataString(tag)}/")).Ids);
    }

    [Theory, OnEachDatabase]
    public async Task What_nobody_used_or_is_no_tag_is_an_empty_list(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        string[] names =
        [
            "nobody_used_this",
            "2026",
            "a b",
            "a-b",
            "\u0001",
            "\uFFFE",
            "%",
            new string('a', 101),
        ];
        foreach (var name in names)
        {
            var list = await anyone.GetAsync($"/tag/{Uri.EscapeDataString(name)}/");
            Assert.Equal(HttpStatusCode.OK, list.Status);
            Assert.Empty(list.Items);
            Assert.Null(list.Header("Link"));
        }
        Assert.Empty((await anyone.GetAsync("/tag/%ED%A0%80%FF/")).Items);
        (await anyone.GetAsync("/tag/a/?limit=0")).Refused(HttpStatusCode.UnprocessableEntity);
        (await anyone.GetAsync("/tag/a/?before=x")).Refused(HttpStatusCode.UnprocessableEntity);
    }

    [Theory, OnEachDatabase]
    public async Task A_completion_gives_each_tag_that_begins_so_once_and_ten_at_most(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var start = $"c{Guid.NewGuid():N}";
        // In the order of code points, which no language's own order is.
        string[] tags = ["", "0", "_", "a", "b", "é", "ω", "猫", "猫猫", "𐐨", "𐐩"];
        foreach (var tag in tags.Reverse())
        {
            await author.WriteAsync($"#{start}{tag} and #{start.ToUpperInvariant()}{tag}");
            await author.WriteAsync($"#{start}{tag}");
        }
        await author.WriteAsync($"#{start[..^1]}");

        var expected = tags.Select(x => start + x).ToList();
        Assert.Equal(expected[..10], await CompleteAsync(anyone, start));
        Assert.Equal(expected[..10], await CompleteAsync(anyone, "#" + start.ToUpperInvariant()));
        Assert.Equal(expected[7..9], await CompleteAsync(anyone, start + "猫"));
        Assert.Equal(expected[5..6], await CompleteAsync(anyone, start + "E\u0301"));
        Assert.Equal(expected[^1..], await CompleteAsync(anyone, start + "𐐁"));
        Assert.Empty(await CompleteAsync(anyone, start + "z"));
        Assert.Empty(await CompleteAsync(anyone, start + " "));
        Assert.Empty(await CompleteAsync(anyone, start + "%"));
        Assert.Empty(await CompleteAsync(anyone, "\0"));
        Assert.Equal(10, (await CompleteAsync(anyone, "")).Count);
    }

    [Theory, OnEachDatabase]
    public async Task Without_a_beginning_those_are_listed_that_most_people_used_lately(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
        {
            TestJobs.Without(x);
            time.Use(x);
        });
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var loud = await pamps.RegisterAsync();
        using var gone = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        await ana.WriteAsync("#mate #rain");
        await ana.WriteAsync("#rain #rain again");
        await beto.WriteAsync("#Mate #gulls");
        await ana.PostAsync("/post/", new { text = "#secret", visibility = "followers" });
        await ana.PostAsync("/post/", new { text = "#unlisted", visibility = "unlisted" });
        await loud.WriteAsync("#mate #loud");
        await gone.WriteAsync("#rain #gone");
        await pamps.ExecuteAsync($"UPDATE \"user\" SET silenced_at = created_at WHERE id = {loud.Id}");
        await gone.DeleteAsync("/user/me/");

        // Of the others one person is told of, however often they write it.
        Assert.Equal(["mate"], await InUseAsync());

        // What was found is told for five minutes, however many ask.
        await beto.WriteAsync("#rain");
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(["mate"], await InUseAsync());
        time.Advance(TimeSpan.FromMinutes(2));
        // While the first one has it looked up, the others would still hear what was found before.
        await anyone.GetAsync("/tag/");
        Assert.Equal(["rain", "mate"], await InUseAsync());

        async Task<IReadOnlyList<string>> InUseAsync()
        {
            var answers = await Together.AtOnceAsync(_ => anyone.GetAsync("/tag/"));
            Assert.Single(answers.Select(x => x.Body).Distinct());
            return [.. answers[0].Items.Select(x => (string)x!["tag"]!)];
        }
    }

    private static async Task<IReadOnlyList<string>> CompleteAsync(Client client, string start)
    {
        var answer = await client.GetAsync($"/tag/?q={Uri.EscapeDataString(start)}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. answer.Items.Select(x => (string)x!["tag"]!)];
    }
}
