namespace Pamps.Core.Search;

/// <summary>How much of a large index a search on PostgreSQL looks at; see <see cref="FindMatches"/>.</summary>
public sealed class SearchBounds
{
    /// <summary>The newest rows that are looked at one by one before the index of words is asked.</summary>
    public int FirstWindow { get; init; } = 2000;

    /// <summary>The most rows that are taken from the index of words.</summary>
    public int MostCandidates { get; init; } = 20_000;

    /// <summary>The most rows that are looked at one by one when the index has too many.</summary>
    public int LastWindow { get; init; } = 100_000;
}
