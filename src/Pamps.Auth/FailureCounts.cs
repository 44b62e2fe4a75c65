namespace Pamps.Auth;

/// <summary>Times of recent failures by key. Not safe for several threads: its owner locks.</summary>
internal sealed class FailureCounts(int limit, TimeSpan window)
{
    private const int Capacity = 100_000;

    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = [];

    // Least recently added to first, so both what has run out and what to drop are at the front.
    private readonly LinkedList<Entry> _byAge = [];

    public int Count => _byKey.Count;

    public long Wait(string key, long now)
    {
        if (!_byKey.TryGetValue(key, out var node))
        {
            return 0;
        }

        var times = node.Value.Times;
        times.RemoveAll(at => at + window.Ticks <= now);
        return times.Count < limit ? 0 : times.Min() + window.Ticks - now;
    }

    public void Add(string key, long now)
    {
        if (_byKey.TryGetValue(key, out var node))
        {
            _byAge.Remove(node);
        }
        else
        {
            node = new LinkedListNode<Entry>(new Entry(key, []));
            _byKey.Add(key, node);
        }

        node.Value.Times.Add(now);
        _byAge.AddLast(node);
        DropOld(now);
    }

    public void Remove(string key, long at)
    {
        if (
            _byKey.TryGetValue(key, out var node)
            && node.Value.Times.Remove(at)
            && node.Value.Times.Count == 0
        )
        {
            Clear(key);
        }
    }

    public void Clear(string key)
    {
        if (_byKey.Remove(key, out var node))
        {
            _byAge.Remove(node);
        }
    }

    private void DropOld(long now)
    {
        while (
            _byAge.First is { } oldest
            && (_byKey.Count > Capacity || oldest.Value.Times.TrueForAll(at => at + window.Ticks <= now))
        )
        {
            Clear(oldest.Value.Key);
        }
    }

    private sealed record Entry(string Key, List<long> Times);
}
