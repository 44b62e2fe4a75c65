using Pamps.Core.Reads;
using Pamps.Core.Search;

namespace Pamps.Data.Sqlite;

/// <summary>Asks an FTS5 table.</summary>
/// <remarks>
/// It keeps the ids of a word in order and gives the newest first; only a phrase of common words may have it read long lists
/// to the end, and so is looked for in a window.
/// </remarks>
internal sealed class SqliteMatches(ReplicaSql sql, SearchBounds bounds) : FindMatches(sql)
{
    public override async Task<Matches> RunAsync(
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
                var within = await ReadAsync(table, expression, range, ct, end);
                if (within.Count >= range.Take || window == bounds.LastPhraseWindow)
                {
                    return new(within, within.Count >= range.Take ? null : end);
                }
            }
        }
        return new(await ReadAsync(table, expression, range, ct));
    }

    /// <summary>CROSS JOIN keeps SQLite from reading the other table first.</summary>
    public override (string From, string Match) FromMatches(
        string table,
        string rows,
        string id,
        SearchExpression expression
    ) => ($"{table} s CROSS JOIN {rows} ON {id} = s.rowid WHERE s.words MATCH @match", expression.ToSqlite());

    private Task<List<long>> ReadAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        CancellationToken ct,
        long? end = null
    )
    {
        var condition = end is null ? "" : $" AND rowid {(range.IsDescending ? ">=" : "<=")} @end";
        return Sql.ListAsync(
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
}
