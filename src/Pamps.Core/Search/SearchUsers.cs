using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;

namespace Pamps.Core.Search;

/// <summary>Finds users by name and bio; also what completes a name that somebody begins to type.</summary>
public sealed class SearchUsers
{
    private const string Table = "user_search";

    /// <summary>Only so many of each kind are ranked, so that the cost has a bound.</summary>
    private const int Candidates = 500;

    private readonly Sql sql;
    private readonly FindMatches matches;
    private readonly SearchQueue queue;

    internal SearchUsers(ReplicaSql sql, FindMatches matches, SearchQueue queue) =>
        (this.sql, this.matches, this.queue) = (sql, matches, queue);

    /// <summary>
    /// The users that match, oldest first unless the page says otherwise. Refused when the query has nothing to look
    /// for or asks too much, while too many others search, and for who
    /// has searched for long. A page may hold fewer users than asked for and still have one
    /// that follows.
    /// </summary>
    public async Task<Result<Page<UserView>>> RunAsync(
        Viewer? viewer,
        string? query,
        PageRequest page,
        long? network,
        CancellationToken ct
    )
    {
        if (SearchQuery.ForUsers(query) is var parsed && parsed.IsRefused(out var error))
        {
            return error;
        }
        return await queue.RunAsync<Page<UserView>>(
            Searcher.Of(viewer, network),
            async budget =>
                await matches.PageAsync(
                    Table,
                    ToExpression(parsed.Value),
                    page,
                    ListOrder.Oldest,
                    ids => ReadAsync(viewer, ids, ct),
                    budget,
                    ct
                ),
            ct
        );
    }

    /// <summary>
    /// Ranked: the user of that very name, then names that begin so, then the others; among these who has most
    /// followers, then who came first. Of the others, the oldest 500 are ranked. <c>Before</c> and <c>After</c> of
    /// the page name the user whose neighbours in this ranking are wanted; its order is not looked at.
    /// </summary>
    public async Task<Result<Page<UserView>>> BestAsync(
        Viewer? viewer,
        string? query,
        PageRequest page,
        long? network,
        CancellationToken ct
    )
    {
        if (SearchQuery.ForUsers(query) is var parsed && parsed.IsRefused(out var error))
        {
            return error;
        }
        return await queue.RunAsync(
            Searcher.Of(viewer, network),
            budget => RankAsync(viewer, parsed.Value, page, budget, ct),
            ct
        );
    }

    private async Task<Result<Page<UserView>>> RankAsync(
        Viewer? viewer,
        SearchQuery query,
        PageRequest page,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        var expression = ToExpression(query);
        var named = await NamedAsync(viewer, query, expression, budget, ct);
        var range = new MatchRange(IsDescending: false, Candidates);
        var others = await matches.RunAsync(Table, expression, range, budget, ct);
        var followed = await sql.ListByIdAsync(
            $"""
            SELECT u.id, u.followers_count FROM "user" u
            WHERE {sql.Dialect.IsOneOf("u.id", "ids")} AND {UserRows.Found(viewer)}
            """,
            row => (Id: row.GetInt64(0), Followers: row.GetInt64(1)),
            [.. others.Ids.Except(named ?? [])],
            ct,
            UserRows.Parameters(viewer)
        );
        var ranked = RankedPage.Of(
            [
                .. named ?? [],
                .. followed.OrderByDescending(x => x.Followers).ThenBy(x => x.Id).Select(x => x.Id),
            ],
            page
        );
        var users = await ReadAsync(viewer, ranked.Items, ct);
        return new Page<UserView>([.. users.Select(x => x.Row)], ranked.Next, ranked.Previous)
        {
            IsIncomplete = named is null || others.IsIncomplete,
        };
    }

    private static SearchExpression ToExpression(SearchQuery query) =>
        new(
            [.. query.Terms.Select(x => x.ToIndexedForUsers())],
            [.. query.NotTerms.Select(x => x.ToIndexed())]
        );

    /// <summary>
    /// Those of the matches whose name is the word that is looked for, or begins with it, ranked; null where that takes too long.
    /// </summary>
    private async Task<List<long>?> NamedAsync(
        Viewer? viewer,
        SearchQuery query,
        SearchExpression expression,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        if (query.Terms is not [{ Words: [var word] }])
        {
            return [];
        }
        var name = new SearchTerm([IndexedWords.NameMarker(word)], IsPrefix: true);
        var named = expression with { All = [.. expression.All, name] };
        var (from, match) = matches.FromMatches(Table, "\"user\" u", "u.id", named);
        var statement = new Statement(
            $"""
            SELECT u.id FROM {from} AND {UserRows.Found(viewer)}
            ORDER BY CASE WHEN u.username_key = @name THEN 0 ELSE 1 END, u.followers_count DESC, u.id LIMIT @take
            """,
            [
                .. UserRows.Parameters(viewer),
                ("match", match),
                ("name", word.Replace(Folding.Joiner, '_')),
                ("take", Candidates),
            ]
        );
        return await budget.TryListAsync(sql, statement, row => row.GetInt64(0), ct, share: 2);
    }

    /// <summary>The users of these ids, in their order. One who left meanwhile is left out.</summary>
    private async Task<List<Keyed<UserView>>> ReadAsync(
        Viewer? viewer,
        IReadOnlyList<long> ids,
        CancellationToken ct
    )
    {
        var users = await sql.ListByIdAsync(
            $"""
            SELECT u.id, {UserRows.Columns} FROM "user" u
            WHERE {sql.Dialect.IsOneOf("u.id", "ids")} AND {UserRows.Found(viewer)}
            """,
            UserRows.Read,
            ids,
            ct,
            UserRows.Parameters(viewer)
        );
        var byId = users.ToDictionary(x => x.Id);
        return [.. ids.Where(byId.ContainsKey).Select(id => new Keyed<UserView>(id, byId[id]))];
    }
}
