using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Timelines;
using Pamps.Tests.Host;
using Pamps.Tests.Notifications;

namespace Pamps.Tests.Properties;

/// <summary>The timeline against a model of it in memory, by each of the ways in which it is gathered.</summary>
public sealed class TimelineProperty
{
    private const int Authors = 6;

    /// <summary>The viewer, as an author in a case.</summary>
    private const int Oneself = 0;

    /// <summary>Each account asked; a window that seldom is enough; one that sometimes is; one that always is.</summary>
    private static readonly TimelineBounds[] Bounds =
    [
        new(),
        new() { Many = 1, Window = 2 },
        new() { Many = 3, Window = 12 },
        new() { Many = 0 },
    ];

    /// <param name="AuthorOf">By id, who wrote it; null where nobody did.</param>
    /// <param name="Followed">Whom the viewer follows.</param>
    /// <param name="Queries">What is asked.</param>
    private sealed record Case(int?[] AuthorOf, int[] Followed, PageQuery[] Queries);

    private static Gen<Case> Cases =>
        from busiest in Gen.Choose(0, Authors)
        from authorOf in Gen.Frequency(
                (3, Gen.Constant((int?)null)),
                (4, Gen.Choose(0, Authors).Select(x => (int?)x)),
                (4, Gen.Constant((int?)busiest))
            )
            .ArrayOf(PageQuery.Range)
        from followed in Gen.SubListOf(Enumerable.Range(1, Authors))
        from queries in PageQuery.All.ArrayOf(10)
        select new Case(authorOf, [.. followed], queries);

    [Theory, OnEachDatabase]
    public async Task Every_page_of_the_timeline_is_what_the_model_says(Database database)
    {
        foreach (var bounds in Bounds)
        {
            await using var pamps = await PampsServer.StartAsync(database, services: x =>
                x.AddSingleton(bounds)
            );
            using var viewer = await pamps.RegisterAsync();
            var number = 0L;
            await ForEvery.HoldsAsync(Cases, 20, x => AssertAsync(pamps, viewer, x, number += 1000));
        }
    }

    /// <summary>Authors are new in each case; posts of those before are strangers' posts now.</summary>
    private static async Task AssertAsync(PampsServer pamps, Client viewer, Case x, long number)
    {
        await pamps.ExecuteAsync(
            $"""
            DELETE FROM social WHERE "from" = {viewer.Id};
            DELETE FROM post WHERE user_id = {viewer.Id};
            UPDATE "user" SET following_count = {x.Followed.Length} WHERE id = {viewer.Id}
            """
        );
        await Rows.AddUsersAsync(pamps, [.. Enumerable.Range(1, Authors).Select(author => number + author)]);
        var posts = x
            .AuthorOf.Select((author, id) => (Id: number + id, Author: author))
            .Where(post => post.Author is not null)
            .ToList();
        await Rows.AddPostsAsync(
            pamps,
            posts.Select(post =>
                (post.Id, post.Author == Oneself ? viewer.Id : number + post.Author!.Value, (long?)null)
            )
        );
        await Rows.AddFollowsAsync(
            pamps,
            x.Followed.Select(author => (number + author, viewer.Id, number + author))
        );
        foreach (var own in new[] { false, true })
        {
            var ids = posts.Where(post =>
                x.Followed.Contains(post.Author!.Value) || (own && post.Author == Oneself)
            );
            var list = new PageModel(
                $"/user/timeline/?own={(own ? "true" : "false")}",
                number,
                [.. ids.Select(post => post.Id)],
                IsNewestFirst: true
            );
            foreach (var query in x.Queries)
            {
                await list.AssertAsync(viewer, query);
            }
        }
    }
}
