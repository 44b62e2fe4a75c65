using System.Globalization;
using System.Net;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Crowds;

/// <summary>What became of a write, as far as its sender knows.</summary>
internal enum Fate
{
    /// <summary>No answer came, or 503: it may have been kept.</summary>
    Unknown,
    Done,
    Undone,
}

/// <summary>A post that somebody wrote or tried to.</summary>
internal sealed class Note(string key, string text, long? parent)
{
    public string Key => key;
    public string Text => text;
    public long? Parent => parent;
    public long Id { get; set; }
    public Fate Written { get; set; }
    public Fate Deleted { get; set; } = Fate.Undone;
}

/// <summary>Does one thing after the other, and remembers what was acknowledged.</summary>
internal sealed class Person(Client client, Crowd crowd, int seed) : IDisposable
{
    private readonly Random random = new(seed);
    private readonly List<Note> notes = [];
    private readonly Dictionary<long, Fate> likes = [];
    private readonly Dictionary<string, Fate> follows = [];
    private int written;

    public string Username => client.Username;

    public Client Client => client;

    public async Task ActAsync()
    {
        await (
            random.Next(13) switch
            {
                < 4 => WriteAsync(parent: null),
                < 6 => WriteAsync(crowd.AnyNote(random)?.Id),
                < 8 => LikeAsync(),
                < 9 => FollowAsync(),
                < 10 => DeleteAsync(),
                _ => ReadAsync(),
            }
        );
    }

    /// <summary>Checks that all that was acknowledged is there, and nothing twice.</summary>
    public async Task CheckAsync(string[] others)
    {
        foreach (var note in notes.Where(x => x.Written == Fate.Unknown))
        {
            await SendAsync(note);
            Assert.NotEqual(Fate.Unknown, note.Written);
        }
        foreach (var note in notes.Where(x => x.Written == Fate.Done).TakeLast(10).ToList())
        {
            var id = note.Id;
            await SendAsync(note);
            Assert.Equal(id, note.Id);
        }

        var path = $"/post/user/{Username}/?include_replies=true&limit=100";
        var posts = (await client.WalkAsync(path))
            .SelectMany(x => x.Items)
            .Where(x => !others.Contains((string)x!["text"]!));
        var listed = posts.ToDictionary(x => (long)x!["id"]!, x => (string)x!["text"]!);
        Assert.Equal(listed.Count, listed.Values.Distinct().Count());
        foreach (var note in notes.Where(x => x.Deleted == Fate.Unknown))
        {
            note.Deleted = listed.ContainsKey(note.Id) ? Fate.Undone : Fate.Done;
        }
        var expected = notes.Where(x => x is { Written: Fate.Done, Deleted: Fate.Undone });
        Assert.Equal(
            expected.Select(x => (x.Id, x.Text)).Order(),
            listed.Select(x => (x.Key, x.Value)).Order()
        );

        var liked = (await client.WalkAsync($"/post/likes/{Username}/?limit=100"))
            .SelectMany(x => x.Ids)
            .ToHashSet();
        AssertKept(likes.Where(x => !crowd.MayBeDeleted(x.Key)), liked.Contains);
        var followed = (await client.WalkAsync($"/user/{Username}/following/?limit=100"))
            .SelectMany(x => x.Items)
            .Select(x => (string)x!["username"]!)
            .ToHashSet();
        AssertKept(follows, followed.Contains);
        Settle(likes, liked.Contains);
        Settle(follows, followed.Contains);
    }

    public void Dispose() => client.Dispose();

    private static void AssertKept<T>(IEnumerable<KeyValuePair<T, Fate>> wishes, Func<T, bool> isThere) =>
        Assert.All(wishes.Where(x => x.Value != Fate.Unknown), x =>
            Assert.Equal((x.Key, x.Value == Fate.Done), (x.Key, isThere(x.Key)))
        );

    private static void Settle<T>(Dictionary<T, Fate> wishes, Func<T, bool> isThere)
        where T : notnull
    {
        foreach (var key in wishes.Keys.ToList())
        {
            wishes[key] = isThere(key) ? Fate.Done : Fate.Undone;
        }
    }

