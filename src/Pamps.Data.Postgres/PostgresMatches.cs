using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Search;

namespace Pamps.Data.Postgres;

/// <summary>Asks a table of <c>tsvector</c> and the GIN index on it.</summary>
/// <remarks>
/// The index knows no order: a common word is found soonest by walking from the newest row back, a rare one only by the index,
/// and statistics do not say well enough which it is. So first a few rows are walked; then the index is asked, for as many rows
/// as can be sorted soon; and if there are more, or that takes too long, the walk goes on, which finds a word as common as that
/// before long. Where it does not, because those who said it fell silent years ago, the answer says how far the walk came.
/// </remarks>
internal sealed class PostgresMatches(ReplicaSql sql, SearchBounds bounds) : FindMatches(sql)
{
    public override async Task<Matches> RunAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        var window = bounds.FirstWindow;
        var found = await budget.ListFirstAsync(
            Sql,
            Walk(table, expression, range, window),
            row => row.GetInt64(0),
            ct
        );
        if (found.Count >= range.Take)
        {
            return new(found);
        }
        if (await AskIndexAsync(table, expression, range, budget, ct) is { } all)
        {
            return new(all);
        }
        var (rest, looked) = (range, window);
        while (await FindEndAsync(table, window, rest, ct) is { } end)
        {
            rest = range.Beyond(end, range.Take - found.Count);
            window = Math.Min(window * bounds.Growth, bounds.LastWindow - looked);
            looked += window;
            if (window <= 0 || await GoOnAsync() is not { } further)
            {
                return new(found, end);
            }
            found.AddRange(further);
            if (found.Count >= range.Take)
            {
                break;
            }
        }
        return new(found);

        Task<List<long>?> GoOnAsync() =>
            budget.TryListAsync(Sql, Walk(table, expression, rest, window), row => row.GetInt64(0), ct);
    }

    public override (string From, string Match) FromMatches(
        string table,
        string rows,
        string id,
        SearchExpression expression
    ) =>
        (
            $"{table} s JOIN {rows} ON {id} = s.id WHERE s.words @@ (SELECT @match::tsquery)",
            expression.ToPostgres()
        );

    private static Statement Walk(string table, SearchExpression expression, MatchRange range, int window) =>
        // The query is a subquery so that its text is read once, not at every row.
        new(
            $"""
            SELECT w.id FROM (
                SELECT id, words FROM {table} WHERE true{range.Condition(
                "id"
            )} ORDER BY id {range.Order} LIMIT @window
            ) w
            WHERE w.words @@ (SELECT @match::tsquery) ORDER BY w.id {range.Order} LIMIT @take
            """,
            [
                ("match", expression.ToPostgres()),
                ("window", window),
                ("take", range.Take),
                .. range.Parameters,
            ]
        );

    /// <summary>The ids by the index of words, or null when there are too many, or that would take too long.</summary>
    private async Task<List<long>?> AskIndexAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        SearchBudget budget,
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
        var rows = await budget.TryListAsync(
            Sql,
            statement,
            row => (Id: row.GetInt64(0), Count: row.GetInt64(1)),
            ct,
            share: 2
        );
        return rows is null || rows[0].Count > bounds.MostCandidates
            ? null
            : [.. rows.Skip(1).Select(x => x.Id)];
    }
}
