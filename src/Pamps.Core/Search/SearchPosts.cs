using Pamps.Core.Databases;
using Pamps.Core.Filters;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;

namespace Pamps.Core.Search;

/// <summary>Finds posts by their words, authors and hashtags. docs/search.md has the syntax.</summary>
public sealed class SearchPosts
{
    /// <summary>The most characters of a query, for posts or for users.</summary>
    public const int MaxQueryLength = SearchQuery.MaxLength;

    private const string Table = "post_search";

    private readonly Sql sql;
    private readonly FindMatches matches;
    private readonly SearchQueue queue;
    private readonly FilterPosts filters;

    internal SearchPosts(ReplicaSql sql, FindMatches matches, SearchQueue queue, FilterPosts filters)
    {
        (this.sql, this.matches) = (sql, matches);
        (this.queue, this.filters) = (queue, filters);
    }

    /// <summary>
    /// The posts, replies too, that match, newest first unless the page says otherwise. Refused when the query has
    /// nothing to look for or asks too much, while too many others search, and for who
    /// has searched for long. A page may hold fewer posts than asked for and
    /// still have one that follows.
    /// </summary>
    /// <param name="viewer">Who looks; null when nobody is signed in.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="network">Where the request comes from: who is not signed in is counted by it. Null where it does not matter.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<Page<PostView>>> RunAsync(
        Viewer? viewer,
        string? query,
        PageRequest page,
        long? network,
        CancellationToken ct
    )
    {
        if (SearchQuery.ForPosts(query) is var parsed && parsed.IsRefused(out var error))
        {
            return error;
        }
        return await FilterAsync(
            viewer,
            await queue.RunAsync(
                Searcher.Of(viewer, network),
                budget => NextToAsync(viewer, parsed.Value, page, budget, ct),
                ct
            ),
            ct
        );
    }

    /// <summary>
    /// The best of the newest <see cref="PostRanking.Candidates"/> posts that match: those that are talked about,
    /// that say little else, and that are new. <c>Before</c> and <c>After</c> of the page name the post whose
    /// neighbours in this ranking are wanted; its order is not looked at.
    /// </summary>
    public async Task<Result<Page<PostView>>> BestAsync(
        Viewer? viewer,
        string? query,
        PageRequest page,
        long? network,
        CancellationToken ct
    )
    {
        if (SearchQuery.ForPosts(query) is var parsed && parsed.IsRefused(out var error))
        {
            return error;
        }
        return await FilterAsync(
            viewer,
            await queue.RunAsync(
                Searcher.Of(viewer, network),
                budget => RankAsync(viewer, parsed.Value, page, budget, ct),
                ct
            ),
            ct
        );
    }

    private async Task<Result<Page<PostView>>> FilterAsync(
        Viewer? viewer,
        Result<Page<PostView>> found,
        CancellationToken ct
    ) =>
        found.IsRefused(out var error)
            ? error
            : await filters.PageAsync(viewer, FilterPlaces.Public, found.Value, ct);

    private async Task<Result<Page<PostView>>> NextToAsync(
        Viewer? viewer,
        SearchQuery query,
        PageRequest page,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        return await ToExpressionAsync(viewer, query, ct) is { } expression
            ? await matches.PageAsync(
                Table,
                expression,
                page,
                ListOrder.Newest,
                ids => ReadAsync(viewer, ids, ct),
                budget,
                ct
            )
            : new Page<PostView>([], null, null);
    }

    private async Task<Result<Page<PostView>>> RankAsync(
        Viewer? viewer,
        SearchQuery query,
        PageRequest page,
        SearchBudget budget,
        CancellationToken ct
    )
    {
        if (await ToExpressionAsync(viewer, query, ct) is not { } expression)
        {
            return new Page<PostView>([], null, null);
        }
        var range = new MatchRange(IsDescending: true, PostRanking.Candidates);
        var newest = await matches.RunAsync(Table, expression, range, budget, ct);
        var facts = await sql.ListByIdAsync(
            PostSql.FactsAmong(sql.Dialect, viewer),
            row => new PostFacts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3)),
            newest.Ids,
            ct,
            PostSql.Parameters(viewer)
        );
        var ranked = RankedPage.Of(PostRanking.Rank(facts, query), page);
        var posts = await ReadAsync(viewer, ranked.Items, ct);
        return new Page<PostView>([.. posts.Select(x => x.Row)], ranked.Next, ranked.Previous)
        {
            IsIncomplete = newest.IsIncomplete,
        };
    }

    /// <summary>What the index is asked, or null when nobody can have written such a post.</summary>
    private async Task<SearchExpression?> ToExpressionAsync(
        Viewer? viewer,
        SearchQuery query,
        CancellationToken ct
    )
    {
        var all = query.Terms.Select(x => x.ToIndexed()).ToList();
        var none = query.NotTerms.Select(x => x.ToIndexed()).ToList();
        foreach (var author in query.Authors)
        {
            if (await sql.FindUserIdAsync(viewer, author, ct) is not { } id)
            {
                return null;
            }
            all.Add(SearchTerm.Of(IndexedWords.AuthorMarker(id)));
        }
        foreach (var author in query.NotAuthors)
        {
            if (await sql.FindUserIdAsync(viewer, author, ct) is { } id)
            {
                none.Add(SearchTerm.Of(IndexedWords.AuthorMarker(id)));
            }
        }
        all.AddRange(query.Tags.Select(x => SearchTerm.Of(IndexedWords.TagMarker(x))));
        none.AddRange(query.NotTags.Select(x => SearchTerm.Of(IndexedWords.TagMarker(x))));
        // Nobody has the id 0: who is not signed in finds no hidden posts.
        return new SearchExpression(all, none, SearchTerm.Of(IndexedWords.AuthorMarker(viewer?.Id ?? 0)));
    }

    /// <summary>The posts of these ids, in their order. One that was deleted meanwhile is left out.</summary>
    private async Task<List<Keyed<PostView>>> ReadAsync(
        Viewer? viewer,
        IReadOnlyList<long> ids,
        CancellationToken ct
    )
    {
        var posts = await sql.ListByIdAsync(
            PostSql.FoundAmong(sql.Dialect, viewer),
            PostSql.Read,
            ids,
            ct,
            PostSql.Parameters(viewer)
        );
        var byId = posts.ToDictionary(x => x.Id);
        return [.. ids.Where(byId.ContainsKey).Select(id => new Keyed<PostView>(id, byId[id]))];
    }
}
