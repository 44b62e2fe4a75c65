namespace Pamps.Core.Search;

/// <summary>How much of a large index a search looks at; see <see cref="FindMatches"/>.</summary>
public sealed class SearchBounds
{
    /// <summary>The newest rows that are looked at before all others.</summary>
    public int FirstWindow { get; init; } = 2000;

    /// <summary>PostgreSQL: the most rows that are taken from the index of words.</summary>
    public int MostCandidates { get; init; } = 20_000;

    /// <summary>PostgreSQL: the most rows that are looked at one by one when the index has too many.</summary>
    public int LastWindow { get; init; } = 100_000;

    /// <summary>SQLite: the most rows among which a phrase is looked for.</summary>
    public int LastPhraseWindow { get; init; } = 500_000;
}
