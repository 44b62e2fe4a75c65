using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Search;

namespace Pamps.Data.Sqlite;

/// <summary>Asks an FTS5 table.</summary>
/// <remarks>
/// It keeps the ids of a word in order and gives the newest first, so that mostly little is read. What may have it read long lists
/// to their end, for few matches or none, is looked for in windows, each longer than the one before: then it is known how far
/// the search came when its time was over.
/// </remarks>
internal sealed class SqliteMatches(ReplicaSql sql, SearchBounds bounds) : FindMatches(sql)
{
    public override async Task<Matches> RunAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        if (!expression.HasOrder && await TryAsync(range, end: null, share: 2) is { } all)
        {
            return new(all);
        }
        var rows = $"{table}_docsize";
        var reached = await FindEndAsync(rows, bounds.FirstWindow, range, ct);
        var found = await budget.ListFirstAsync(
            Sql,
            Find(table, expression, range, reached),
            row => row.GetInt64(0),
            ct
        );
        if (reached is not { } end)
        {
            return new(found);
        }
        var length = Math.Abs((await FindEndAsync(rows, window: 1, range, ct) ?? end) - end);
        while (found.Count < range.Take)
        {
            // By how far apart ids are: to count rows takes longer than to look for words.
            length = Math.Max(1, length) * bounds.Growth;
            var next = range.IsDescending ? end - length : end + length;
            if (await TryAsync(range.Beyond(end, range.Take - found.Count), next) is not { } further)
            {
                return new(found, end);
            }
            found.AddRange(further);
            if (range.IsDescending ? next <= (range.After ?? 0) : next >= (range.Before ?? Ids.Max))
            {
                break;
            }
            end = next;
        }
        return new(found);

        Task<List<long>?> TryAsync(MatchRange part, long? end, int share = 1) =>
            budget.TryListAsync(Sql, Find(table, expression, part, end), row => row.GetInt64(0), ct, share);
    }

    /// <summary>CROSS JOIN keeps SQLite from reading the other table first.</summary>
    public override (string From, string Match) FromMatches(
        string table,
        string rows,
        string id,
        SearchExpression expression
    ) => ($"{table} s CROSS JOIN {rows} ON {id} = s.rowid WHERE s.words MATCH @match", expression.ToSqlite());

    private static Statement Find(
        string table,
        SearchExpression expression,
        MatchRange range,
        long? end = null
    )
    {
        var condition = end is null ? "" : $" AND rowid {(range.IsDescending ? ">=" : "<=")} @end";
        return new(
            $"""
            SELECT rowid FROM {table} WHERE {table} MATCH @match{range.Condition("rowid")}{condition}
            ORDER BY rowid {range.Order} LIMIT @take
            """,
            [
                ("match", expression.ToSqlite()),
                ("take", range.Take),
                .. range.Parameters,
                .. end is null ? [] : new (string, object?)[] { ("end", end) },
            ]
        );
    }
}
