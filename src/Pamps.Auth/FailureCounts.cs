namespace Pamps.Auth;

/// <summary>
/// Times of recent failures by key, and how many tries are under way. Not safe for several threads: its owner locks.
/// </summary>
internal sealed class FailureCounts(int limit, TimeSpan window)
{
    private const int Capacity = 100_000;

    /// <summary>Who must wait only for tries under way is soon let in, or soon knows better.</summary>
    private static readonly long Soon = TimeSpan.FromSeconds(1).Ticks;

    private readonly Dictionary<string, LinkedListNode<Entry>> byKey = [];

    // Least recently failed first, so both what has run out and what to drop are at the front.
    private readonly LinkedList<Entry> byAge = [];

    public int Count => byKey.Count;

    /// <summary>
    /// How long to wait before a try. Tries under way count like failures, lest many at once guess past the limit;
    /// but they alone close nothing for long, since they may all be right.
    /// </summary>
    public long Wait(string key, long now)
    {
        if (!byKey.TryGetValue(key, out var node))
        {
            return 0;
        }

        var entry = node.Value;
        entry.Failures.RemoveAll(at => at + window.Ticks <= now);
        return entry.Failures.Count >= limit ? entry.Failures.Min() + window.Ticks - now
            : entry.Failures.Count + entry.UnderWay >= limit ? Soon
            : 0;
    }

    public void Begin(string key)
    {
        if (!byKey.TryGetValue(key, out var node))
        {
            node = byAge.AddLast(new Entry(key));
            byKey.Add(key, node);
        }

        node.Value.UnderWay++;
    }

    /// <summary>A try has ended without a failure.</summary>
    public void End(string key, bool forget)
    {
        if (!byKey.TryGetValue(key, out var node))
        {
            return;
        }

        node.Value.UnderWay--;
        if (forget)
        {
            node.Value.Failures.Clear();
        }

        if (node.Value is { UnderWay: 0, Failures.Count: 0 })
        {
            Drop(node);
        }
    }

    /// <summary>A try has failed.</summary>
    public void Fail(string key, long now)
    {
        if (byKey.TryGetValue(key, out var node))
        {
            node.Value.UnderWay--;
            node.Value.Failures.Add(now);
            byAge.Remove(node);
            byAge.AddLast(node);
        }

        DropOld(now);
    }

    private void DropOld(long now)
    {
        while (
            byAge.First is { Value.UnderWay: 0 } oldest
            && (byKey.Count > Capacity || oldest.Value.Failures.TrueForAll(at => at + window.Ticks <= now))
        )
        {
            Drop(oldest);
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        byKey.Remove(node.Value.Key);
        byAge.Remove(node);
    }

    private sealed class Entry(string key)
    {
        public string Key { get; } = key;
        public List<long> Failures { get; } = [];
        public int UnderWay { get; set; }
    }
}
