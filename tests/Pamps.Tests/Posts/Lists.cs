using System.Collections.Concurrent;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>One list: where it is, and what is in it.</summary>
/// <param name="Path">Its address, with a query that pages must keep where it has one.</param>
/// <param name="OldestFirst">The ids of its items, by the id that orders the list.</param>
/// <param name="IsNewestFirst">Its own order.</param>
/// <param name="HasOwnIds">Whether it is ordered by the ids of its items.</param>
internal sealed record ListOf(
    string Path,
    IReadOnlyList<long> OldestFirst,
    bool IsNewestFirst,
    bool HasOwnIds = true
)
{
    public IReadOnlyList<long> InItsOrder => IsNewestFirst ? [.. OldestFirst.Reverse()] : OldestFirst;

    /// <summary>Its address with more in the query.</summary>
    public string With(string query) => $"{Path}{(Path.Contains('?') ? '&' : '?')}{query}";
}

/// <summary>Every list of the API, on a server that nobody writes to any more.</summary>
internal sealed class Lists
{
    public const int Length = 7;

    private static readonly ConcurrentDictionary<Database, Lazy<Task<Lists>>> Made = new();

    private Lists(Client reader, IReadOnlyList<ListOf> all) => (Reader, All) = (reader, all);

    /// <summary>Who may read all of them.</summary>
    public Client Reader { get; }

    public IReadOnlyList<ListOf> All { get; }

    public static Task<Lists> OnAsync(Database database) =>
        Made.GetOrAdd(database, x => new Lazy<Task<Lists>>(() => MakeAsync(x))).Value;

    private static async Task<Lists> MakeAsync(Database database)
    {
        var pamps = await PampsServer.StartSharedAsync(database);
        var users = new List<Client>();
        for (var i = 0; i < Length + 1; i++)
        {
            users.Add(await pamps.RegisterAsync());
        }
        var reader = users[0];
        var others = users[1..];
        var posts = new List<long>();
        var replies = new List<long>();
        foreach (var other in others)
        {
            posts.Add(await other.WriteAsync($"#by {other.Username}"));
            replies.Add(await other.WriteAsync("a reply", posts[0]));
        }
        // Likes and follows in another order than the liked and the followed came to be.
        int[] order = [3, 0, 6, 1, 5, 2, 4];
        foreach (var i in order)
        {
            await others[i].PostAsync($"/post/{posts[0]}/like/");
            await reader.PostAsync($"/post/{posts[i]}/like/");
            await reader.PostAsync($"/post/{posts[i]}/bookmark/");
            await others[i].PostAsync($"/user/follow/{reader.Id}/");
            await reader.PostAsync($"/user/follow/{others[i].Id}/");
        }
        // One author of everything, so that the parameter makes a difference to the list.
        var own = new List<long>();
        // One fewer: with everybody else's, they still fit in a page.
        for (var i = 0; i < Length - 1; i++)
        {
            own.Add(await reader.WriteAsync($"own {i}", i % 2 == 0 ? posts[1] : null));
        }
        var people = order.Select(i => others[i].Id).ToList();
        var likers = order.SelectMany(i => i == 0 ? [others[i].Id, reader.Id] : new[] { others[i].Id });
        var homes = posts.Concat(own.Where((_, i) => i % 2 == 1)).ToList();
        var told = (await reader.GetAsync("/notification/?order=oldest&limit=100")).Ids;
        Assert.True(told.Count >= Length);
        return new Lists(
            reader,
            [
                new("/post/", homes, IsNewestFirst: true),
                new("/user/", [.. users.Select(x => x.Id)], IsNewestFirst: false),
                new($"/post/{posts[0]}/replies/", replies, IsNewestFirst: false),
                new($"/post/user/{reader.Username}/?include_replies=yes", own, IsNewestFirst: false),
                new($"/post/{posts[0]}/likes/", [.. likers], IsNewestFirst: false, HasOwnIds: false),
                new(
                    $"/post/likes/{reader.Username}/",
                    [.. order.Select(i => posts[i])],
                    IsNewestFirst: true,
                    HasOwnIds: false
                ),
                new(
                    "/post/bookmarks/",
                    [.. order.Select(i => posts[i])],
                    IsNewestFirst: true,
                    HasOwnIds: false
                ),
                new($"/user/{reader.Username}/followers/", people, IsNewestFirst: false, HasOwnIds: false),
                new($"/user/{reader.Username}/following/", people, IsNewestFirst: false, HasOwnIds: false),
                new("/user/timeline/", [.. posts.Concat(replies).Order()], IsNewestFirst: true),
                new(
                    "/user/timeline/?own=true",
                    [.. posts.Concat(replies).Concat(own).Order()],
                    IsNewestFirst: true
                ),
                new("/tag/by/", posts, IsNewestFirst: true),
                new("/notification/", told, IsNewestFirst: true),
            ]
        );
    }
}
