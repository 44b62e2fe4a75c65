using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Pamps.Tests.Host;

namespace Pamps.Tests.Properties;

/// <summary>A walk over a list that changes meanwhile.</summary>
public sealed class WalkProperty
{
    private sealed record Case(int Stay, int Go, int Limit, bool IsNewest, bool HasReplies);

    private static Gen<Case> Cases =>
        from stay in Gen.Choose(1, 12)
        from go in Gen.Choose(0, 8)
        from limit in Gen.Choose(1, 5)
        from isNewest in Gen.Elements(true, false)
        from hasReplies in Gen.Elements(true, false)
        select new Case(stay, go, limit, isNewest, hasReplies);

    [Theory, OnEachDatabase]
    public async Task A_walk_meets_once_whatever_was_there_all_along(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        await ForEvery.HoldsAsync(Cases, 12, x => AssertAsync(pamps, x));
    }

    private static async Task AssertAsync(PampsServer pamps, Case x)
    {
        using var author = await pamps.RegisterAsync();
        using var walker = await pamps.RegisterAsync();
        await walker.PostAsync($"/user/follow/{author.Id}/");
        var parent = x.HasReplies ? await author.WriteAsync("parent") : (long?)null;
        var staying = new List<long>();
        var going = new Queue<long>();
        for (var i = 0; i < x.Stay + x.Go; i++)
        {
            // Those that go lie between those that stay.
            var id = await author.WriteAsync($"{i}", parent);
            if (going.Count < x.Go && i % 2 == 1)
            {
                going.Enqueue(id);
            }
            else
            {
                staying.Add(id);
            }
        }

        string[] paths =
        [
            parent is null
                ? $"/post/user/{author.Username}/?include_replies=true&"
                : $"/post/{parent}/replies/?",
            "/user/timeline/?",
        ];
        using var done = new CancellationTokenSource();
        var changes = ChangeAsync(author, going, parent, done.Token);
        try
        {
            foreach (var path in paths)
            {
                var order = x.IsNewest ? "newest" : "oldest";
                var met = await WalkAsync(walker, $"{path}limit={x.Limit}&order={order}", x.Limit);
                Assert.Equal(x.IsNewest ? met.OrderDescending() : met.Order(), met);
                Assert.Equal(met.Count, met.Distinct().Count());
                Assert.Equal(staying, met.Order().Where(staying.Contains));
            }
        }
        finally
        {
            await done.CancelAsync();
            await changes;
        }
    }

    private static async Task<List<long>> WalkAsync(Client walker, string path, int limit)
    {
        var met = new List<long>();
        // Oldest first, the end moves away while posts are written; so many pages are more than enough.
        var pages = 0;
        for (var next = path; next is not null && pages < 200; pages++)
        {
            var page = await walker.GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.InRange(page.Items.Count, 0, limit);
            met.AddRange(page.Ids);
            next = page.Link("next");
        }
        return met;
    }

    /// <summary>Writes and deletes until told to stop.</summary>
    private static async Task ChangeAsync(
        Client author,
        Queue<long> going,
        long? parent,
        CancellationToken stop
    )
    {
        for (var i = 0; i < 100 && !stop.IsCancellationRequested; i++)
        {
            going.Enqueue(await author.WriteAsync("new", parent));
            if (i % 2 == 0)
            {
                var gone = await author.DeleteAsync($"/post/{going.Dequeue()}/");
                Assert.Equal(HttpStatusCode.NoContent, gone.Status);
            }
        }
    }
}
