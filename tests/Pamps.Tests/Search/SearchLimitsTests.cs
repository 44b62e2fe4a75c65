using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Search;
using Pamps.Tests.Host;
using Pamps.Tests.Limits;
using Pamps.Tests.Plans;
using Pamps.Tests.Posts;

namespace Pamps.Tests.Search;

/// <summary>A search asks for no more than the server can give beside everything else.</summary>
public sealed class SearchLimitsTests
{
    private const string Sign = "Search-Incomplete";
    private const string Proxies = "127.0.0.1, ::1";

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
        await using var pamps = await StartAsync(
            database,
            new()
            {
                Ahead = TimeSpan.Zero,
                Rest = 1_000_000,
                LongestWait = TimeSpan.FromMilliseconds(300),
            }
        );
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var anyone = pamps.Anonymous();
        var (home, neighbour) = (Limited.From("2001:db8:0:1::1"), Limited.From("2001:db8:0:1::2"));

        AssertFound(await ana.GetAsync("/search/?q=word", home));
        foreach (var kind in new[] { "", "&order=best", "&type=user", "&type=user&order=best" })
        {
            AssertMustRest(await ana.GetAsync($"/search/?q=word{kind}", home));
        }
        // What is refused before it is looked for costs nobody anything.
        (await beto.GetAsync("/search/?q=-", home)).Refused(HttpStatusCode.UnprocessableEntity);
        AssertFound(await beto.GetAsync("/search/?q=word&type=user", home));
        AssertMustRest(await beto.GetAsync("/search/?q=word", Limited.From("192.0.2.1")));
        AssertFound(await anyone.GetAsync("/search/?q=word", home));
        AssertMustRest(await anyone.GetAsync("/search/?q=word", neighbour));
        AssertFound(await anyone.GetAsync("/search/?q=word", Limited.From("192.0.2.1")));
        // The machine itself may be a proxy that nobody named, and all people.
        AssertFound(await anyone.GetAsync("/search/?q=word"));
        AssertFound(await anyone.GetAsync("/search/?q=word"));
    }

    [Fact]
    public async Task Who_has_rested_searches_again()
    {
        await using var pamps = await StartAsync(
            Database.Sqlite,
            new()
            {
                Ahead = TimeSpan.Zero,
                Rest = 20,
                LongestWait = TimeSpan.FromMinutes(1),
            }
        );
        using var ana = await pamps.RegisterAsync();
        var id = await ana.WriteAsync("wanted");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal([id], (await ana.GetAsync("/search/?q=wanted")).Ids);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_has_more_than_one_search_at_once_and_others_have_theirs(Database database)
    {
        await using var slow = await SlowTable.StartAsync(
            database,
            "user",
            change: x => (x.Search.Parallel, x.Http.TrustedProxies) = (2, Proxies),
            services: x =>
                x.AddSingleton(
                    new SearchBounds
                    {
                        Ahead = TimeSpan.FromMinutes(5),
                        LongestWait = TimeSpan.FromSeconds(1),
                    }
                )
        );
        using var anyone = slow.Pamps.Anonymous();
        var (one, other) = (Limited.From("192.0.2.1"), Limited.From("192.0.2.2"));
        var searching = await slow.AskAsync($"/search/?q=from:{SlowTable.Username}", one);

        var waiting = anyone.GetAsync("/search/?q=word", one);
        AssertFound(await anyone.GetAsync("/search/?q=word", other));
        Assert.False(waiting.IsCompleted);
        AssertMustRest(await waiting);

        await searching.DisposeAsync();
        AssertFound(await anyone.GetAsync("/search/?q=word", one));
    }

    private static void AssertFound(Answer found) => Assert.Equal(HttpStatusCode.OK, found.Status);

    private static void AssertMustRest(Answer refused)
    {
        refused.Refused(HttpStatusCode.TooManyRequests);
        Assert.Equal("too_much_searching", (string)refused["code"]!);
        Assert.NotNull(refused.Header("Retry-After"));
    }

    private static Task<PampsServer> StartAsync(Database database, SearchBounds bounds) =>
        PampsServer.StartAsync(
            database,
            change: x => x.Http.TrustedProxies = Proxies,
            services: x => x.AddSingleton(bounds)
        );

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
