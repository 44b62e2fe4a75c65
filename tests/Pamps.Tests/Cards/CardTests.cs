using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using Pamps.Core.Cards;
using Pamps.Core.Media;
using Pamps.Operations.Media;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Media;
using Pamps.Tests.Outgoing;
using Pamps.Tests.Streaming;

namespace Pamps.Tests.Cards;

/// <summary>What a post shows of the page that it links to.</summary>
public sealed class CardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<JsonNode?> CardAsync(Client reader, long post)
    {
        var answer = await reader.GetAsync($"/post/{post}/");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer["card"];
    }

    private static async Task<string?> TitleAsync(Client reader, long post) =>
        (string?)(await CardAsync(reader, post))?["title"];

    [Theory, OnEachDatabase]
    public async Task A_post_shows_what_its_first_link_leads_to_wherever_it_is_read(Database database)
    {
        await using var pamps = await CardServer.StartAsync(database);
        await using var foreign = new ForeignServer();
        foreign.Page(
            "/gulls",
            CardServer.Html(
                "Not this",
                """
                <meta property="og:title" content="Gulls &amp; terns">
                <meta property="og:description" content="Where they nest.">
                <meta property="og:site_name" content="The coast"><meta name="author" content="Ana">
                <meta property="og:image" content="/gull.png">
                """
            )
        );
        foreign.Serve("/gull.png", "image/png", Pictures.Of("png", Pictures.Quarters(1200, 630)));
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        await beto.PostAsync($"/user/follow/{ana.Id}/");
        using var stream = await LiveStream.OpenAsync(beto);

        var id = await ana.WriteAsync($"#gulls @{beto.Username} {foreign["/gulls#north"]} http://127.0.0.2/");

        JsonNode? told = null;
        while (told is null)
        {
            var next = (await stream.NextAsync())!;
            told = next.Event == "edit" ? next.Json : null;
        }
        Assert.Equal(id, (long)told["id"]!);
        var card = (await CardAsync(anyone, id))!;
        Assert.True(JsonNode.DeepEquals(card, told["card"]));
        card.HasFields("url", "title", "description", "site_name", "author", "picture");
        Assert.Equal(
            (foreign["/gulls"], "Gulls & terns", "Where they nest.", "The coast", "Ana"),
            (
                (string?)card["url"],
                (string?)card["title"],
                (string?)card["description"],
                (string?)card["site_name"],
                (string?)card["author"]
            )
        );
        var picture = card["picture"]!;
        picture.HasFields("url", "width", "height", "blurhash");
        using var drawn = Image.NewFromBuffer(await pamps.FileAsync((string)picture["url"]!));
        Assert.Equal((drawn.Width, drawn.Height), ((int)picture["width"]!, (int)picture["height"]!));
        Assert.InRange(drawn.Width, 600, 700);

        foreach (
            var path in new[]
            {
                "/post/",
                $"/post/user/{ana.Username}/",
                "/tag/gulls/",
                "/search/?q=%23gulls",
                "/user/timeline/",
            }
        )
        {
            var list = await beto.GetAsync(path);
            var post = list.Json is JsonArray items ? items.Single() : list.Json;
            Assert.True(JsonNode.DeepEquals(card, post!["card"]), $"{path}: {list.Body}");
        }
        Assert.True(
            JsonNode.DeepEquals(card, (await beto.GetAsync("/notification/")).Json[0]!["post"]!["card"])
        );
        // Whose it is it costs nothing, and who writes of it next need not wait for it.
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        var second = await beto.PostAsync("/post/", new { text = foreign["/gulls"] });
        Assert.True(JsonNode.DeepEquals(card, second["card"]));
        Assert.Equal((1, 1, 2), (foreign.Count("/gulls"), foreign.Count("/gull.png"), foreign.Asked.Count));
    }

    [Theory, OnEachDatabase]
    public async Task However_many_post_a_link_at_once_its_page_is_asked_once(Database database)
    {
        await using var pamps = await CardServer.StartAsync(database);
        await using var foreign = new ForeignServer();
        foreign.Page("/", CardServer.Html("Once"));
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();

        var posts = await Together.AtOnceAsync(i =>
            (i % 2 == 0 ? ana : beto).PostAsync("/post/", new { text = $"{i}: {foreign["/"]}" })
        );

        Assert.All(posts, x => Assert.Equal(HttpStatusCode.Created, x.Status));
        foreach (var post in posts)
        {
            await TestJobs.UntilAsync(async () => await TitleAsync(ana, (long)post["id"]!) == "Once");
        }
        Assert.Equal(1, foreign.Count("/"));
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM card"));
    }

    [Theory, OnEachDatabase]
    public async Task An_edit_shows_what_the_post_links_to_now(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await CardServer.StartAsync(database, time);
        await using var foreign = new ForeignServer();
        foreign.Page("/a", CardServer.Html("A"));
        foreign.Page("/b", CardServer.Html("B"));
        using var ana = await pamps.RegisterAsync();
        var id = await ana.WriteAsync("no link");
        Assert.Null(await CardAsync(ana, id));

        await ana.PatchAsync($"/post/{id}/", new { text = foreign["/a"] });
        await pamps.FetchAsync();
        Assert.Equal("A", await TitleAsync(ana, id));
        await ana.PatchAsync($"/post/{id}/", new { text = $"{foreign["/b"]} {foreign["/a"]}" });
        Assert.Null(await CardAsync(ana, id));
        await pamps.FetchAsync();
        Assert.Equal("B", await TitleAsync(ana, id));
        var edited = await ana.PatchAsync($"/post/{id}/", new { text = $"Again {foreign["/a"]}" });
        Assert.Equal("A", (string?)edited["card"]!["title"]);
        edited = await ana.PatchAsync($"/post/{id}/", new { text = "no link" });
        Assert.Null(edited["card"]);
        await pamps.FetchAsync();
        Assert.Equal(2, foreign.Asked.Count);
    }

    [Theory, OnEachDatabase]
    public async Task A_post_that_is_not_for_everybody_has_no_page_asked_and_tells_nobody_of_a_card(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await CardServer.StartAsync(database, time);
        await using var foreign = new ForeignServer();
        foreign.Page("/", CardServer.Html("Known"));
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var known = await ana.WriteAsync(foreign["/"]);
        await pamps.FetchAsync();

        foreach (var visibility in new[] { "followers", "direct" })
        {
            foreach (var text in new[] { foreign["/"], foreign["/secret"] })
            {
                var post = await ana.PostAsync("/post/", new { text, visibility });
                Assert.Null(post["card"]);
                post = await ana.PatchAsync($"/post/{post["id"]}/", new { text = text + "?again" });
                Assert.Null(post["card"]);
            }
        }
        await ana.PostAsync("/post/", new { text = foreign["/unlisted"], visibility = "unlisted" });
        await pamps.FetchAsync();
        Assert.Equal((1, 1, 2), (foreign.Count("/"), foreign.Count("/unlisted"), foreign.Asked.Count));
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT count(*) FROM card"));

        Assert.Equal("Known", await TitleAsync(beto, known));
        await ana.PostAsync($"/user/block/{beto.Username}/");
        var hidden = await beto.GetAsync($"/post/{known}/");
        hidden.Refused(HttpStatusCode.NotFound);
        Assert.DoesNotContain("Known", hidden.Body, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task What_may_not_be_asked_or_has_nothing_to_say_has_no_card_and_is_left_alone_for_a_day(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await CardServer.StartAsync(database, time, x =>
            x.Site.Hosts = "pampas.example"
        );
        await using var foreign = new ForeignServer();
        foreign.Redirect("/inside", "http://169.254.169.254/latest/meta-data/");
        foreign.Redirect("/local", "http://localhost:8000/");
        foreign.Serve("/json", "application/json", "<title>x</title>"u8.ToArray());
        foreign.Serve("/picture", "text/html", Pictures.Of("png"));
        foreign.Page("/untitled", CardServer.Html(" \u200b "));
        using var ana = await pamps.RegisterAsync();
        string[] asked = ["/inside", "/local", "/json", "/picture", "/untitled", "/missing"];
        var ids = new List<long>();
        foreach (
            var link in asked
                .Select(x => foreign[x])
                .Concat(["http://127.0.0.1/", "http://[::ffff:127.0.0.1]/", "https://localhost/"])
        )
        {
            ids.Add(await ana.WriteAsync(link));
        }
        var own = await ana.WriteAsync("https://pampas.example/@ana");

        await pamps.FetchAsync();
        await ana.WriteAsync(foreign["/missing"]);
        await pamps.FetchAsync();

        Assert.All(asked, x => Assert.Equal(1, foreign.Count(x)));
        foreach (var id in ids.Append(own))
        {
            Assert.Null(await CardAsync(ana, id));
        }
        Assert.Equal(ids.Count, await pamps.ScalarAsync<long>("SELECT count(*) FROM card"));
        time.Advance(TimeSpan.FromHours(25));
        foreign.Page("/missing", CardServer.Html("Here now"));
        using var later = await ana.OtherProgramAsync();
        await later.WriteAsync(foreign["/missing"]);
        await pamps.FetchAsync();
        Assert.Equal("Here now", await TitleAsync(later, ids[Array.IndexOf(asked, "/missing")]));
        Assert.Equal(1, foreign.Count("/json"));
    }

    [Theory, OnEachDatabase]
    public async Task A_picture_that_is_none_or_a_bomb_is_left_out(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await CardServer.StartAsync(database, time);
        await using var foreign = new ForeignServer();
        using var large = Image.Black(6_000, 6_000);
        var pictures = new (string Type, byte[] Bytes)[]
        {
            ("image/png", large.PngsaveBuffer(bitdepth: 1, compression: 9)),
            ("image/png", "<html><script>alert(1)</script>"u8.ToArray()),
            ("image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray()),
            ("image/jpeg", Pictures.Of("jpeg")[..^200]),
            ("image/png", [.. Pictures.Of("png"), .. new byte[1_048_576]]),
        };
        using var ana = await pamps.RegisterAsync();
        var ids = new List<long>();
        foreach (var (i, (type, bytes)) in pictures.Index())
        {
            foreign.Serve($"/{i}.png", type, bytes);
            foreign.Page(
                $"/{i}",
                CardServer.Html($"{i}", $"<meta property=\"og:image\" content=\"{foreign[$"/{i}.png"]}\">")
            );
            ids.Add(await ana.WriteAsync(foreign[$"/{i}"]));
        }
        foreign.Page(
            "/in",
            CardServer.Html("in", "<meta property=\"og:image\" content=\"http://127.0.0.1/\">")
        );
        ids.Add(await ana.WriteAsync(foreign["/in"]));

        await pamps.FetchAsync();

        foreach (var id in ids)
        {
            var card = (await CardAsync(ana, id))!;
            Assert.Null(card["picture"]);
        }
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM media_file"));
        Assert.All(pictures.Index(), x => Assert.Equal(1, foreign.Count($"/{x.Index}.png")));
    }

    [Theory, OnEachDatabase]
    public async Task After_a_week_a_page_is_asked_again_and_what_no_post_links_to_goes_with_its_picture(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await CardServer.StartAsync(database, time);
        await using var foreign = new ForeignServer();
        foreign.Page("/", CardServer.Html("Old", "<meta name=\"twitter:image\" content=\"/p\">"));
        foreign.Serve("/p", "image/png", Stored.Unlike());
        using var ana = await pamps.RegisterAsync();
        var first = await ana.WriteAsync(foreign["/"]);
        await pamps.FetchAsync();
        var old = (string)(await CardAsync(ana, first))!["picture"]!["url"]!;
        foreign.Page("/", CardServer.Html("New", "<meta name=\"twitter:image\" content=\"/p\">"));
        foreign.Serve("/p", "image/png", Stored.Unlike());
        time.Advance(TimeSpan.FromDays(6));
        await AskAsync();
        Assert.Equal("Old", await TitleAsync(ana, first));

        time.Advance(TimeSpan.FromDays(2));
        await AskAsync();

        Assert.Equal("New", await TitleAsync(ana, first));
        var picture = (string)(await CardAsync(ana, first))!["picture"]!["url"]!;
        Assert.Equal(HttpStatusCode.NotFound, await pamps.FileStatusAsync(old));
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync(picture));
        var check = await pamps.Services.GetRequiredService<CheckMedia>().RunAsync(null, Ct);
        Assert.Equal((1L, 0L), (check.Needed, check.Missing.Count));
        // What has no answer any more stays as it was known.
        foreign.Serve("/", "text/html", [], "500 Oops");
        time.Advance(TimeSpan.FromDays(8));
        await AskAsync();
        Assert.Equal("New", await TitleAsync(ana, first));
        Assert.Equal(3, foreign.Count("/"));

        await SweepAsync();
        Assert.Equal("New", await TitleAsync(ana, first));
        await pamps.ExecuteAsync("DELETE FROM post");
        await SweepAsync();
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM card"));
        Assert.Equal(HttpStatusCode.NotFound, await pamps.FileStatusAsync(picture));
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT bytes FROM media_total"));

        async Task AskAsync()
        {
            await ana.SignInAsync();
            await ana.WriteAsync(foreign["/"]);
            await pamps.FetchAsync();
            await pamps.Services.GetRequiredService<DropFiles>().RunAsync(Ct);
            await pamps.CountsAsync();
        }

        async Task SweepAsync()
        {
            await pamps.Services.GetRequiredService<SweepCards>().RunAsync(Ct);
            await pamps.Services.GetRequiredService<DropFiles>().RunAsync(Ct);
            await pamps.CountsAsync();
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_post_that_is_gone_before_its_turn_has_no_page_asked(Database database)
    {
        await using var pamps = await CardServer.StartAsync(database, new FakeTime());
        await using var foreign = new ForeignServer();
        using var ana = await pamps.RegisterAsync();
        var id = await ana.WriteAsync(foreign["/"]);
        await ana.DeleteAsync($"/post/{id}/");
        await pamps.FetchAsync();
        Assert.Empty(foreign.Asked);
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>("SELECT count(*) FROM card WHERE wanted_at IS NOT NULL")
        );
    }

    [Theory, OnEachDatabase]
    public async Task Where_cards_are_turned_off_no_page_is_asked_and_known_cards_stay(Database database)
    {
        var time = new FakeTime();
        await using var foreign = new ForeignServer();
        foreign.Page("/", CardServer.Html("Known"));
        long id;
        string uri;
        await using (var on = await CardServer.StartAsync(database, time))
        {
            uri = on.Options.Db.Uri;
            using var ana = await on.RegisterAsync("ana");
            id = await ana.WriteAsync(foreign["/"]);
            await on.FetchAsync();
        }
        await using var off = await CardServer.StartAsync(database, time, x =>
            (x.Cards.Enabled, x.Db.Uri) = (false, uri)
        );
        using var beto = await off.RegisterAsync("beto");
        Assert.Equal("Known", await TitleAsync(beto, id));
        var other = await beto.WriteAsync(foreign["/other"]);
        Assert.Equal("Known", await TitleAsync(beto, await beto.WriteAsync(foreign["/"])));
        await off.FetchAsync();
        Assert.Null(await CardAsync(beto, other));
        Assert.Single(foreign.Asked);
        Assert.Equal(0, await off.ScalarAsync<long>("SELECT count(*) FROM card WHERE wanted_at IS NOT NULL"));
    }
}
