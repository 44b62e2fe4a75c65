using System.Text.Json.Nodes;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Filters;

/// <summary>Words that somebody does not want to read.</summary>
public sealed class FilterTests
{
    private static readonly string[] Everywhere = ["home", "notifications", "public", "thread", "account"];

    [Theory, OnEachDatabase]
    public async Task A_filter_is_its_owners_alone_and_what_breaks_a_rule_changes_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        (await anyone.GetAsync("/filter/")).Refused(Unauthorized);
        Assert.Empty((await ana.GetAsync("/filter/")).Items);

        var made = await MakeAsync(ana, "Elections", ["ballot"], ["home", "public"], expiresIn: 3600);
        Assert.Equal(Created, made.Status);
        made.Json.HasFields("id", "title", "context", "filter_action", "expires_at", "keywords");
        var path = $"/filter/{made["id"]}/";
        Assert.Equal(path, made.Header("Location"));
        var keyword = made["keywords"]![0]!;
        keyword.HasFields("id", "keyword", "whole_word");
        Assert.Equal(
            ("Elections", "warn", "home,public", "ballot", true),
            (
                (string)made["title"]!,
                (string)made["filter_action"]!,
                string.Join(',', made["context"]!.AsArray().Select(x => (string)x!)),
                (string)keyword["keyword"]!,
                (bool)keyword["whole_word"]!
            )
        );
        Assert.Equal(made.Body, (await ana.GetAsync(path)).Body);

        foreach (var client in new[] { beto, anyone })
        {
            var status = client == beto ? NotFound : Unauthorized;
            (await client.GetAsync(path)).Refused(status);
            (await client.PatchAsync(path, new { title = "x" })).Refused(status);
            (await client.DeleteAsync(path)).Refused(status);
        }
        Assert.Empty((await beto.GetAsync("/filter/")).Items);

        (await ana.PostAsync("/filter/", new { })).Blames("title", "context");
        foreach (
            var (field, body) in new (string, object)[]
            {
                ("title", new { title = "" }),
                ("title", new { title = new string('x', 101) }),
                ("context", new { context = new[] { "home", "kitchen" } }),
                ("context", new { context = Array.Empty<string>() }),
                ("filter_action", new { filter_action = "burn" }),
                ("expires_in", new { expires_in = 0 }),
                ("keywords", new { keywords = new[] { new { keyword = "" } } }),
                ("keywords", new { keywords = new[] { new { keyword = "\u0301" } } }),
                ("keywords", new { keywords = new[] { new { keyword = new string('x', 101) } } }),
                (
                    "keywords",
                    new { keywords = Enumerable.Range(0, 501).Select(x => new { keyword = $"{x}" }) }
                ),
            }
        )
        {
            (await ana.PatchAsync(path, body)).Blames(field);
        }
        Assert.Equal(made.Body, (await ana.GetAsync(path)).Body);

