using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Search;

namespace Pamps.Data.Postgres;

/// <summary>Asks a table of <c>tsvector</c> and the GIN index on it.</summary>
/// <remarks>
/// The index knows no order: a common word is found soonest by walking from the newest row back, a rare one only by the index,
/// and statistics do not say well enough which it is. So first a few rows are walked; then the index is asked, for as many rows
/// as can be sorted soon; and if there are more, the walk goes on, which finds a word as common as that before long. Where it
/// does not, because those who said it fell silent years ago, the answer says how far the walk came.
/// </remarks>
internal sealed class PostgresMatches(ReplicaSql sql, SearchBounds bounds) : FindMatches(sql)
{
    public override async Task<Matches> RunAsync(
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

    private Task<List<long>> WalkAsync(
        string table,
        SearchExpression expression,
        MatchRange range,
        int window,
        CancellationToken ct
    ) =>
        // The query is a subquery so that its text is read once, not at every row.
        Sql.ListAsync(
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
        var rows = await Sql.ListAsync(statement, row => (Id: row.GetInt64(0), Count: row.GetInt64(1)), ct);
        return rows[0].Count > bounds.MostCandidates ? null : [.. rows.Skip(1).Select(x => x.Id)];
    }
}
