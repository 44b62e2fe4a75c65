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

    public IEnumerable<(string, object?)> Parameters =>
        new (string, object?)[] { ("before", Before), ("after", After) }.Where(x => x.Item2 is not null);
}

/// <summary>The ids that match, in the range's order.</summary>
/// <param name="Ids">At most as many as were wanted.</param>
/// <param name="StoppedAt">The last id looked at, when the search was given up before all were looked at.</param>
internal sealed record Matches(List<long> Ids, long? StoppedAt = null)
{
    /// <summary>
    /// Where a page goes on that has fewer rows than were found, since the viewer has not all of them: blocked and muted ones.
    /// </summary>
    /// <param name="range">What was asked for.</param>
    public long? StoppedBefore(MatchRange range) => Ids.Count >= range.Take ? Ids[^1] : StoppedAt;
}

/// <summary>Asks the index of words, at a cost that does not grow with how many posts there are.</summary>
/// <remarks>
/// SQLite keeps the ids of a word in order and gives the newest first; only a phrase of common words may have it read
/// long lists to the end, and so is looked for in a window. PostgreSQL's index knows no order: a common
/// word is found soonest by walking from the newest row back, a rare one only by the index, and statistics do not
/// say well enough which it is. So first a few rows are walked; then the index is asked, for as many rows as can be
/// sorted soon; and if there are more, the walk goes on, which finds a word as common as that before long. Where it
/// does not, because those who said it fell silent years ago, the answer says how far the walk came.
/// </remarks>
internal sealed class FindMatches(ReplicaSql sql, SearchBounds bounds)
{
    public Task<Matches> RunAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        CancellationToken ct
    ) =>
        sql.Dialect.Product == SqlDialect.Sqlite
            ? AskSqliteAsync(table, expression, range, ct)
            : AskPostgresAsync(table, expression, range, ct);

    /// <summary>Whether anything matches on one side of an id; where too much would have to be read, perhaps.</summary>
    public async Task<bool> ExistsBeyondAsync(
        string table,
        SearchExpression expression,
        long edge,
        bool isDescending,
        CancellationToken ct
    )
    {
        var range = new MatchRange(
            isDescending,
            Take: 1,
            Before: isDescending ? edge : null,
            After: isDescending ? null : edge
        );
        var found = await RunAsync(table, expression, range, ct);
        return found.Ids.Count > 0 || found.StoppedAt is not null;
    }

    private async Task<Matches> AskSqliteAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        CancellationToken ct
    )
    {
        if (expression.HasOrder)
        {
            foreach (var window in new[] { bounds.FirstWindow, bounds.LastPhraseWindow })
            {
                if (await FindEndAsync($"{table}_docsize", window, range, ct) is not { } end)
                {
                    break;
                }
                var within = await ReadSqliteAsync(table, expression, range, ct, end);
                if (within.Count >= range.Take || window == bounds.LastPhraseWindow)
                {
                    return new(within, within.Count >= range.Take ? null : end);
                }
            }
        }
        return new(await ReadSqliteAsync(table, expression, range, ct));
    }

    private Task<List<long>> ReadSqliteAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        CancellationToken ct,
        long? end = null
    )
    {
        var condition = end is null ? "" : $" AND rowid {(range.IsDescending ? ">=" : "<=")} @end";
        return sql.ListAsync(
            $"""
            SELECT rowid FROM {table} WHERE {table} MATCH @match{range.Condition("rowid")}{condition}
            ORDER BY rowid {range.Order} LIMIT @take
            """,
            row => row.GetInt64(0),
            ct,
            [
                ("match", expression.ToSqlite()),
                ("take", range.Take),
                .. range.Parameters,
                .. end is null ? [] : new (string, object?)[] { ("end", end) },
            ]
        );
    }

    private async Task<Matches> AskPostgresAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        CancellationToken ct
    )
    {
        var soon = await WalkAsync(table, expression, range, bounds.FirstWindow, ct);
        if (soon.Count >= range.Take)
        {
            return new(soon);
        }
        if (await AskIndexAsync(table, expression, range, ct) is { } all)
        {
            return new(all);
        }
        var walked = await WalkAsync(table, expression, range, bounds.LastWindow, ct);
        return new(
            walked,
            walked.Count >= range.Take ? null : await FindEndAsync(table, bounds.LastWindow, range, ct)
        );
    }

    /// <summary>The last id of so many rows; null when there are fewer.</summary>
    private Task<long?> FindEndAsync(string table, int window, MatchRange range, CancellationToken ct) =>
        sql.FirstAsync(
            $"""
            SELECT id FROM {table} WHERE true{range.Condition("id")}
            ORDER BY id {range.Order} LIMIT 1 OFFSET @window - 1
            """,
            row => (long?)row.GetInt64(0),
            ct,
            [("window", window), .. range.Parameters]
        );

    private Task<List<long>> WalkAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        int window,
        CancellationToken ct
    ) =>
        // The query is a subquery so that its text is read once, not at every row.
        sql.ListAsync(
            $"""
            SELECT w.id FROM (
                SELECT id, words FROM {table} WHERE true{range.Condition(
                "id"
            )} ORDER BY id {range.Order} LIMIT @window
            ) w
            WHERE w.words @@ (SELECT @match::tsquery) ORDER BY w.id {range.Order} LIMIT @take
            """,
            row => row.GetInt64(0),
            ct,
            [
                ("match", expression.ToPostgres()),
                ("window", window),
                ("take", range.Take),
                .. range.Parameters,
            ]
        );

    /// <summary>The ids by the index of words, or null when there are too many.</summary>
    private async Task<List<long>?> AskIndexAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        CancellationToken ct
    )
    {
        // Without these the planner, which does not know the words, might read the table instead.
        const string settings = """
            SELECT set_config(x, 'off', true)
            FROM (VALUES ('enable_seqscan'), ('enable_indexscan'), ('jit')) AS settings (x)
            """;
        var statement = new Statement(
            $"""
            WITH found AS MATERIALIZED (
                SELECT id, words @@ (SELECT @match::tsquery) AS matches FROM {table}
                WHERE words @@ (SELECT @candidates::tsquery) LIMIT @most + 1
            )
            SELECT 0::bigint, count(*) FROM found
            UNION ALL (
                SELECT id, 0 FROM found WHERE matches{range.Condition("id")}
                ORDER BY id {range.Order} LIMIT @take
            )
            """,
            [
                ("match", expression.ToPostgres()),
                ("candidates", expression.WithoutOrder().ToPostgres()),
                ("most", bounds.MostCandidates),
                ("take", range.Take),
                .. range.Parameters,
            ]
        )
        {
            Settings = settings,
        };
        var rows = await sql.ListAsync(statement, row => (Id: row.GetInt64(0), Count: row.GetInt64(1)), ct);
        return rows[0].Count > bounds.MostCandidates ? null : [.. rows.Skip(1).Select(x => x.Id)];
    }
}