        // What stays keeps its id, and null takes the end away.
        var changed = await ana.PatchAsync(
            path,
            new
            {
                filter_action = "hide",
                expires_in = (long?)null,
                keywords = new[]
                {
                    new { keyword = "vote", whole_word = false },
                    new { keyword = "ballot", whole_word = true },
                },
            }
        );
        Assert.Equal(OK, changed.Status);
        Assert.Equal(
            ("hide", null, "Elections", (long)keyword["id"]!),
            (
                (string)changed["filter_action"]!,
                (string?)changed["expires_at"],
                (string)changed["title"]!,
                (long)changed["keywords"]![1]!["id"]!
            )
        );
        Assert.Equal(NoContent, (await ana.DeleteAsync(path)).Status);
        (await ana.DeleteAsync(path)).Refused(NotFound);
        Assert.Empty((await ana.GetAsync("/filter/")).Items);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_has_more_filters_or_keywords_than_may_be_however_many_they_make_at_once(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var words = Enumerable.Range(0, 300).Select(x => $"w{x}").ToArray();
        var both = await Task.WhenAll(
            MakeAsync(ana, "One", words, Everywhere),
            MakeAsync(ana, "Other", words, Everywhere)
        );
        Assert.Equal([Created, Conflict], both.Select(x => x.Status).Order());
        var full = both.Single(x => x.Status == Conflict);
        Assert.Equal("no_more_keywords", (string)full["code"]!);

        var keyed = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    ana.PostAsync(
                        "/filter/",
                        new { title = "Once", context = new[] { "home" } },
                        ("Idempotency-Key", "once")
                    )
                )
        );
        Assert.Single(keyed.Select(x => x.Body).Distinct());

        for (var i = 0; i < 97; i++)
        {
            Assert.Equal(Created, (await MakeAsync(ana, $"{i}", [], ["home"])).Status);
        }
        var last = await Task.WhenAll(
            MakeAsync(ana, "last", [], ["home"]),
            MakeAsync(ana, "last", [], ["home"])
        );
        Assert.Equal([Created, Conflict], last.Select(x => x.Status).Order());
        Assert.Equal("no_more_filters", (string)last.Single(x => x.Status == Conflict)["code"]!);
        Assert.Equal(100, (await ana.GetAsync("/filter/")).Items.Count);
    }

    [Theory, OnEachDatabase]
    public async Task A_filter_folds_or_hides_in_the_places_that_it_names_and_touches_nobodys_own(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var (word, tag) = ($"w{Guid.NewGuid():N}"[..20], $"t{Guid.NewGuid():N}"[..20]);
        await ana.PostAsync($"/user/follow/{beto.Username}/");
        var own = await ana.WriteAsync($"my own {word}");
        var post = await beto.WriteAsync($"{word} for all #{tag}");
        var plain = await beto.WriteAsync($"nothing of it #{tag}");
        await beto.WriteAsync($"{word}, @{ana.Username}", own);
        var answer = await beto.WriteAsync("to oneself", post);
        await beto.PostAsync($"/post/{post}/like/");
        await ana.PostAsync($"/post/{post}/bookmark/");
        await beto.PostAsync(
            "/post/",
            new { text = $"{word} between us, @{ana.Username}", visibility = "direct" }
        );
        (string Place, string Path)[] lists =
        [
            ("home", "/user/timeline/?limit=100"),
            ("home", "/post/direct/"),
            ("public", "/post/?limit=100"),
            ("public", $"/tag/{tag}/"),
            ("public", $"/search/?q={word}"),
            ("public", $"/search/?q={word}&order=best"),
            ("account", $"/post/user/{beto.Username}/"),
            ("account", $"/post/likes/{beto.Username}/"),
            ("account", "/post/bookmarks/"),
            ("thread", $"/post/{own}/replies/"),
            ("thread", $"/post/{answer}/ancestors/"),
            ("notifications", "/notification/"),
        ];
        var unread = (int)(await ana.GetAsync("/notification/unread/"))["count"]!;
        Assert.Equal(2, unread);

        foreach (var action in new[] { "warn", "hide" })
        {
            foreach (var place in Everywhere)
            {
                var filter = await MakeAsync(ana, "No more", [word.ToUpperInvariant()], [place], action);
                foreach (var (where, path) in lists)
                {
                    var shown = Matching(await ana.GetAsync(path), word, ana.Id);
                    var what = $"{action} in {place}: {path}";
                    if (where != place)
                    {
                        Assert.True(shown.Count > 0 && shown.All(x => x["filtered"] is null), what);
                    }
                    else if (action == "hide")
                    {
                        Assert.True(shown.Count == 0, what);
                    }
                    else
                    {
                        Assert.True(shown.Count > 0, what);
                        foreach (var one in shown)
                        {
                            var why = Assert.Single(one["filtered"]!.AsArray())!;
                            why.HasFields("id", "title", "filter_action", "keyword_matches");
                            Assert.Equal(
                                ((long)filter["id"]!, "No more", "warn", word.ToUpperInvariant()),
                                (
                                    (long)why["id"]!,
                                    (string)why["title"]!,
                                    (string)why["filter_action"]!,
                                    (string)why["keyword_matches"]![0]!
                                )
                            );
                        }
                    }
                }
                // Asked for by its address it is there, and folded where conversations are filtered.
                var alone = await ana.GetAsync($"/post/{post}/");
                Assert.Equal((OK, place == "thread"), (alone.Status, alone["filtered"] is not null));
                var thread = await ana.GetAsync($"/post/{own}/");
                Assert.Null(thread["filtered"]);
                Assert.Equal(
                    place == "thread" && action == "hide" ? 0 : 1,
                    thread["replies"]!.AsArray().Count
                );
                Assert.Equal(
                    place == "notifications" && action == "hide" ? 0 : unread,
                    (int)(await ana.GetAsync("/notification/unread/"))["count"]!
                );
                // Others are told nothing of it, the author least of all.
                Assert.Null((await beto.GetAsync($"/post/{post}/"))["filtered"]);
                Assert.Contains(plain, (await ana.GetAsync($"/tag/{tag}/")).Ids);
                Assert.Equal(NoContent, (await ana.DeleteAsync($"/filter/{filter["id"]}/")).Status);
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_page_of_which_posts_are_hidden_is_shorter_and_goes_on_where_it_would_have(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        await ana.PostAsync($"/user/follow/{beto.Username}/");
        var kept = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            var id = await beto.WriteAsync(i is 0 or 5 or 11 ? $"kept {i}" : $"hidden {i}");
            if (i is 0 or 5 or 11)
            {
                kept.Insert(0, id);
            }
        }
        await MakeAsync(ana, "Hidden", ["hidden"], ["home"], "hide");

        var (seen, pages) = (new List<long>(), 0);
        Answer page;
        for (string? path = "/user/timeline/?limit=3"; path is not null; path = page.Link("next"))
        {
            page = await ana.GetAsync(path);
            seen.AddRange(page.Ids);
            pages++;
        }
        Assert.Equal(kept, seen);
        Assert.Equal(4, pages);
    }

    [Theory, OnEachDatabase]
    public async Task A_filter_that_has_ended_matches_nothing_and_stays(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        await ana.PostAsync($"/user/follow/{beto.Username}/");
        var post = await beto.WriteAsync("the match tonight");
        await MakeAsync(ana, "Football", ["match"], ["home"], "hide", expiresIn: 2);

        Assert.Empty((await ana.GetAsync("/user/timeline/")).Ids);
        await TestJobs.UntilAsync(async () => (await ana.GetAsync("/user/timeline/")).Ids.Count > 0);
        Assert.Equal([post], (await ana.GetAsync("/user/timeline/")).Ids);
        var ended = Assert.Single((await ana.GetAsync("/filter/")).Items)!;
        Assert.NotNull((string?)ended["expires_at"]);

        // It can be begun again.
        await ana.PatchAsync($"/filter/{ended["id"]}/", new { expires_in = 3600 });
        Assert.Empty((await ana.GetAsync("/user/timeline/")).Ids);
    }

    [Theory, OnEachDatabase]
    public async Task A_live_stream_tells_what_its_listeners_filters_leave(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var caio = await pamps.RegisterAsync();
        await ana.PostAsync($"/user/follow/{beto.Username}/");
        await caio.PostAsync($"/user/follow/{beto.Username}/");
        using var stream = await LiveStream.OpenAsync(ana);
        using var others = await LiveStream.OpenAsync(caio);
        var first = await beto.WriteAsync("first");
        await stream.ExpectAsync("post", first);
        await others.ExpectAsync("post", first);
        var place = stream.LastId;
        await MakeAsync(ana, "Folded", ["spoiler"], ["home"]);
        await MakeAsync(ana, "Hidden", ["loud"], ["home", "notifications"], "hide");

        var hidden = await beto.WriteAsync("Loud!");
        var folded = await beto.WriteAsync("a Spóiler");
        await beto.WriteAsync($"LOUD @{ana.Username}");
        var plain = await beto.WriteAsync($"good morning @{ana.Username}");

        Assert.Equal("Folded", (string)(await stream.ExpectAsync("post", folded))["filtered"]![0]!["title"]!);
        var told = await stream.NextAsync();
        Assert.Equal(("notification", plain), (told!.Event, (long)told.Json["post"]!["id"]!));
        Assert.Null((await stream.ExpectAsync("post", plain))["filtered"]);
        await others.ExpectAsync("post", hidden);
        Assert.Null((await others.ExpectAsync("post", folded))["filtered"]);

        // Who comes back is told no more than who was there.
        using var late = await LiveStream.OpenAsync(ana, place);
        await late.ExpectAsync("post", folded);
        Assert.Equal("notification", (await late.NextAsync())?.Event);
        await late.ExpectAsync("post", plain);
    }

    internal static Task<Answer> MakeAsync(
        Client client,
        string title,
        string[] words,
        string[] context,
        string action = "warn",
        long? expiresIn = null,
        bool wholeWord = true
    ) =>
        client.PostAsync(
            "/filter/",
            new
            {
                title,
                context,
                filter_action = action,
                expires_in = expiresIn,
                keywords = words.Select(x => new { keyword = x, whole_word = wholeWord }),
            }
        );

    /// <summary>The posts of a list that have a word, but one's own; of notifications their posts.</summary>
    private static List<JsonNode> Matching(Answer list, string word, long ownId)
    {
        Assert.Equal(OK, list.Status);
        return
        [
            .. list
                .Items.Select(x => x!["kind"] is null ? x : x["post"])
                .OfType<JsonNode>()
                .Where(x => ((string)x["text"]!).Contains(word, StringComparison.Ordinal))
                .Where(x => (long)x["user_id"]! != ownId),
        ];
    }
}
