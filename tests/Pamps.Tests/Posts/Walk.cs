using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>Follows a list's Link headers.</summary>
internal static class Walk
{
    /// <summary>All pages from this one on, this one included.</summary>
    public static async Task<IReadOnlyList<Answer>> PagesAsync(
        Client client,
        string path,
        string rel = "next"
    )
    {
        var pages = new List<Answer>();
        for (var next = path; next is not null; next = pages[^1].Link(rel))
        {
            var page = await client.GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            pages.Add(page);
            Assert.InRange(pages.Count, 1, 10_000);
        }
        return pages;
    }

    /// <summary>The ids of all that a walk to the end meets.</summary>
    public static async Task<IReadOnlyList<long>> IdsAsync(Client client, string path) =>
        [.. (await PagesAsync(client, path)).SelectMany(x => x.Ids)];
}
