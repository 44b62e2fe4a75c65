using FsCheck;
using FsCheck.Fluent;
using Pamps.Tests.Host;

namespace Pamps.Tests.Properties;

/// <summary>A list against a model of it in memory.</summary>
public sealed class PagerProperty
{
    private static Gen<(int[] Ids, PageQuery[] Queries)> Cases =>
        from ids in Gen.SubListOf(Enumerable.Range(0, PageQuery.Range))
        from isSparse in Gen.Elements(true, false)
        from queries in PageQuery.All.ArrayOf(12)
        select (isSparse ? [.. ids.Take(5)] : ids.ToArray(), queries);

    [Theory, OnEachDatabase]
    public async Task Every_page_and_its_links_are_what_the_model_says(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var reader = pamps.Anonymous();
        var user = 0L;
        await ForEvery.HoldsAsync(Cases, 60, async x =>
        {
            user += 1000;
            var ids = x.Ids.Select(id => user + id).Order().ToList();
            await Rows.AddUsersAsync(pamps, [user]);
            await Rows.AddPostsAsync(pamps, ids.Select(id => (id, user, (long?)null)));
            var list = new PageModel($"/post/user/user_{user}/?", user, ids, IsNewestFirst: false);
            foreach (var query in x.Queries)
            {
                await list.AssertAsync(reader, query);
            }
        });
    }
}
