using Pamps.Core.Databases;
using Pamps.Core.Reads;

namespace Pamps.Core.Search;

/// <summary>Which of the matching ids are wanted: so many, from one side, between two ids.</summary>
internal sealed record MatchRange(bool IsDescending, int Take, long? Before = null, long? After = null)
{
    public string Order => IsDescending ? "DESC" : "ASC";

    public string Condition(string idColumn) =>
        (Before is null ? "" : $" AND {idColumn} < @before")
        + (After is null ? "" : $" AND {idColumn} > @after");

    /// <summary>What of it lies behind an id, in its order, and how many are still wanted there.</summary>
    public MatchRange Beyond(long id, int take) =>
        IsDescending ? this with { Before = id, Take = take } : this with { After = id, Take = take };

    public IEnumerable<(string, object?)> Parameters =>
        new (string, object?)[] { ("before", Before), ("after", After) }.Where(x => x.Item2 is not null);
}

/// <summary>The ids that match, in the range's order.</summary>
/// <param name="Ids">At most as many as were wanted.</param>
/// <param name="StoppedAt">The last id looked at, when the search was given up before all were looked at.</param>
internal sealed record Matches(List<long> Ids, long? StoppedAt = null)
{
    /// <summary>Whether there may be more that match, among those that were wanted.</summary>
    public bool IsIncomplete => StoppedAt is not null;

    /// <summary>
    /// Where a page goes on that has fewer rows than were found, since the viewer has not all of them: blocked and muted ones.
    /// </summary>
    /// <param name="range">What was asked for.</param>
    public long? StoppedBefore(MatchRange range) => Ids.Count >= range.Take ? Ids[^1] : StoppedAt;
}

/// <summary>
/// Asks the index of words, at a cost that does not grow with how many posts there are. The databases' indexes differ so much
/// that each is asked in a way of its own, which a Data project knows.
/// </summary>
internal abstract class FindMatches(ReplicaSql sql)
{
    /// <summary>Where it is asked.</summary>
    protected ReplicaSql Sql { get; } = sql;

    /// <summary>The ids that match, in the range's order.</summary>
    /// <param name="table">The table of words; trusted.</param>
    /// <param name="expression">What is looked for.</param>
    /// <param name="range">Which of them.</param>
    /// <param name="budget">How long it may take.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="StatementStoppedException">Not even the first rows could be looked at.</exception>
    public abstract Task<Matches> RunAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        SearchBudget budget,
        CancellationToken ct
    );

    /// <summary>A page of what matches. It may hold fewer rows than asked for and still have one that follows.</summary>
    /// <param name="table">The table of words; trusted.</param>
    /// <param name="expression">What is looked for.</param>
    /// <param name="page">Which of them.</param>
    /// <param name="order">The order where the page names none.</param>
    /// <param name="readAsync">Reads the rows of ids, in their order; those that the viewer has not are left out.</param>
    /// <param name="budget">How long it may take.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="StatementStoppedException">Not even the first rows could be looked at.</exception>
    public async Task<Page<T>> PageAsync<T>(
        string table,
        SearchExpression expression,
        PageRequest page,
        ListOrder order,
        Func<IReadOnlyList<long>, Task<List<Keyed<T>>>> readAsync,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        var pager = new Pager(page, order);
        var range = new MatchRange(pager.IsDescending, pager.Take, page.Before, page.After);
        var found = await RunAsync(table, expression, range, budget, ct);
        var read = await pager.PageAsync(
            await readAsync(found.Ids),
            edge => ExistsBeyondAsync(table, expression, edge, !pager.IsDescending, budget, ct),
            found.StoppedBefore(range)
        );
        return read with { IsIncomplete = found.IsIncomplete };
    }

    /// <summary>
    /// What a statement is to begin with that looks at all matching rows, which must be few: the index is asked first, and then
    /// for each match the row that it is of. Further conditions may follow.
    /// </summary>
    /// <param name="table">The table of words; trusted.</param>
    /// <param name="rows">The table whose words they are, with a name for it; trusted.</param>
    /// <param name="id">The column of its ids; trusted.</param>
    /// <param name="expression">What is looked for.</param>
    /// <returns>What stands after FROM, and the value of its parameter <c>match</c>.</returns>
    public abstract (string From, string Match) FromMatches(
        string table,
        string rows,
        string id,
        SearchExpression expression
    );

    /// <summary>Whether anything matches on one side of an id; where too much would have to be read, perhaps.</summary>
    private async Task<bool> ExistsBeyondAsync(
        string table,
        SearchExpression expression,
        long edge,
        bool isDescending,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        var range = new MatchRange(isDescending, Take: 1).Beyond(edge, take: 1);
        try
        {
            var found = await RunAsync(table, expression, range, budget, ct);
            return found.Ids.Count > 0 || found.IsIncomplete;
        }
        catch (StatementStoppedException)
        {
            return true;
        }
    }

    /// <summary>The last id of so many rows; null when there are fewer.</summary>
    protected Task<long?> FindEndAsync(string table, int window, MatchRange range, CancellationToken ct) =>
        Sql.FirstAsync(
            $"""
            SELECT id FROM {table} WHERE true{range.Condition("id")}
            ORDER BY id {range.Order} LIMIT 1 OFFSET @window - 1
            """,
            row => (long?)row.GetInt64(0),
            ct,
            [("window", window), .. range.Parameters]
        );
}
