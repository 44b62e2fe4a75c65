namespace Pamps.Core.Reads;

/// <summary>A row of a list, with the id that the list is ordered by (in a list of likes, the like's).</summary>
internal readonly record struct Keyed<T>(long Key, T Row);

/// <summary>What the text of a page's statement depends on, beside the list.</summary>
internal readonly record struct PageShape(bool HasBefore, bool HasAfter, bool IsDescending, int Take);

/// <summary>The texts of a page's statements.</summary>
/// <param name="Page">Its rows.</param>
/// <param name="Behind">Whether there are rows where its walk came from.</param>
internal sealed record PageTexts(string Page, string Behind);

/// <summary>
/// Turns a <see cref="PageRequest"/> into a walk along one index, and the rows that come back into a
/// <see cref="Page{T}"/>. Pages are found by key, never by offset: a deep page costs what the first one costs.
/// </summary>
internal sealed class Pager
{
    private readonly PageRequest request;
    private readonly ListOrder order;

    public Pager(PageRequest request, ListOrder ownOrder)
    {
        this.request = request;
        order = request.Order ?? ownOrder;
        // From a cursor that lies behind the list's direction, walk backwards and turn the rows round at the end.
        IsDescending =
            order == ListOrder.Newest
                ? request.After is null || request.Before is not null
                : request.Before is not null && request.After is null;
    }

    /// <summary>Whether the walk goes from large ids to small ones.</summary>
    public bool IsDescending { get; }

    /// <summary>What its statement's text depends on.</summary>
    public PageShape Shape => new(request.Before is not null, request.After is not null, IsDescending, Take);

    public string Direction => IsDescending ? "DESC" : "ASC";

    private bool IsTurned => IsDescending != (order == ListOrder.Newest);

    private long? Start => IsDescending ? request.Before : request.After;

    /// <summary>What follows a WHERE condition in SQL, for the column of the list's ids.</summary>
    public string Condition(string idColumn) =>
        (request.Before is null ? "" : $" AND {idColumn} < @before")
        + (request.After is null ? "" : $" AND {idColumn} > @after");

    /// <summary>
    /// One row more than asked for, to know whether more follow. It stands in a statement as a number: PostgreSQL plans a
    /// statement anew each time when how many rows are wanted is a parameter.
    /// </summary>
    public int Take => request.Limit + 1;

    /// <summary>The values of the parameters of <see cref="Condition"/>.</summary>
    public IEnumerable<(string, object?)> Parameters
    {
        get
        {
            if (request.Before is { } before)
            {
                yield return ("before", before);
            }
            if (request.After is { } after)
            {
                yield return ("after", after);
            }
        }
    }

    /// <summary>The page of the rows that the walk gave.</summary>
    /// <param name="walked">At most one row more than the limit, in the walk's order.</param>
    /// <param name="existsBehindAsync">
    /// Whether the list has rows behind an id, on the side where the walk came from. Asked only when the walk
    /// began at a cursor.
    /// </param>
    /// <param name="stoppedAt">
    /// The id at which the walk was given up before it had enough rows, so that the page is short and still goes on.
    /// </param>
    public async Task<Page<T>> PageAsync<T>(
        List<Keyed<T>> walked,
        Func<long, Task<bool>> existsBehindAsync,
        long? stoppedAt = null
    )
    {
        var goesOn = walked.Count > request.Limit || stoppedAt is not null;
        if (walked.Count > request.Limit)
        {
            walked.RemoveAt(walked.Count - 1);
            stoppedAt = null;
        }

        // On an empty page, an edge just inside the cursor, so that the cursor's own row counts as behind it. Kept
        // among the ids, because clients send it back.
        var emptyEdge = Math.Clamp((Start ?? 0) + (IsDescending ? -1 : 1), 1, Ids.Max);
        var hasBehind =
            Start is not null && await existsBehindAsync(walked.Count > 0 ? walked[0].Key : emptyEdge);
        var begin = walked.Count > 0 ? walked[0].Key : emptyEdge;
        var end = stoppedAt ?? (walked.Count > 0 ? walked[^1].Key : emptyEdge);
        if (IsTurned)
        {
            walked.Reverse();
        }

        var (hasNext, hasPrevious) = IsTurned ? (hasBehind, goesOn) : (goesOn, hasBehind);
        var (first, last) = IsTurned ? (end, begin) : (begin, end);
        return new Page<T>(
            [.. walked.Select(x => x.Row)],
            hasNext ? From(last, down: order == ListOrder.Newest, keepOther: !IsTurned) : null,
            hasPrevious ? From(first, down: order != ListOrder.Newest, keepOther: false) : null
        );
    }

    private PageRequest From(long id, bool down, bool keepOther) =>
        down
            ? request with
            {
                Before = id,
                After = keepOther ? request.After : null,
            }
            : request with
            {
                After = id,
                Before = keepOther ? request.Before : null,
            };
}