    private async Task WriteAsync(long? parent)
    {
        var pending = notes.Find(x => x.Written == Fate.Unknown);
        if (pending is null || random.Next(2) == 0)
        {
            var number = (++written).ToString(CultureInfo.InvariantCulture);
            pending = new Note($"{Username}-{number}", $"{Username} writes {number}", parent);
            notes.Add(pending);
        }
        await SendAsync(pending);
    }

    private async Task SendAsync(Note note)
    {
        var answer = await crowd.TryAsync(() =>
            client.PostAsync(
                "/post/",
                new { text = note.Text, parent_id = note.Parent },
                ("Idempotency-Key", note.Key)
            )
        );
        if (answer is null)
        {
            return;
        }
        if (answer.Status == HttpStatusCode.UnprocessableEntity && note.Parent is { } parent)
        {
            Assert.True(crowd.MayBeDeleted(parent), $"{parent} is not there, and nobody deleted it");
            note.Written = Fate.Undone;
            return;
        }
        if (answer.Status == HttpStatusCode.NotFound && note.Deleted != Fate.Undone)
        {
            // Asked again for what is gone.
            return;
        }
        Assert.Equal((HttpStatusCode.Created, note.Text), (answer.Status, (string?)answer["text"]));
        note.Id = (long)answer["id"]!;
        if (note.Written != Fate.Done)
        {
            note.Written = Fate.Done;
            crowd.Add(note);
        }
    }

    private async Task LikeAsync()
    {
        if (crowd.AnyNote(random) is not { } note)
        {
            return;
        }
        var isTakenBack = likes.GetValueOrDefault(note.Id) == Fate.Done;
        likes[note.Id] = Fate.Unknown;
        var path = $"/post/{note.Id}/like/";
        var answer = await crowd.TryAsync(() =>
            isTakenBack ? client.DeleteAsync(path) : client.PostAsync(path)
        );
        if (answer?.Status == HttpStatusCode.NotFound)
        {
            Assert.True(crowd.MayBeDeleted(note.Id), $"{note.Id} is not there, and nobody deleted it");
        }
        else if (answer is not null)
        {
            Assert.True((int)answer.Status < 300, $"{answer.Status}: {answer.Body}");
            likes[note.Id] = isTakenBack ? Fate.Undone : Fate.Done;
        }
    }

    private async Task FollowAsync()
    {
        var other = crowd.AnyOther(this, random);
        var isTakenBack = follows.GetValueOrDefault(other) == Fate.Done;
        follows[other] = Fate.Unknown;
        var path = $"/user/follow/{other}/";
        var answer = await crowd.TryAsync(() =>
            isTakenBack ? client.DeleteAsync(path) : client.PostAsync(path)
        );
        if (answer is not null)
        {
            Assert.True((int)answer.Status < 300, $"{answer.Status}: {answer.Body}");
            follows[other] = isTakenBack ? Fate.Undone : Fate.Done;
        }
    }

    /// <summary>Somebody's post, which whatever instance is asked must know.</summary>
    private async Task ReadAsync()
    {
        if (crowd.AnyNote(random) is not { } note)
        {
            return;
        }
        var answer = await crowd.TryAsync(() => client.GetAsync($"/post/{note.Id}/"));
        if (answer?.Status == HttpStatusCode.NotFound)
        {
            Assert.True(crowd.MayBeDeleted(note.Id), $"{note.Id} is not there, and nobody deleted it");
        }
        else if (answer is not null)
        {
            Assert.Equal(
                (HttpStatusCode.OK, note.Text),
                (answer.Status, (string?)answer["post"]?["text"] ?? (string?)answer["text"])
            );
        }
    }

    private async Task DeleteAsync()
    {
        var note = notes.Find(x => x is { Written: Fate.Done, Deleted: Fate.Undone });
        if (note is null)
        {
            return;
        }
        note.Deleted = Fate.Unknown;
        var answer = await crowd.TryAsync(() => client.DeleteAsync($"/post/{note.Id}/"));
        if (answer is not null)
        {
            Assert.True(
                answer.Status == HttpStatusCode.NoContent
                    || (answer.Status == HttpStatusCode.NotFound && crowd.MayAskTwice),
                $"{answer.Status}: {answer.Body}"
            );
            note.Deleted = Fate.Done;
        }
    }
}
