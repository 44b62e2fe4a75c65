using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Pamps.Tests.Host;

namespace Pamps.Tests.Properties;

/// <summary>Which part of a list is asked for. Ids and cursors are small; each case moves them to numbers of its own.</summary>
internal sealed record PageQuery(int Limit, int? Before, int? After, bool? IsNewest)
{
    /// <summary>Ids are below this.</summary>
    public const int Range = 40;

    private static Gen<int?> Cursors =>
        Gen.Frequency((2, Gen.Constant((int?)null)), (3, Gen.Choose(-2, Range + 2).Select(x => (int?)x)));

    public static Gen<PageQuery> All =>
        from limit in Gen.Frequency((4, Gen.Choose(1, 6)), (1, Gen.Choose(7, 100)))
        from before in Cursors
        from after in Cursors
        from isNewest in Gen.Elements<bool?>(null, true, false)
        select new PageQuery(limit, before, after, isNewest);
}

/// <summary>What a list in memory says that pages and their links are.</summary>
/// <param name="Path">The list's address, with a ? in it.</param>
/// <param name="Offset">What is added to a query's cursors.</param>
/// <param name="Ids">The list's ids, the smallest first.</param>
/// <param name="IsNewestFirst">Its own order.</param>
internal sealed record PageModel(string Path, long Offset, IReadOnlyList<long> Ids, bool IsNewestFirst)
{
    public async Task AssertAsync(Client reader, PageQuery query)
    {
        var before = Offset + query.Before;
        var after = Offset + query.After;
        var isNewest = query.IsNewest ?? IsNewestFirst;
        var page = await reader.GetAsync(
            $"{Path}&limit={query.Limit}"
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
        var window = Ids.Where(id => !(id >= before) && !(id <= after)).ToList();
        var fromTop = isNewest ? before is not null || after is null : before is not null && after is null;
        var items = fromTop ? window.TakeLast(query.Limit).ToList() : window.Take(query.Limit).ToList();
        Assert.Equal(isNewest ? items.AsEnumerable().Reverse() : items, page.Ids);

        // Behind the start lies all beyond its cursor; ahead, what the window still holds.
        var behind = fromTop
            ? Ids.Where(id => before is not null && id >= before)
            : Ids.Where(id => after is not null && id <= after);
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
