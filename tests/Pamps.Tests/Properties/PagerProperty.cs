using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Pamps.Tests.Host;

namespace Pamps.Tests.Properties;

/// <summary>A list against a model of it in memory.</summary>
public sealed class PagerProperty
{
    private const int Range = 40;

    /// <summary>Ids and cursors here are small; each case moves them to numbers of its own.</summary>
    private sealed record Query(int Limit, int? Before, int? After, bool? IsNewest);

    private static Gen<int?> Cursors =>
        Gen.Frequency((2, Gen.Constant((int?)null)), (3, Gen.Choose(-2, Range + 2).Select(x => (int?)x)));

    private static Gen<Query> Queries =>
        from limit in Gen.Frequency((4, Gen.Choose(1, 6)), (1, Gen.Choose(7, 100)))
        from before in Cursors
        from after in Cursors
        from isNewest in Gen.Elements<bool?>(null, true, false)
        select new Query(limit, before, after, isNewest);

    private static Gen<(int[] Ids, Query[] Queries)> Cases =>
        from ids in Gen.SubListOf(Enumerable.Range(0, Range))
        from isSparse in Gen.Elements(true, false)
        from queries in Queries.ArrayOf(12)
        select (isSparse ? [.. ids.Take(5)] : ids.ToArray(), queries);

    [Theory, OnEachDatabase]
    public async Task Every_page_and_its_links_are_what_the_model_says(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var reader = pamps.Anonymous();
        var user = 0L;
        await ForEvery.HoldsAsync(
            Cases,
            60,
            async x =>
            {
                user += 1000;
                var ids = x.Ids.Select(id => user + id).Order().ToList();
                await Rows.AddUsersAsync(pamps, [user]);
                await Rows.AddPostsAsync(pamps, ids.Select(id => (id, user, (long?)null)));
                foreach (var query in x.Queries)
                {
                    await AssertAsync(reader, user, ids, query);
                }
            }
        );
    }

    private static async Task AssertAsync(Client reader, long user, List<long> ids, Query query)
    {
        var before = user + query.Before;
        var after = user + query.After;
        var isNewest = query.IsNewest ?? false;
        var page = await reader.GetAsync(
            $"/post/user/user_{user}/?limit={query.Limit}"
                + (before is null ? "" : $"&before={before}")
                + (after is null ? "" : $"&after={after}")
                + query.IsNewest switch
                {
                    null => "",
                    true => "&order=newest",
                    false => "&order=oldest",
                }
        );
        Assert.Equal(HttpStatusCode.OK, page.Status);

        // The window; of it, the rows next to the cursor where the walk starts.
        var window = ids.Where(id => !(id >= before) && !(id <= after)).ToList();
        var fromTop = isNewest ? before is not null || after is null : before is not null && after is null;
        var items = fromTop ? window.TakeLast(query.Limit).ToList() : window.Take(query.Limit).ToList();
        Assert.Equal(isNewest ? items.AsEnumerable().Reverse() : items, page.Ids);

        // Behind the start lies all beyond its cursor; ahead, what the window still holds.
        var behind = fromTop
            ? ids.Where(id => before is not null && id >= before)
            : ids.Where(id => after is not null && id <= after);
        var ahead = window.Except(items);
        if (fromTop == isNewest)
        {
            await AssertLinkAsync(reader, page.Link("next"), ahead, query.Limit, fromTop, isNewest);
            await AssertLinkAsync(reader, page.Link("prev"), behind, query.Limit, !fromTop, isNewest);
        }
        else
        {
            await AssertLinkAsync(reader, page.Link("next"), behind, query.Limit, !fromTop, isNewest);
            await AssertLinkAsync(reader, page.Link("prev"), ahead, query.Limit, fromTop, isNewest);
        }
        Assert.True(Regex.Count(page.Header("Link") ?? "", "rel=") <= 2);
    }

    /// <summary>The link is there exactly when something is there, and leads to the nearest of it.</summary>
    private static async Task AssertLinkAsync(
        Client reader,
        string? link,
        IEnumerable<long> there,
        int limit,
        bool isDown,
        bool isNewest
    )
    {
        var nearest = (isDown ? there.OrderDescending() : there.Order()).Take(limit).ToList();
        Assert.Equal(nearest.Count > 0, link is not null);
        if (link is not null)
        {
            var page = await reader.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(isNewest ? nearest.OrderDescending() : nearest.Order(), page.Ids);
        }
    }
}
