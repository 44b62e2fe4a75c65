using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Pamps.Tests.Host;
using Pamps.Tests.Search;
using Pamps.Tests.WebClient;

namespace Pamps.Tests.Accounts;

/// <summary>The names that people give themselves.</summary>
public sealed class DisplayNameTests
{
    private const string Name = "Ana María \"Gull\" 👩‍🌾";

    [Theory, OnEachDatabase]
    public async Task A_name_is_told_wherever_its_person_is(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        await NameAsync(ana, Name);
        var word = SearchTests.NewWord();
        var parent = await beto.WriteAsync("hello");
        var written = await ana.PostAsync(
            "/post/",
            new { text = $"{word} #{word} @{beto.Username}", parent_id = parent }
        );
        var id = (long)written["id"]!;
        await beto.PostAsync($"/post/{id}/like/");
        await ana.PostAsync($"/post/{parent}/like/");
        await beto.PostAsync($"/user/follow/{ana.Username}/");
        await ana.PostAsync($"/user/follow/{beto.Username}/");

        Assert.Equal(Name, (string)written["display_name"]!);
        var top = await ana.PostAsync("/post/", new { text = "a post of its own" });
        Assert.Equal(Name, (string)top["display_name"]!);
        foreach (var path in new[] { $"/user/{ana.Username}/", $"/post/{id}/" })
        {
            Assert.Equal(Name, (string)(await anyone.GetAsync(path))["display_name"]!);
        }
        Assert.Equal(Name, (string)(await ana.GetAsync("/user/me/"))["display_name"]!);
        var replies = (await anyone.GetAsync($"/post/{parent}/"))["replies"]!.AsArray();
        Assert.Equal(Name, (string)replies[0]!["display_name"]!);
        foreach (
            var path in new[]
            {
                $"/post/{parent}/replies/",
                $"/post/user/{ana.Username}/?include_replies=true",
                $"/post/likes/{beto.Username}/",
                $"/post/{parent}/likes/",
                $"/tag/{word}/",
                $"/search/?q={word}",
                $"/search/?q={ana.Username}&type=user",
                $"/search/?q={ana.Username}&type=user&order=best",
                "/user/timeline/",
                $"/user/{beto.Username}/followers/",
                $"/user/{beto.Username}/following/",
                $"/user/?after={ana.Id - 1}&limit=1",
            }
        )
        {
            Assert.Equal(Name, NameIn((await beto.GetAsync(path)).Items, ana));
        }
        foreach (var told in (await beto.GetAsync("/notification/")).Items)
        {
            Assert.Equal(Name, (string)told!["user"]!["display_name"]!);
        }
        await beto.PostAsync($"/user/mute/{ana.Username}/");
        Assert.Equal(Name, NameIn((await beto.GetAsync("/user/mutes/")).Items, ana));
        await beto.PostAsync($"/user/block/{ana.Username}/");
        Assert.Equal(Name, NameIn((await beto.GetAsync("/user/blocks/")).Items, ana));
        Assert.Null((await anyone.GetAsync($"/user/{beto.Username}/"))["display_name"]);
        Assert.Null((await anyone.GetAsync($"/post/{parent}/"))["display_name"]);
    }

    [Theory, OnEachDatabase]
    public async Task A_name_is_one_line_in_which_everything_is_seen(Database database)
    {
        using var ana = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        (string Given, string? Kept)[] names =
        [
            ("  Ana \t\n  Maria ", "Ana Maria"),
            ("e\u0301", "é"),
            ("A\u200Bna\u3164Ma\u00ADria\uFEFF", "A na Maria"),
            ("\u202Enimda\u202C", "nimda"),
            ("\u2067Ana\u2069", "Ana"),
            (
                "👩‍🌾❤️🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
                "👩‍🌾❤️🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
            ),
            ("می\u200Cخواهم", "می\u200Cخواهم"),
            ("<b>&amp;", "<b>&amp;"),
            ("a" + new string('\u0323', 1) + "\u0330\u0331\u0332", "ạ\u0330\u0331\u0332"),
            (string.Concat(Enumerable.Repeat("😀", 40)), string.Concat(Enumerable.Repeat("😀", 40))),
            (new string(' ', 30) + new string('n', 40), new string('n', 40)),
            ("", null),
            (" \u200B\u2060\u3164 ", null),
        ];
        foreach (var (given, kept) in names)
        {
            await NameAsync(ana, "before");
            var changed = await NameAsync(ana, given);
            Assert.Equal(kept, (string?)changed["display_name"]);
            Assert.Equal(kept, (string?)(await ana.GetAsync($"/user/{ana.Username}/"))["display_name"]);
        }
        await NameAsync(ana, "Ana");
        await ana.PatchAsync("/user/me/", new { bio = "The name stays" });
        Assert.Equal("Ana", (string?)(await ana.GetAsync("/user/me/"))["display_name"]);
        await NameAsync(ana, null);
        Assert.Null((await ana.GetAsync("/user/me/"))["display_name"]);
    }

