namespace Pamps.Core.Search;

/// <summary>How much of a large index a search looks at, besides its time; see <see cref="FindMatches"/>.</summary>
public sealed class SearchBounds
{
    /// <summary>The newest rows that are looked at before all others.</summary>
    public int FirstWindow { get; init; } = 2000;

    /// <summary>How much longer each window is than the one before it.</summary>
    public int Growth { get; init; } = 8;

    /// <summary>PostgreSQL: the most rows that are taken from the index of words.</summary>
    public int MostCandidates { get; init; } = 20_000;

    /// <summary>PostgreSQL: the most rows that are looked at one by one when the index has too many.</summary>
    public int LastWindow { get; init; } = 100_000;

    /// <summary>
    /// How long the first window may take, whatever is left of the search's time: without it, a search that goes on where this
    /// one stopped would be no further.
    /// </summary>
    public TimeSpan FirstTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a search waits for a place.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a searcher may search before they must rest.</summary>
    public TimeSpan Ahead { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many times as long as they searched they rest then.</summary>
    public int Rest { get; init; } = 9;

    /// <summary>How long they rest at most after one search.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(4);
}
