namespace Pamps.Core.Reads;

/// <summary>The order of a list.</summary>
public enum ListOrder
{
    /// <summary>Largest id first.</summary>
    Newest,

    /// <summary>Smallest id first.</summary>
    Oldest,
}

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Limit">At most so many rows; 1 to <see cref="MaxLimit"/>.</param>
/// <param name="Before">Only ids smaller than this.</param>
/// <param name="After">Only ids larger than this.</param>
/// <param name="Order">The order, or null for the list's own.</param>
/// <remarks>
/// The rows next to a cursor are the ones given: <c>after</c> alone in a newest-first list gives the rows just
/// above it, still newest first, so that a reader can page up as well as down.
/// </remarks>
public sealed record PageRequest(
    int Limit = PageRequest.DefaultLimit,
    long? Before = null,
    long? After = null,
    ListOrder? Order = null
)
{
    /// <summary>Rows in a page when the caller does not say.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The most rows in a page.</summary>
    public const int MaxLimit = 100;
}

/// <summary>A part of a list, and where it goes on.</summary>
/// <param name="Items">The rows, in the list's order.</param>
/// <param name="Next">Asks for the rows that follow; null when there are none.</param>
/// <param name="Previous">Asks for the rows that come before; null when there are none.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, PageRequest? Next, PageRequest? Previous)
{
    /// <summary>Whether the search ended before all was looked at that could be on the page.</summary>
    public bool IsIncomplete { get; init; }
}
