using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>What is the same for every list.</summary>
public sealed class PagingTests
{
    [Theory, OnEachDatabase]
    public async Task A_list_comes_in_its_own_order_or_the_one_asked_for(Database database)
    {
        var lists = await Lists.OnAsync(database);
        foreach (var list in lists.All)
        {
            var whole = await ReadAsync(lists, list.Path);
            Assert.Equal(list.InItsOrder, whole.Ids);
            Assert.Null(whole.Header("Link"));
            Assert.Equal(list.OldestFirst, (await ReadAsync(lists, list.With("order=oldest"))).Ids);
            Assert.Equal(
                list.OldestFirst.Reverse(),
                (await ReadAsync(lists, list.With("order=newest&limit=100"))).Ids
            );
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_query_that_makes_no_sense_is_refused(Database database)
    {
        var lists = await Lists.OnAsync(database);
        string[] limits = ["0", "101", "-1", "abc", "", "1.5", "1e1", "99999999999999999999", "5&limit=6"];
        string[] ids = ["0", "-1", "abc", "", "1.5", "9007199254740992", "99999999999999999999", "5&after=6"];
        var queries = limits
            .Select(x => ("limit", $"limit={x}"))
            .Concat(ids.Select(x => ("after", $"after={x}")))
            .Concat(ids.SkipLast(1).Select(x => ("before", $"before={x}")))
            .Concat(new[] { "", "up", "Newest", "newest&order=oldest" }.Select(x => ("order", $"order={x}")))
            .ToList();
        foreach (var list in lists.All)
        {
            foreach (var (field, query) in queries)
            {
                var page = await lists.Reader.GetAsync(list.With(query));
                page.Refused(HttpStatusCode.UnprocessableEntity);
                Assert.Equal([field], page["errors"]!.AsObject().Select(x => x.Key));
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_walk_to_the_end_and_back_meets_the_same_items(Database database)
    {
        var lists = await Lists.OnAsync(database);
        foreach (var list in lists.All)
        {
            foreach (var order in new[] { "", "&order=newest", "&order=oldest" })
            {
                var expected = order switch
                {
                    "" => list.InItsOrder,
                    "&order=oldest" => list.OldestFirst,
                    _ => [.. list.OldestFirst.Reverse()],
                };
                for (var limit = 1; limit <= list.OldestFirst.Count + 1; limit++)
                {
                    var there = await Walk.PagesAsync(lists.Reader, list.With($"limit={limit}{order}"));
                    Assert.Equal(expected, there.SelectMany(x => x.Ids));
                    Assert.All(there.SkipLast(1), x => Assert.Equal(limit, x.Items.Count));
                    Assert.InRange(there[^1].Items.Count, 1, limit);
                    Assert.Null(there[0].Link("prev"));

                    if (there.Count > 1)
                    {
                        var start = there[^2].Link("next")!;
                        var back = await Walk.PagesAsync(lists.Reader, start, "prev");
                        Assert.Equal(
                            there.Reverse().Select(x => string.Join(' ', x.Ids)),
                            back.Select(x => string.Join(' ', x.Ids))
                        );
                    }
                    else
                    {
                        Assert.Null(there[0].Header("Link"));
                    }
                }
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task Links_are_absolute_and_keep_what_else_was_asked(Database database)
    {
        var lists = await Lists.OnAsync(database);
        foreach (var list in lists.All)
        {
            var query = "limit=2&order=oldest&other=a%20b%26c,d";
            var first = await ReadAsync(lists, list.With(query));
            var middle = await ReadAsync(lists, first.Link("next")!);
            foreach (var link in new[] { middle.Link("next")!, middle.Link("prev")! })
            {
                var uri = new Uri(link, UriKind.Absolute);
                Assert.Equal(lists.Reader.Server.Address.Authority, uri.Authority);
                Assert.Equal(list.Path.Split('?')[0], uri.AbsolutePath);
                var parts = uri.Query.TrimStart('?').Split('&').Select(Uri.UnescapeDataString).ToList();
                var expected = list.With(query).Split('?')[1].Split('&').Select(Uri.UnescapeDataString);
                Assert.Equal(expected.Order(), parts.Where(x => !IsCursor(x)).Order());
                Assert.Single(parts, IsCursor);
            }
        }

        static bool IsCursor(string x) =>
            x.StartsWith("before=", StringComparison.Ordinal)
            || x.StartsWith("after=", StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Cursors_are_exclusive_and_may_come_together(Database database)
    {
        var lists = await Lists.OnAsync(database);
        foreach (var list in lists.All.Where(x => x.HasOwnIds))
        {
            var ids = list.OldestFirst;
            foreach (var isNewest in new[] { true, false })
            {
                var order = $"order={(isNewest ? "newest" : "oldest")}";
                await SeesAsync($"{order}&before={ids[3]}", ids.Take(3));
                await SeesAsync($"{order}&after={ids[3]}", ids.Skip(4));
                await SeesAsync($"{order}&after={ids[1]}&before={ids[5]}", ids.Skip(2).Take(3));
                await SeesAsync($"{order}&after={ids[1]}&before={ids[2]}", []);
                await SeesAsync($"{order}&after={ids[5]}&before={ids[1]}", []);
                // The rows next to the cursor are the ones given.
                await SeesAsync($"{order}&limit=2&before={ids[3]}", ids.Skip(1).Take(2));
                await SeesAsync($"{order}&limit=2&after={ids[3]}", ids.Skip(4).Take(2));

                async Task SeesAsync(string query, IEnumerable<long> expected)
                {
                    var page = await ReadAsync(lists, list.With(query));
                    Assert.Equal(isNewest ? expected.Reverse() : expected, page.Ids);
                }
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task Cursors_at_the_ends_of_all_numbers_lead_to_links_that_work(Database database)
    {
        var lists = await Lists.OnAsync(database);
        foreach (var list in lists.All)
        {
            foreach (var cursor in new[] { "before=1", "after=9007199254740991", "AFTER=9007199254740991" })
            {
                foreach (var order in new[] { "newest", "oldest" })
                {
                    var empty = await ReadAsync(lists, list.With($"limit=2&order={order}&{cursor}"));
                    Assert.Empty(empty.Items);
                    var links = new[] { empty.Link("next"), empty.Link("prev") }.OfType<string>();
                    var near = await ReadAsync(lists, links.Single());
                    Assert.Equal(2, near.Items.Count);
                }
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task An_empty_list_has_no_links(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var loner = await pamps.RegisterAsync();
        using var author = await pamps.RegisterAsync();
        var post = await author.WriteAsync("nobody cares");
        string[] paths =
        [
            $"/post/{post}/replies/",
            $"/post/{post}/likes/",
            $"/post/likes/{loner.Username}/",
            $"/post/user/{loner.Username}/",
            $"/user/{loner.Username}/followers/",
            $"/user/{loner.Username}/following/",
            "/user/timeline/",
        ];
        foreach (var path in paths)
        {
            foreach (var query in new[] { "", "?before=5", "?after=5", "?after=5&before=9&order=oldest" })
            {
                var page = await loner.GetAsync(path + query);
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Equal("[]", page.Body);
                Assert.Null(page.Header("Link"));
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_page_has_twenty_items_when_nothing_is_said(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        for (var i = 0; i < 21; i++)
        {
            await author.WriteAsync($"{i}");
        }
        var page = await author.GetAsync($"/post/user/{author.Username}/");
        Assert.Equal(20, page.Items.Count);
        Assert.NotNull(page.Link("next"));
        Assert.Equal(20, (await author.GetAsync("/post/")).Items.Count);
    }

    private static async Task<Answer> ReadAsync(Lists lists, string path)
    {
        var page = await lists.Reader.GetAsync(path);
        Assert.True(page.Status == HttpStatusCode.OK, $"{path}: {page.Body}");
        return page;
    }
}
