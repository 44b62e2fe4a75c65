using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Search;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Limits;
using Pamps.Tests.Plans;
using Pamps.Tests.Posts;

namespace Pamps.Tests.Search;

/// <summary>A search asks for no more than the server can give beside everything else.</summary>
public sealed class SearchLimitsTests
{
    private const string Sign = "Search-Incomplete";

    [Theory, OnEachDatabase]
    public async Task What_a_query_says_again_counts_once(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        var id = await ana.WriteAsync("red blue #pampas");
        foreach (var term in new[] { "\"red blue\"", "RED", "#pampas", "pamp*", "-\"blue red\"" })
        {
            var author = $"from:{ana.Username}";
            var often = Enumerable.Repeat(term, (200 - author.Length) / (term.Length + 1));
            Assert.Equal([id], await SearchTests.FindAsync(ana, string.Join(' ', often.Prepend(author))));
        }
        var from = $"from:{ana.Username} from:{ana.Username.ToUpperInvariant()} {Words(19)}";
        Assert.Empty(await SearchTests.FindAsync(ana, from));
    }

    [Theory]
    [InlineData("too_many_phrases", 5, "\"a b\" \"a c\" a-d -\"a e\" a.f 京都")]
    [InlineData("too_many_beginnings", 5, "abc* abd* abe* -abf* \"a abg\"* abh*")]
    [InlineData("too_many_terms", 20, "0 1 2 3 4 5 6 7 8 9 a b c d e f -g -h -i #j from:k")]
    public async Task A_query_that_asks_for_too_much_is_refused(string code, int most, string query)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        await AssertRefusedAsync(pamps, code, most, query);
        await AssertRefusedAsync(pamps, "too_many_words", 50, $"\"{Words(51)}\"");
        // Beginnings of one or two letters are as cheap as words.
        using var anyone = pamps.Anonymous();
        Assert.Empty(await SearchTests.FindAsync(anyone, "a* b* c* d* e* f* zyxwvut"));
    }

    [Theory, OnEachDatabase]
    public async Task A_search_whose_time_is_over_answers_what_it_has_and_says_so(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            change: x => x.Search.BudgetMilliseconds = 0,
            services: x =>
                x.AddSingleton(new SearchBounds { FirstWindow = 2, FirstTime = TimeSpan.FromMinutes(1) })
        );
        using var ana = await pamps.RegisterAsync();
        await ana.WriteAsync("wanted");
        await ana.WriteAsync("both");
        var newest = await ana.WriteAsync("wanted both");

        foreach (var query in new[] { "wanted", "\"wanted\" -\"x y\"", "want*" })
        {
            foreach (var order in new[] { "", "&order=best" })
            {
                var found = await ana.GetAsync($"/search/?q={SearchTests.Escape(query)}{order}");
                Assert.Equal([newest], found.Ids);
                Assert.Equal("?1", found.Header(Sign));
                Assert.Equal(order.Length == 0, found.Link("next") is not null);
            }
        }
        // It has one more than it shows.
        var whole = await ana.GetAsync("/search/?q=both&limit=1");
        Assert.Equal([newest], whole.Ids);
        Assert.Null(whole.Header(Sign));
        Assert.Equal(2, (await Walk.IdsAsync(ana, "/search/?q=wanted")).Count);
    }

    [Fact]
    public async Task A_search_that_has_nothing_when_its_time_is_over_is_refused()
    {
        await using var pamps = await PampsServer.StartAsync(
            Database.Postgres,
            services: x => x.AddSingleton(new SearchBounds { FirstTime = TimeSpan.FromMilliseconds(50) }),
            change: x => x.Search.BudgetMilliseconds = 50
        );
        await using var other = await TestDatabase.OpenAsync(pamps.Options.Db.Uri);
        await using var held = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = other.CreateCommand();
        (command.CommandText, command.Transaction) = ("LOCK TABLE post_search", held);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var anyone = pamps.Anonymous();

        foreach (var order in new[] { "newest", "best" })
        {
            var refused = await anyone.GetAsync($"/search/?q=word&order={order}");
            refused.Refused(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("search_too_dear", (string)refused["code"]!);
        }
        await held.RollbackAsync(TestContext.Current.CancellationToken);
        Assert.Equal("0", await pamps.ScalarAsync<string>("SHOW statement_timeout"));
    }

    [Theory, OnEachDatabase]
    public async Task Few_search_at_once_few_wait_and_who_hangs_up_gives_the_place_back(Database database)
    {
        await using var slow = await SlowTable.StartAsync(
            database,
            "user",
            change: x => (x.Search.Parallel, x.Search.Waiting) = (1, 1),
            services: x => x.AddSingleton(new SearchBounds { LongestWait = TimeSpan.FromMinutes(1) })
        );
        using var anyone = slow.Pamps.Anonymous();
        // It looks for the author first.
        var searching = await slow.AskAsync($"/search/?q=from:{SlowTable.Username}");

        var others = Enumerable.Range(0, 4).Select(_ => anyone.GetAsync("/search/?q=word")).ToList();
        for (var i = 0; i < 3; i++)
        {
            var first = await Task.WhenAny(others);
            others.Remove(first);
            var refused = await first;
            refused.Refused(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("searches_full", (string)refused["code"]!);
            Assert.NotNull(refused.Header("Retry-After"));
        }
        await searching.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, (await others.Single()).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Who_has_searched_for_long_rests_and_others_search_meanwhile(Database database)
    {
        await using var pamps = await StartAsync(database, TimeSpan.FromSeconds(1));
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var super = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        var (home, neighbour) = (Limited.From("2001:db8:0:1::1"), Limited.From("2001:db8:0:1::2"));

        await AssertRestsAsync(
            () => ana.GetAsync("/search/?q=word", home),
            () => ana.GetAsync("/search/?q=word&order=best&type=user", Limited.From("192.0.2.1")),
            meanwhile: () => beto.GetAsync("/search/?q=word", home)
        );
        await AssertRestsAsync(
            () => anyone.GetAsync("/search/?q=word&type=user", home),
            () => anyone.GetAsync("/search/?q=word&order=best", neighbour),
            meanwhile: () => anyone.GetAsync("/search/?q=word", Limited.From("192.0.2.1"))
        );
        // The machine itself may be a proxy that nobody named, and all people.
        var uncounted = await Together.AtOnceAsync(() => anyone.GetAsync("/search/?q=word"));
        Assert.All(uncounted, AssertFound);
        Assert.All(await Together.AtOnceAsync(() => super.GetAsync("/search/?q=word")), AssertFound);
    }

    [Fact]
    public async Task Who_searches_once_after_the_other_waits_and_is_never_refused()
    {
        await using var pamps = await StartAsync(Database.Sqlite, TimeSpan.FromMilliseconds(300));
        using var ana = await pamps.RegisterAsync();
        var id = await ana.WriteAsync("wanted");
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal([id], (await ana.GetAsync("/search/?q=wanted")).Ids);
        }
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.FromMilliseconds(600), TimeSpan.MaxValue);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_has_more_than_one_search_at_once_and_others_have_theirs(Database database)
    {
        await using var slow = await SlowTable.StartAsync(
            database,
            "user",
            change: x =>
            {
                Limited.Limit(x);
                (x.Search.Parallel, x.Search.Waiting) = (2, 1);
            },
            services: x => x.AddSingleton(new SearchBounds { LongestRest = TimeSpan.FromMinutes(1) })
        );
        using var anyone = slow.Pamps.Anonymous();
        var (one, other) = (Limited.From("192.0.2.1"), Limited.From("192.0.2.2"));
        var searching = await slow.AskAsync($"/search/?q=from:{SlowTable.Username}", one);

        var waiting = Enumerable.Range(0, 2).Select(_ => anyone.GetAsync("/search/?q=word", one)).ToList();
        var refused = await Task.WhenAny(waiting);
        AssertMustRest(await refused);
        AssertFound(await anyone.GetAsync("/search/?q=word", other));
        waiting.Remove(refused);
        Assert.False(waiting[0].IsCompleted);

        await searching.DisposeAsync();
        AssertFound(await waiting[0]);
    }

    private static Task<PampsServer> StartAsync(Database database, TimeSpan longestRest) =>
        PampsServer.StartAsync(
            database,
            change: x => Limited.Limit(x),
            services: x =>
                x.AddSingleton(
                    new SearchBounds
                    {
                        Ahead = TimeSpan.Zero,
                        Rest = 1_000_000,
                        LongestRest = longestRest,
                    }
                )
        );

    /// <summary>Of six at once one searches, another after a rest perhaps, and nobody waits so long for the others.</summary>
    private static async Task AssertRestsAsync(
        Func<Task<Answer>> first,
        Func<Task<Answer>> then,
        Func<Task<Answer>> meanwhile
    )
    {
        AssertFound(await first());
        var searches = Enumerable.Range(0, 6).Select(_ => then()).ToList();
        AssertFound(await meanwhile());
        Assert.Contains(searches, x => !x.IsCompleted);
        var answers = await Task.WhenAll(searches);
        var refused = answers.Where(x => x.Status != HttpStatusCode.OK).ToList();
        Assert.InRange(refused.Count, 4, 5);
        Assert.All(refused, AssertMustRest);
    }

    private static void AssertFound(Answer found) => Assert.Equal(HttpStatusCode.OK, found.Status);

    private static void AssertMustRest(Answer refused)
    {
        refused.Refused(HttpStatusCode.TooManyRequests);
        Assert.Equal("too_much_searching", (string)refused["code"]!);
        Assert.NotNull(refused.Header("Retry-After"));
    }

    private static async Task AssertRefusedAsync(PampsServer pamps, string code, int most, string query)
    {
        using var anyone = pamps.Anonymous();
        foreach (var rest in new[] { "", "&order=best" })
        {
            var refused = await anyone.GetAsync($"/search/?q={SearchTests.Escape(query)}{rest}");
            refused.Refused(HttpStatusCode.UnprocessableEntity);
            Assert.Equal(code, (string)refused["codes"]!["q"]![0]!);
            Assert.Equal(most, (int)refused["limits"]!["q"]!["most"]!);
        }
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Range(0, count));
}
