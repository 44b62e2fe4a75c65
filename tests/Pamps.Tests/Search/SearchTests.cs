using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Search;

/// <summary>What is found, and what is refused.</summary>
public sealed class SearchTests
{
    [Theory, OnEachDatabase]
    public async Task Every_case_of_the_table_is_answered_alike(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        var failures = new List<string>();
        foreach (var one in SearchCases.All)
        {
            // The same words are in many cases: each has an author of its own, whose posts alone are looked at.
            using var author = await pamps.RegisterAsync();
            var found = await author.WriteAsync(one.Finds);
            var other = await author.WriteAsync(one.FindsNot);
            var ids = await FindAsync(author, $"from:{author.Username} {one.Query}");
            if (!ids.SequenceEqual([found]))
            {
                failures.Add(
                    $"{one.Query}: {(ids.Contains(found) ? "" : $"not '{one.Finds}'")} {(ids.Contains(other) ? $"but '{one.FindsNot}'" : "")}"
                );
            }
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory, OnEachDatabase]
    public async Task From_finds_the_posts_and_replies_of_one_user_whatever_the_case(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var word = NewWord();
        var first = await ana.WriteAsync($"{word} first");
        var reply = await beto.WriteAsync($"{word} reply", first);
        var second = await ana.WriteAsync($"{word} second", reply);

        Assert.Equal(
            [second, first],
            await FindAsync(beto, $"{word} from:{ana.Username.ToUpperInvariant()}")
        );
        Assert.Equal([second, first], await FindAsync(beto, $"FROM:@{ana.Username} {word}"));
        Assert.Equal([second, first], await FindAsync(beto, $"from:{ana.Username}"));
        Assert.Equal([reply], await FindAsync(ana, $"{word} -from:{ana.Username}"));
        Assert.Equal([first], await FindAsync(ana, $"from:{ana.Username} -second"));
        Assert.Empty(await FindAsync(ana, $"{word} from:{ana.Username} from:{beto.Username}"));
        Assert.Empty(await FindAsync(ana, $"{word} from:nobody_has_this_name"));
        Assert.Equal([second, reply, first], await FindAsync(ana, $"{word} -from:nobody_has_this_name"));
        Assert.Empty(await FindAsync(ana, $"{word} from:'; from:\"x"));
    }

    [Theory, OnEachDatabase]
    public async Task A_viewer_sees_their_likes_and_anybody_may_search(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var word = NewWord();
        var id = await ana.WriteAsync(word);
        await ana.PostAsync($"/post/{id}/like/");

        foreach (var order in new[] { "", "&order=best" })
        {
            var seen = (await ana.GetAsync($"/search/?q={word}{order}")).Items.Single()!;
            Assert.True((bool)seen["liked"]!);
            Assert.Equal(ana.Username, (string)seen["username"]!);
            var byAnyone = (await anyone.GetAsync($"/search/?q={word}{order}")).Items.Single()!;
            Assert.Null(byAnyone["liked"]);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_query_without_anything_to_look_for_is_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        string[] queries =
        [
            "",
            "  ",
            "🎉👩‍👩‍👧",
            "\"\"",
            "*",
            "-",
            "#",
            "... !? \0",
            "-word",
            "-\"a b\" -from:ana -#tag",
            "\"good mo\"*",
            new string('a', 201),
            string.Join(' ', Enumerable.Range(0, 21)),
            string.Concat(Enumerable.Repeat("\uFDFA", 60)),
            "\uD800",
        ];
        foreach (var query in queries)
        {
            foreach (var rest in new[] { "", "&type=user", "&order=best", "&type=user&order=best" })
            {
                var refused = await anyone.GetAsync($"/search/?q={Escape(query)}{rest}");
                refused.Refused(HttpStatusCode.UnprocessableEntity);
                Assert.NotNull(refused["errors"]!["q"]);
            }
        }
        (await anyone.GetAsync("/search/")).Refused(HttpStatusCode.UnprocessableEntity);
    }

    [Theory, OnEachDatabase]
    public async Task The_longest_query_is_answered(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        string[] queries = [new string('é', 200), string.Join(' ', Enumerable.Range(0, 20)), "a", "-b a"];
        foreach (var query in queries)
        {
            Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync($"/search/?q={Escape(query)}")).Status);
        }
    }

    [Theory]
    [InlineData("type=tag", "type")]
    [InlineData("order=worst", "order")]
    [InlineData("limit=0", "limit")]
    [InlineData("before=x", "before")]
    [InlineData("order=best&after=-1", "after")]
    public async Task A_parameter_that_does_not_parse_is_refused(string query, string field)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var anyone = pamps.Anonymous();
        var refused = await anyone.GetAsync($"/search/?q=word&{query}");
        refused.Refused(HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(refused["errors"]![field]);
    }

    [Fact]
    public async Task Only_a_search_can_be_ordered_by_what_is_best()
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/post/?order=best")).Refused(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync("/search/?q=x&order=best")).Status);
    }

    /// <summary>What a client that knows no better would send: half pairs become U+FFFD.</summary>
    internal static string Escape(string query) =>
        Uri.EscapeDataString(string.Concat(query.EnumerateRunes().Select(x => x.ToString())));

    /// <summary>A word that no other test writes.</summary>
    internal static string NewWord() => $"w{Guid.NewGuid():N}";

    internal static async Task<IReadOnlyList<long>> FindAsync(Client client, string query, string rest = "")
    {
        var found = await client.GetAsync($"/search/?q={Escape(query)}{rest}");
        Assert.True(found.Status == HttpStatusCode.OK, $"{query}: {found.Body}");
        return found.Ids;
    }
}
