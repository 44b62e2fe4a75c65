using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;
using Pamps.Tests.Search;

namespace Pamps.Tests.Visibility;

/// <summary>What a search lets somebody know beyond the posts that it shows.</summary>
public sealed class HiddenSearchTests
{
    private const string Last = "9007199254740991";

    [Theory, OnEachDatabase]
    public async Task A_search_tells_nobody_but_the_author_that_a_hidden_post_has_the_word(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var friend = await pamps.RegisterAsync("friend");
        using var anyone = pamps.Anonymous();
        var word = SearchTests.NewWord();
        foreach (var visibility in new[] { "unlisted", "followers", "direct" })
        {
            await WriteAsync(ana, $"{word} #{word} @{friend.Username}", visibility);
        }
        var edited = await WriteAsync(ana, "something else", "direct");
        await ana.PatchAsync($"/post/{edited}/", new { text = $"{word} after all" });
        await AssertHiddenAsync();

        // The words made anew are those that were written.
        await pamps
            .Services.GetRequiredService<IndexTexts>()
            .RunAsync(all: true, progress: null, TestContext.Current.CancellationToken);
        await AssertHiddenAsync();

        async Task AssertHiddenAsync()
        {
            foreach (var client in new[] { friend, anyone })
            {
                foreach (
                    var query in new[]
                    {
                        word,
                        $"from:{ana.Username} {word}",
                        $"%23{word}",
                        $"\"{word} {word}\"",
                        $"{word[..4]}*",
                    }
                )
                {
                    foreach (
                        var cursor in new[]
                        {
                            "",
                            "&after=1",
                            $"&after={Last}",
                            $"&before={Last}",
                            "&before=1",
                        }
                    )
                    {
                        var found = await client.GetAsync($"/search/?q={query}&limit=1{cursor}");
                        Assert.Empty(found.Ids);
                        Assert.Null(found.Header("Link"));
                    }
                }
            }
            Assert.Equal(4, (await SearchTests.FindAsync(ana, word)).Count);
            Assert.Equal(4, (await SearchTests.FindAsync(ana, $"from:{ana.Username} {word}")).Count);
            Assert.Equal(3, (await SearchTests.FindAsync(ana, $"{word} -after")).Count);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_tag_that_only_hidden_posts_have_completes_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var tag = SearchTests.NewWord();
        foreach (var visibility in new[] { "unlisted", "followers", "direct" })
        {
            await WriteAsync(ana, $"#{tag}a #{tag}b", visibility);
        }
        await WriteAsync(ana, $"#{tag}b #{tag}c", "public");

        var found = (await ana.GetAsync($"/tag/?q={tag}")).Items.Select(x => (string)x!["tag"]!);
        Assert.Equal([$"{tag}b", $"{tag}c"], found);
    }

    [Theory, OnEachDatabase]
    public async Task A_search_goes_on_behind_posts_and_people_that_are_not_shown(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var loud = await pamps.RegisterAsync("loud");
        using var reader = await pamps.RegisterAsync("reader");
        var word = SearchTests.NewWord();
        await loud.PatchAsync("/user/me/", new { bio = word });
        await ana.PatchAsync("/user/me/", new { bio = word });
        var wanted = await WriteAsync(ana, word, "public");
        for (var i = 0; i < 3; i++)
        {
            await WriteAsync(loud, word, "public");
            await WriteAsync(loud, word, "direct");
        }
        await reader.PostAsync($"/user/mute/{loud.Username}/");
        Assert.Equal([wanted], await WalkAsync(reader, $"/search/?q={word}&limit=1"));

        await reader.PostAsync($"/user/block/{loud.Username}/");
        Assert.Equal([wanted], await WalkAsync(reader, $"/search/?q={word}&limit=1"));
        Assert.Equal([ana.Id], await WalkAsync(reader, $"/search/?q={word}&limit=1&type=user&order=newest"));
        Assert.Equal([ana.Id], await WalkAsync(reader, $"/search/?q={word}&limit=1&type=user&order=oldest"));
    }

    /// <summary>All that the pages hold, one after the other.</summary>
    private static async Task<List<long>> WalkAsync(Client client, string? path)
    {
        var found = new List<long>();
        for (var pages = 0; path is not null; pages++)
        {
            Assert.True(pages < 20, "The pages do not end.");
            var page = await client.GetAsync(path);
            found.AddRange(page.Ids);
            path = page.Link("next");
        }
        return found;
    }

    private static async Task<long> WriteAsync(Client author, string text, string visibility) =>
        (long)(await author.PostAsync("/post/", new { text, visibility }))["id"]!;
}
