using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Core.Text;
using Pamps.Tests.Host;
using Pamps.Tests.Properties;

namespace Pamps.Tests.Search;

/// <summary>The index says what the posts say now.</summary>
public sealed class SearchIndexTests
{
    [Theory, OnEachDatabase]
    public async Task An_edited_post_is_found_by_its_new_words_only(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var (old, now) = (SearchTests.NewWord(), SearchTests.NewWord());
        var id = await ana.WriteAsync($"{old} #{old}");

        await ana.PatchAsync($"/post/{id}/", new { text = $"{now} #{now}" });

        Assert.Empty(await SearchTests.FindAsync(ana, old));
        Assert.Empty(await SearchTests.FindAsync(ana, $"#{old}"));
        Assert.Equal([id], await SearchTests.FindAsync(ana, $"{now} #{now} from:{ana.Username}"));

        // To no words at all, and back.
        await ana.PatchAsync($"/post/{id}/", new { text = "🎉" });
        Assert.Empty(await SearchTests.FindAsync(ana, now));
        await ana.PatchAsync($"/post/{id}/", new { text = now });
        Assert.Equal([id], await SearchTests.FindAsync(ana, now));
    }

    [Theory, OnEachDatabase]
    public async Task An_edit_that_is_refused_changes_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        var (old, now) = (SearchTests.NewWord(), SearchTests.NewWord());
        var id = await ana.WriteAsync(old);

        var refused = await other.PatchAsync($"/post/{id}/", new { text = now });

        refused.Refused(HttpStatusCode.Forbidden);
        Assert.Equal([id], await SearchTests.FindAsync(ana, old));
        Assert.Empty(await SearchTests.FindAsync(ana, now));
    }

    [Theory, OnEachDatabase]
    public async Task Edits_at_once_leave_the_words_of_the_last(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var words = Enumerable.Range(0, 6).Select(_ => SearchTests.NewWord()).ToArray();
        var id = await ana.WriteAsync("begin");

        await Task.WhenAll(words.Select(x => ana.PatchAsync($"/post/{id}/", new { text = x })));

        var last = (string)(await ana.GetAsync($"/post/{id}/"))["text"]!;
        foreach (var word in words)
        {
            Assert.Equal(word == last ? [id] : [], await SearchTests.FindAsync(ana, word));
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_deleted_post_is_found_no_more(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var word = SearchTests.NewWord();
        var gone = await ana.WriteAsync(word);
        var stays = await ana.WriteAsync(word);

        await ana.DeleteAsync($"/post/{gone}/");

        Assert.Equal([stays], await SearchTests.FindAsync(ana, word));
        Assert.Equal([stays], await SearchTests.FindAsync(ana, word, "&order=best"));
    }

    [Theory, OnEachDatabase]
    public async Task Rows_that_are_put_in_by_the_thousand_are_found_like_any(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var anyone = pamps.Anonymous();
        await Rows.AddUsersAsync(pamps, [1, 2]);
        await Rows.AddPostsAsync(pamps, [(10, 1, null), (11, 2, null)]);
        var index = pamps.Services.GetRequiredService<IDatabase>();
        await index.InsertManyAsync(
            "post_search",
            [index.Dialect.WordsKey, "words"],
            [
                [10L, IndexedWords.OfPost("Olá, Olá mundo #Pampas", 1)],
                [11L, IndexedWords.OfPost(string.Concat(Enumerable.Repeat("a ", 400)) + "東京 é", 2)],
            ],
            TestContext.Current.CancellationToken
        );

        Assert.Equal([10L], await SearchTests.FindAsync(anyone, "\"ola mundo\" #pampas m* -from:user_2"));
        Assert.Equal([11L], await SearchTests.FindAsync(anyone, "東京 e \"a a\""));
    }
}
