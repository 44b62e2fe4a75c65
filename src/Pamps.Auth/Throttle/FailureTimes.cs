namespace Pamps.Auth;

/// <summary>Times of recent failures by key. Not safe for several threads: its owner locks.</summary>
internal sealed class FailureTimes(TimeSpan window)
{
    private const int Capacity = 100_000;

    private readonly Dictionary<string, LinkedListNode<Entry>> byKey = [];

    // Least recently failed first, so both what has run out and what to drop are at the front.
    private readonly LinkedList<Entry> byAge = [];

    public FailureCount Read(string key, long now)
    {
        if (!byKey.TryGetValue(key, out var node))
        {
            return default;
        }

        var failures = node.Value.Failures;
        failures.RemoveAll(at => at + window.Ticks <= now);
        return failures.Count == 0
            ? default
            : new FailureCount(failures.Count, TimeSpan.FromTicks(failures.Min() + window.Ticks - now));
    }

    public FailureCount Add(string key, long now)
    {
        if (byKey.TryGetValue(key, out var node))
        {
            byAge.Remove(node);
            byAge.AddLast(node);
        }
        else
        {
            node = byAge.AddLast(new Entry(key));
            byKey.Add(key, node);
        }

        node.Value.Failures.Add(now);
        DropOld(now);
        return Read(key, now);
    }

    public void Forget(string key)
    {
        if (byKey.TryGetValue(key, out var node))
        {
            Drop(node);
        }
    }

    private void DropOld(long now)
    {
        while (
            byAge.First is { } oldest
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
    }
}