    [Theory, OnEachDatabase]
    public async Task A_name_that_takes_room_from_others_is_refused_and_nothing_changes(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        await NameAsync(ana, "Ana");
        (object Name, string Code)[] wrong =
        [
            (new string('n', 41), "too_long"),
            (new string('n', 100_000), "too_long"),
            ("a" + new string('\u0330', 5), "too_many_marks"),
            ("a\u0330\u0331\u200D\u0332\u0330\u0331", "too_many_marks"),
            ("a\u0007", "control_character"),
            (7, "wrong_type"),
        ];
        foreach (var (name, code) in wrong)
        {
            var refused = await ana.PatchAsync("/user/me/", new { display_name = name, bio = "lost" });
            refused.Blames("display_name");
            if (name is string)
            {
                Assert.Equal(code, (string)refused["codes"]!["display_name"]![0]!);
            }
        }
        var me = await ana.GetAsync("/user/me/");
        Assert.Equal("Ana", (string)me["display_name"]!);
        Assert.Null(me["bio"]);
        using var anyone = pamps.Anonymous();
        (await anyone.PatchAsync("/user/me/", new { display_name = "Nobody" })).Refused(
            HttpStatusCode.Unauthorized
        );
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_names_given_at_once_one_is_kept_with_its_words(Database database)
    {
        using var ana = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        var word = SearchTests.NewWord();

        await Together.AtOnceAsync(i => NameAsync(ana, $"{word}{i}"));

        var kept = (string)(await ana.GetAsync("/user/me/"))["display_name"]!;
        foreach (var i in Enumerable.Range(0, 8))
        {
            var found = await SearchTests.FindAsync(ana, $"{word}{i}", "&type=user");
            Assert.Equal(kept == $"{word}{i}" ? [ana.Id] : [], found);
        }
    }

    [Theory, OnEachDatabase]
    public async Task People_are_found_by_the_names_that_they_have_now(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var (old, now) = (SearchTests.NewWord(), SearchTests.NewWord());
        await NameAsync(ana, $"Máry {old}");
        Assert.Equal([ana.Id], await SearchTests.FindAsync(ana, old, "&type=user"));
        Assert.Equal([ana.Id], await SearchTests.FindAsync(ana, $"\"mary {old}\"", "&type=user"));

        await NameAsync(ana, now);

        Assert.Empty(await SearchTests.FindAsync(ana, old, "&type=user"));
        Assert.Equal([ana.Id], await SearchTests.FindAsync(ana, now, "&type=user"));
        await ana.PatchAsync("/user/me/", new { bio = "changed" });
        Assert.Equal([ana.Id], await SearchTests.FindAsync(ana, now, "&type=user"));
        await NameAsync(ana, null);
        Assert.Empty(await SearchTests.FindAsync(ana, now, "&type=user"));
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_deleted_account_no_name_is_left(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        await NameAsync(ana, Name);

        await ana.DeleteAsync("/user/me/");

        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>(
                $"SELECT count(*) FROM \"user\" WHERE id = {ana.Id} AND display_name IS NOT NULL"
            )
        );
    }

    [Theory, OnEachDatabase]
    public async Task Feeds_and_pages_tell_it_as_text(Database database)
    {
        var pamps = await WithClient.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        const string name = "<b>Ana</b> & Co";
        const string html = "&lt;b&gt;Ana&lt;/b&gt; &amp; Co";
        await NameAsync(ana, name);
        var post = await ana.WriteAsync("named");

        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse((await ana.GetAsync($"/@{ana.Username}.atom")).Body).Root!;
        Assert.Equal(name, feed.Element(atom + "author")!.Element(atom + "name")!.Value);
        Assert.Equal($"{name} (@{ana.Username}) · Pamps", feed.Element(atom + "title")!.Value);
        foreach (var path in new[] { $"/@{ana.Username}", $"/@{ana.Username}/{post}" })
        {
            var page = (await ana.GetAsync(path, ("Accept", "text/html"))).Body;
            Assert.Contains($"<title>{html} (@{ana.Username})", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>Ana", page, StringComparison.Ordinal);
        }
        var shown = (await ana.GetAsync($"/@{ana.Username}/{post}", ("Accept", "text/html"))).Body;
        Assert.Contains(
            $">{html}</a><span class=\"muted handle\" data-v-postcard>@{ana.Username}</span>",
            shown,
            StringComparison.Ordinal
        );
    }

    private static async Task<Answer> NameAsync(Client client, string? name)
    {
        var changed = await client.PatchAsync("/user/me/", new { display_name = name });
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Body);
        return changed;
    }

    private static string? NameIn(JsonArray items, Client whom) =>
        items
            .Where(x => (string)x!["username"]! == whom.Username)
            .Select(x => (string?)x!["display_name"])
            .Distinct()
            .Single();
}
