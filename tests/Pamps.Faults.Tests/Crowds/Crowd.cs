using System.Collections.Concurrent;
using System.Net;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Crowds;

/// <summary>People who write all at once while something goes wrong.</summary>
/// <param name="isBehindProxy">Whether 502 and the like may come from a proxy.</param>
internal sealed class Crowd(bool isBehindProxy) : IDisposable
{
    private readonly List<Person> people = [];
    private readonly ConcurrentDictionary<long, Note> byId = new();
    private readonly List<Note> all = [];
    private int acknowledged;
    private readonly ConcurrentQueue<string> failures = new();
    private int unknown;

    /// <summary>How many writes were answered with their success.</summary>
    public int Acknowledged => acknowledged;

    /// <summary>How many had no answer, or 503.</summary>
    public int Unknown => unknown;

    public IReadOnlyList<Person> People => people;

    /// <summary>
    /// Whether a request may be asked twice: a proxy closes a kept connection when the instance behind it went away, and clients
    /// then ask again by themselves.
    /// </summary>
    public bool MayAskTwice => isBehindProxy;

    /// <summary>What came instead of the answers that were not known.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>The posts that were acknowledged, and that nobody tried to delete.</summary>
    public IReadOnlyList<long> Ids
    {
        get
        {
            lock (all)
            {
                return [.. all.Where(x => x.Deleted == Fate.Undone).Select(x => x.Id)];
            }
        }
    }

    /// <param name="address">Where the server or its proxy is.</param>
    /// <param name="size">How many people.</param>
    /// <param name="seed">What they do follows from it.</param>
    /// <param name="isBehindProxy">Whether a proxy stands there.</param>
    public static async Task<Crowd> RegisterAsync(
        Uri address,
        int size,
        int seed = 1,
        bool isBehindProxy = false
    )
    {
        var crowd = new Crowd(isBehindProxy);
        for (var i = 0; i < size; i++)
        {
            var client = new Client(address, $"person_{i}", id: 0);
            await client.RegisterAsync();
            crowd.people.Add(new Person(client, crowd, seed + i));
        }
        return crowd;
    }

    /// <summary>All write until told to stop; a wrong answer stops them too, and is thrown.</summary>
    public Task WriteAsync(CancellationToken stop) =>
        Task.WhenAll(
            people.Select(x =>
                Task.Run(
                    async () =>
                    {
                        while (!stop.IsCancellationRequested)
                        {
                            await x.ActAsync();
                        }
                    },
                    CancellationToken.None
                )
            )
        );

    /// <summary>Returns when so many more writes have been acknowledged, or the writing has failed.</summary>
    public async Task HasWrittenAsync(int more, Task writing)
    {
        for (var wanted = acknowledged + more; acknowledged < wanted && !writing.IsFaulted; )
        {
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Checks that all that was acknowledged is there.</summary>
    /// <param name="others">Texts that were written in these people's names by somebody else.</param>
    public async Task CheckAsync(params string[] others)
    {
        foreach (var person in people)
        {
            await person.CheckAsync(others);
        }
    }

    /// <summary>Sends a request; null when it is not known what came of it.</summary>
    public async Task<Answer?> TryAsync(Func<Task<Answer>> send)
    {
        var failure = "";
        try
        {
            var answer = await send();
            failure = $"{answer.Status} {answer.MediaType} {answer.Body}";
            if ((int)answer.Status < 500)
            {
                Interlocked.Increment(ref acknowledged);
                return answer;
            }
            if (isBehindProxy)
            {
                // It may be the proxy's own problem: an instance went away before it had answered.
                Assert.True(answer.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable);
                Assert.NotNull(answer.Header("Retry-After"));
            }
            else
            {
                answer.IsUnavailable();
            }
        }
        catch (Exception exception) when (BrokenConnection.Is(exception))
        {
            failure = exception.Message;
        }
        Interlocked.Increment(ref unknown);
        failures.Enqueue(failure);
        await Task.Delay(20, CancellationToken.None);
        return null;
    }

    public void Add(Note note)
    {
        byId[note.Id] = note;
        lock (all)
        {
            all.Add(note);
        }
    }

    /// <summary>A post that was acknowledged, rather a late one; null while there is none.</summary>
    public Note? AnyNote(Random random)
    {
        lock (all)
        {
            return all.Count == 0 ? null : all[^(1 + random.Next(Math.Min(all.Count, 50)))];
        }
    }

    public string AnyOther(Person me, Random random)
    {
        var other = people[random.Next(people.Count)];
        return other == me ? AnyOther(me, random) : other.Username;
    }

    /// <summary>Whether its author deleted it or tried to.</summary>
    public bool MayBeDeleted(long id) => !byId.TryGetValue(id, out var note) || note.Deleted != Fate.Undone;

    public void Dispose() => people.ForEach(x => x.Dispose());
}
