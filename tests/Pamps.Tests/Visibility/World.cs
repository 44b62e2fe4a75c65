using System.Text.Json.Nodes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Visibility;

/// <summary>People who follow, write, block and mute at random, and what a model of it says who sees.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly string[] Words = ["public", "unlisted", "followers", "direct"];

    private const int People = 5;
    private const int Posts = 24;

    private readonly List<Client> people = [];
    private readonly List<Written> written = [];
    private readonly HashSet<(int From, int To)> follows = [];
    private readonly HashSet<(int From, int To)> blocks = [];
    private readonly HashSet<(int From, int To)> mutes = [];

    private World(PampsServer pamps, string tag) => (Pamps, Tag) = (pamps, tag);

    public sealed record Written(
        long Id,
        int Author,
        int Visibility,
        Written? Parent,
        IReadOnlyCollection<int> Mentioned
    )
    {
        /// <summary>To whom it is addressed, besides who follows its author.</summary>
        public IEnumerable<int> Audience => Parent is null ? Mentioned : Mentioned.Append(Parent.Author);
    }

    public PampsServer Pamps { get; }

    /// <summary>A tag, and a word, that all posts of this world have and no other.</summary>
    public string Tag { get; }

    public IReadOnlyList<Client> Clients => people;

    public IReadOnlyList<Written> All => written;

    public static async Task<World> MakeAsync(PampsServer pamps, int seed)
    {
        var random = new Random(seed);
        var world = new World(pamps, $"w{Guid.NewGuid():N}"[..12]);
        for (var i = 0; i < People; i++)
        {
            world.people.Add(await pamps.RegisterAsync());
        }
        foreach (var (from, to) in Pairs().Where(_ => random.Next(2) == 0))
        {
            await world.people[from].PostAsync($"/user/follow/{world.people[to].Username}/");
            world.follows.Add((from, to));
        }
        for (var i = 0; i < Posts; i++)
        {
            await world.WriteAsync(random);
        }
        foreach (var (from, to) in Pairs().Where(_ => random.Next(8) == 0))
        {
            if (!world.blocks.Contains((to, from)))
            {
                await world.people[from].PostAsync($"/user/block/{world.people[to].Username}/");
                world.blocks.Add((from, to));
                world.follows.Remove((from, to));
                world.follows.Remove((to, from));
            }
        }
        foreach (var (from, to) in Pairs().Where(_ => random.Next(6) == 0))
        {
            if (!world.IsBlocked(from, to))
            {
                await world.people[from].PostAsync($"/user/mute/{world.people[to].Username}/");
                world.mutes.Add((from, to));
            }
        }
        return world;
    }

    public bool HidesProfile(int? viewer, int author) => viewer is { } v && blocks.Contains((author, v));

    /// <summary>The rule itself.</summary>
    public bool Sees(int? viewer, Written post) =>
        viewer == post.Author
        || (viewer is null || !IsBlocked(viewer.Value, post.Author))
            && (
                post.Visibility < 2
                || viewer is { } v
                    && (
                        (post.Visibility == 2 && follows.Contains((v, post.Author)))
                        || post.Audience.Contains(v)
                    )
            );

    public bool Lists(int? viewer, Written post) =>
        Sees(viewer, post) && !(viewer is { } v && mutes.Contains((v, post.Author)));

    public bool Finds(int? viewer, Written post) =>
        (post.Visibility == 0 || post.Author == viewer) && Lists(viewer, post);

    public bool Follows(int viewer, int author) => follows.Contains((viewer, author));

    /// <summary>By whom and of what somebody is told, as <c>kind post</c> or <c>kind user</c>.</summary>
    public IEnumerable<string> ToldTo(int viewer)
    {
        foreach (var post in written.Where(x => x.Author != viewer && Lists(viewer, x)))
        {
            if (post.Parent?.Author == viewer)
            {
                yield return $"reply {post.Id}";
            }
            else if (post.Mentioned.Contains(viewer))
            {
                yield return $"mention {post.Id}";
            }
        }
        foreach (var (from, _) in follows.Where(x => x.To == viewer && !mutes.Contains((viewer, x.From))))
        {
            yield return $"follow {people[from].Id}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        people.ForEach(x => x.Dispose());
        await Task.CompletedTask;
    }

    private static IEnumerable<(int From, int To)> Pairs() =>
        from x in Enumerable.Range(0, People)
        from y in Enumerable.Range(0, People)
        where x != y
        select (x, y);

    private bool IsBlocked(int one, int other) =>
        blocks.Contains((one, other)) || blocks.Contains((other, one));

    private async Task WriteAsync(Random random)
    {
        var (author, visibility) = (random.Next(People), random.Next(4));
        var seen = written.Where(x => Sees(author, x)).ToList();
        var parent = seen.Count > 0 && random.Next(3) == 0 ? seen[random.Next(seen.Count)] : null;
        int[] mentioned = [.. Enumerable.Range(0, People).Where(x => x != author && random.Next(4) == 0)];
        var answer = await people[author]
            .PostAsync(
                "/post/",
                new
                {
                    text = $"#{Tag} {Tag} {string.Join(' ', mentioned.Select(x => "@" + people[x].Username))}",
                    parent_id = parent?.Id,
                    visibility = Words[visibility],
                }
            );
        Assert.Equal(Words[visibility], (string)answer["visibility"]!);
        written.Add(new Written((long)answer["id"]!, author, visibility, parent, mentioned));
    }
}
