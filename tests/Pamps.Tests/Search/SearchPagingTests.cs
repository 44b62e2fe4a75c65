using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Search;
using Pamps.Tests.Host;
using Pamps.Tests.Posts;

namespace Pamps.Tests.Search;

/// <summary>Results come page by page, forth and back.</summary>
public sealed class SearchPagingTests
{
    private static readonly SearchBounds Narrow = new()
    {
        FirstWindow = 2,
        Growth = 2,
        MostCandidates = 3,
        LastWindow = 4,
        FirstTime = TimeSpan.FromMinutes(1),
    };

    /// <summary>With the usual bounds, with such as a few posts reach, and where the time is over after the first of them.</summary>
    private static readonly (SearchBounds Bounds, int Budget)[] Ways =
    [
        (new(), 60_000),
        (Narrow, 60_000),
        (Narrow, 0),
    ];

    [Theory, OnEachDatabase]
    public async Task A_walk_meets_every_match_once_forth_and_back_in_either_order(Database database)
    {
        foreach (var (bounds, budget) in Ways)
        {
            await using var pamps = await PampsServer.StartAsync(
                database,
                change: x => x.Search.BudgetMilliseconds = budget,
                services: x => x.AddSingleton(bounds)
            );
            using var ana = await pamps.RegisterAsync();
            var matching = new List<long>();
            for (var i = 0; i < 30; i++)
            {
                // The last ones lie far apart, so that windows end between them.
                var matches = i < 6 ? i % 3 == 0 : i is > 20 and < 25;
                var id = await ana.WriteAsync(matches ? $"wanted by {i}" : $"other {i}");
                if (matches)
                {
                    matching.Add(id);
                }
            }
            foreach (var limit in new[] { 1, 2, 100 })
            {
                foreach (
                    var (order, query) in new[]
                    {
                        ("newest", "want*"),
                        ("oldest", "want*"),
                        ("newest", "\"wanted by\""),
                    }
                )
                {
                    var path = $"/search/?q={Uri.EscapeDataString(query)}&limit={limit}&order={order}";
                    var expected = order == "newest" ? matching.AsEnumerable().Reverse() : matching;
                    var pages = await Walk.PagesAsync(ana, path);
                    Assert.Equal(expected, pages.SelectMany(x => x.Ids));
                    Assert.All(pages, x => Assert.True(x.Items.Count <= limit));

                    var end = order == "newest" ? "after=1" : $"before={matching[^1] + 1_000_000}";
                    var back = await Walk.PagesAsync(ana, $"{path}&{end}", "prev");
                    Assert.Equal(expected, back.Reverse().SelectMany(x => x.Ids));
                }
            }
            Assert.Empty(await Walk.IdsAsync(ana, "/search/?q=absent&limit=1"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Links_keep_the_query_as_it_was(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var word = SearchTests.NewWord();
        for (var i = 0; i < 3; i++)
        {
            await ana.WriteAsync($"{word} é & #tag");
        }

        foreach (var order in new[] { "newest", "best" })
        {
            var query = SearchTests.Escape($"{word} \"e tag\" #tag from:{ana.Username}");
            var path = $"/search/?q={query}&limit=2&order={order}";
            var pages = await Walk.PagesAsync(ana, path);
            Assert.Equal([2, 1], pages.Select(x => x.Items.Count));
            Assert.Equal(pages[0].Ids, (await ana.GetAsync(pages[1].Link("prev")!)).Ids);
            Assert.Null(pages[0].Link("prev"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task Best_prefers_what_is_talked_about_and_what_says_little_else(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var word = SearchTests.NewWord();
        var liked = await ana.WriteAsync($"{word} {new string('x', 300)}");
        var discussed = await ana.WriteAsync($"{word} {new string('x', 300)}");
        var terse = await ana.WriteAsync(word);
        var wordy = await ana.WriteAsync($"{word} {new string('x', 400)}");
        await beto.PostAsync($"/post/{liked}/like/");
        for (var i = 0; i < 20; i++)
        {
            await beto.WriteAsync("reply", discussed);
        }

        var ranked = await SearchTests.FindAsync(ana, word, "&order=best");

        Assert.Equal([discussed, terse, liked, wordy], ranked);
        Assert.Equal(ranked, await Walk.IdsAsync(ana, $"/search/?q={word}&order=best&limit=1"));
        Assert.Equal(ranked, await Walk.IdsAsync(ana, $"/search/?q={word}&order=best&limit=3"));
        Assert.Equal(
            [discussed, terse],
            await SearchTests.FindAsync(ana, word, $"&order=best&limit=5&after={liked}")
        );
        Assert.Empty(await SearchTests.FindAsync(ana, word, "&order=best&before=1"));
    }
}
