namespace Pamps.Core.Limits;

/// <summary>How many of something go on at once, for each network. Holds no more networks than that.</summary>
internal sealed class AtOnce
{
    private readonly Lock sync = new();
    private readonly Dictionary<long, int> counts = [];

    /// <summary>How many go on.</summary>
    /// <param name="network">Null where networks are not told apart: there are none, then.</param>
    public int Count(long? network)
    {
        lock (sync)
        {
            return network is { } known ? counts.GetValueOrDefault(known) : 0;
        }
    }

    /// <summary>One more, unless there are so many already; what has entered leaves.</summary>
    public bool TryEnter(long? network, int most)
    {
        if (network is not { } known)
        {
            return true;
        }
        lock (sync)
        {
            var count = counts.GetValueOrDefault(known);
            if (count >= most)
            {
                return false;
            }
            counts[known] = count + 1;
            return true;
        }
    }

    public void Leave(long? network)
    {
        if (network is not { } known)
        {
            return;
        }
        lock (sync)
        {
            if (--counts[known] == 0)
            {
                counts.Remove(known);
            }
        }
    }
}
