using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Media;
using Pamps.Tests.OAuth;
using Pamps.Tests.Streaming;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Imports.ForeignArchives;

namespace Pamps.Tests.Imports;

/// <summary>What people bring from elsewhere.</summary>
public sealed class ImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_archive_of_Mastodon_comes_with_dates_threads_pictures_and_nobody_is_told(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, services: TestJobs.Doing());
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var anyone = pamps.Anonymous();
        await beto.PostAsync($"/user/follow/{ana.Id}/");
        await beto.PostAsync($"/user/follow/{(await pamps.RegisterAsync("caio")).Id}/");
        var before = await beto.WriteAsync("newer than all of that");
        // What brought it is told of its end.
        const string events = "SELECT count(*) FROM event WHERE kind <> 23";
        var happened = await pamps.ScalarAsync<long>(events);
        var notifications = await pamps.ScalarAsync<long>("SELECT count(*) FROM notification");
        const string picture = "/media_attachments/files/1/original/a.png";
        var archive = Zip(
            (
                "outbox.json",
                Outbox(
                    Post(
                        1,
                        "2019-05-06T07:08:09Z",
                        $"<p>Hello &amp; <a href=\"https://example.org/a/long/path\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">example.org/a/lo</span><span class=\"invisible\">ng/path</span></a><br>@{beto.Username} <a href=\"https://old.example/tags/Sea\" class=\"mention hashtag\">#<span>Sea</span></a></p><p><span class=\"h-card\"><a href=\"https://old.example/@{beto.Username}\" class=\"u-url mention\">@<span>{beto.Username}</span></a></span><script>alert(1)</script></p>"
                    ),
                    Post(2, "2025-01-01T00:00:00Z", "<p>An answer to myself</p>", reply: IdOf(1)),
                    Post(
                        3,
                        "2025-01-01T00:00:01Z",
                        "<p>An answer to somebody</p>",
                        reply: "https://x.example/1"
                    ),
                    Post(4, "2025-01-01T00:00:02Z", "<p>Hidden</p>", "unlisted", warning: "A warning"),
                    Post(5, "2025-01-01T00:00:03Z", "<p>For followers</p>", "followers"),
                    Post(6, "2025-01-01T00:00:04Z", "<p>Between us</p>", "direct"),
                    Boost(7),
                    Post(8, "2025-01-01T00:00:05Z", "<p>Which?</p>", type: "Question"),
                    Post(9, "2025-01-01T00:00:06Z", $"<p>{new string('x', 501)}</p>"),
                    Post(
                        10,
                        "2025-01-01T00:00:07Z",
                        "",
                        attachment: [Picture(picture, "Four colours"), Picture("/../../etc/passwd")]
                    ),
                    Post(2, "2025-01-01T00:00:00Z", "<p>An answer to myself</p>", reply: IdOf(1)),
                    Post(11, "2101-01-01T00:00:00Z", "<p>Not yet</p>"),
                    new JsonObject
                    {
                        ["type"] = "Create",
                        ["object"] = 7,
                        ["published"] = new JsonObject(),
                    }
                )
            ),
            (picture[1..], Pictures.Of("png")),
            ("../../outbox.json", Outbox(Post(99, "2025-01-01T00:00:00Z", "<p>From above</p>"))),
            (
                "likes.json",
                Outbox(JsonValue.Create("https://x.example/1"), JsonValue.Create("https://x.example/2"))
            )
        );

        var import = await ana.ImportAsync(archive);

        Assert.Equal(("done", "mastodon"), ((string)import["state"]!, (string)import["report"]!["source"]!));
        Assert.Equal(
            "boost 1, damaged 1, date 1, direct 1, like 2, picture_not_in_the_archive 1, poll 1, too_long 1",
            import.LeftOut()
        );
        Assert.Equal((6, 1, 1), import.Counts());
        var posts = (
            await ana.GetAsync($"/post/user/{ana.Username}/?include_replies=true&order=newest")
        ).Items;
        Assert.Equal(
            ["public", "followers", "unlisted", "public", "public", "public"],
            posts.Select(x => (string)x!["visibility"]!)
        );
        var first = posts[^1]!;
        Assert.Equal(
            $"Hello & https://example.org/a/long/path\n@{beto.Username}@old.example #Sea\n\n@{beto.Username}@old.example",
            (string)first["text"]!
        );
        Assert.StartsWith("2019-05-06T07:08:09", (string)first["date"]!, StringComparison.Ordinal);
        Assert.Equal(["url", "hashtag"], first["entities"]!.AsArray().Select(x => (string)x!["kind"]!));
        Assert.Equal(1, (int)first["replies_count"]!);
        Assert.Equal((long)first["id"]!, (long)posts[^2]!["parent_id"]!);
        (await ana.GetAsync($"/post/{posts[^3]!["parent_id"]}/")).Refused(NotFound);
        Assert.Equal("A warning\n\nHidden", (string)posts[2]!["text"]!);
        var shown = Assert.Single(posts[0]!["media"]!.AsArray())!;
        Assert.Equal("Four colours", (string)shown["description"]!);
        Pictures.HasQuarters(
            await pamps.FileAsync((string)shown["url"]!),
            Pictures.Red,
            Pictures.Green,
            Pictures.Blue,
            Pictures.White
        );

        // Nobody is told, and it is on top of nothing.
        Assert.Equal(notifications, await pamps.ScalarAsync<long>("SELECT count(*) FROM notification"));
        Assert.Equal(happened, await pamps.ScalarAsync<long>(events));
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM mention"));
        Assert.Equal(before, (await anyone.GetAsync("/post/")).Ids[0]);
        Assert.Contains((long)first["id"]!, (await beto.GetAsync("/user/timeline/")).Ids);
        Assert.Contains((long)first["id"]!, (await anyone.GetAsync("/tag/sea/")).Ids);
        Assert.Single((await anyone.GetAsync("/search/?q=Hello&type=post")).Items);
        Assert.Equal(5, (int)(await anyone.GetAsync($"/user/{ana.Username}/"))["posts_count"]!);
        await pamps.CountsAsync();
        Assert.All(await pamps.Get<Verify>().RunAsync(repair: false, progress: null, Ct), x =>
            Assert.Equal((x.Name, 0L), (x.Name, x.Broken))
        );

        // It is hers alone.
        var path = $"{Address}{import["id"]}/";
        (await anyone.GetAsync(path)).Refused(Unauthorized);
        (await anyone.GetAsync(Address)).Refused(Unauthorized);
        (await anyone.DeleteAsync(path)).Refused(Unauthorized);
        (await anyone.BringAsync(archive)).Refused(Unauthorized);
        (await beto.GetAsync(path)).Refused(NotFound);
        (await beto.DeleteAsync(path)).Refused(NotFound);
        Assert.Empty((await beto.GetAsync(Address)).Items);
        Assert.Single((await ana.GetAsync(Address)).Items);

        // Run again it changes nothing, and brings nothing back.
        Assert.Equal(NoContent, (await ana.DeleteAsync($"/post/{first["id"]}/")).Status);
        var again = await ana.ImportAsync(archive);
        Assert.Equal((0, 7, 0), again.Counts());
        (await ana.GetAsync($"/post/{first["id"]}/")).Refused(NotFound);

        // Somebody else's import of the same is somebody else's; none of its posts is more visible than asked for.
        var his = await beto.ImportAsync(archive, visibility: "followers");
        Assert.Equal((6, 1, 1), his.Counts());
        Assert.Equal(
            [before],
            (await anyone.GetAsync($"/post/user/{beto.Username}/?include_replies=true")).Ids
        );

        // One's own archive, too, finds all of it here.
        Assert.Equal(Created, (await ana.PostAsync("/user/me/archive/")).Status);
        await TestJobs.UntilAsync(async () =>
            (string)(await ana.GetAsync("/user/me/archive/"))["state"]! == "ready"
        );
        await ana.SignInAsync();
        var own = await DownloadAsync(ana);
        var back = await ana.ImportAsync(own);
        Assert.Equal("pamps", (string)back["report"]!["source"]!);
        Assert.Equal((0, 5, 0), back.Counts());
        using var dora = await pamps.RegisterAsync("dora");
        var hers = await dora.ImportAsync(own);
        Assert.Equal((5, 0, 1), hers.Counts());
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM mention"));
        // And the operator's import of it on another server reads those of before 2024.
        using var stream = new MemoryStream(own);
        var verified = await pamps
            .Get<Operations.Archives.ImportAccount>()
            .VerifyAsync(stream, progress: null, Ct);
        Assert.False(verified.IsRefused(out var refusal), refusal?.Message);
        verified.Value.Dispose();
    }

    [Theory, OnEachDatabase]
    public async Task Their_end_is_told_to_whose_they_are_and_to_nobody_else(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, services: TestJobs.Doing());
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        await beto.PostAsync($"/user/follow/{ana.Id}/");
        using var program = await ForeignProgram.RegisterAsync(pamps, "read");
        using var acting = await program.ActForAsync(ana, "read");
        using var own = await LiveStream.OpenAsync(ana);
        using var programs = await LiveStream.OpenAsync(acting);
        using var others = await LiveStream.OpenAsync(beto);
        var place = own.LastId;

        var import = await ana.ImportAsync(Zip(("outbox.json", Outbox())));
        await ana.PostAsync("/user/me/archive/");

        Assert.Equal((long)import["id"]!, (long)(await own.NextAsync("import_ended")).Json["id"]!);
        await own.NextAsync("archive_ended");
        Assert.Equal("ready", (string)(await ana.GetAsync("/user/me/archive/"))["state"]!);
        // Also where the stream broke off meanwhile.
        using var again = await LiveStream.OpenAsync(ana, place);
        Assert.Equal((long)import["id"]!, (long)(await again.NextAsync("import_ended")).Json["id"]!);
        await again.NextAsync("archive_ended");
        await ana.WriteAsync("a mark");
        Assert.Equal("post", (await programs.NextAsync())!.Event);
        Assert.Equal("post", (await others.NextAsync())!.Event);
    }

    [Theory, OnEachDatabase]
    public async Task Tweets_come_with_their_threads_links_and_pictures(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Archives.ImportPosts = 2,
            services: TestJobs.Doing()
        );
        using var ana = await pamps.RegisterAsync("ana");
        var archive = Zip(
            (
                "data/tweets.js",
                Tweets(
                    // The newest first, as some archives have them.
                    new
                    {
                        id_str = "1050118621198921729",
                        full_text = "And so on https://t.co/pic",
                        created_at = "Wed Oct 10 20:20:00 +0000 2018",
                        in_reply_to_status_id_str = "1050118621198921728",
                        extended_entities = new
                        {
                            media = new[]
                            {
                                new
                                {
                                    url = "https://t.co/pic",
                                    media_url_https = "https://pbs.twimg.com/media/Abc.png",
                                },
                            },
                        },
                    },
                    new
                    {
                        id_str = "1050118621198921728",
                        full_text = "To make &amp; see https://t.co/XweGngmxlP with @beto",
                        created_at = "Wed Oct 10 20:19:24 +0000 2018",
                        entities = new
                        {
                            urls = new[]
                            {
                                new
                                {
                                    url = "https://t.co/XweGngmxlP",
                                    expanded_url = "https://example.org/card",
                                },
                            },
                        },
                    },
                    new
                    {
                        id_str = "3",
                        full_text = "RT @beto: what he said",
                        created_at = "Wed Oct 10 20:19:24 +0000 2018",
                    },
                    new
                    {
                        id_str = "1200000000000000000",
                        full_text = "The last one",
                        created_at = "Thu Nov 28 12:00:00 +0000 2019",
                    }
                )
            ),
            ("data/tweets_media/1050118621198921729-Abc.png", Pictures.Of("png"))
        );

        var first = await ana.ImportAsync(archive);

        Assert.Equal("twitter", (string)first["report"]!["source"]!);
        Assert.Equal((2, 0, 1), first.Counts());
        Assert.Equal("boost 1, too_many 1", first.LeftOut());
        var posts = (await ana.GetAsync($"/post/user/{ana.Username}/?include_replies=true")).Items;
        Assert.Equal(
            ["To make & see https://example.org/card with @beto@twitter.com", "And so on"],
            posts.Select(x => (string)x!["text"]!)
        );
        Assert.Equal((long)posts[0]!["id"]!, (long)posts[1]!["parent_id"]!);
        Assert.Single(posts[1]!["media"]!.AsArray());

        // The next one goes on from there.
        var second = await ana.ImportAsync(archive);
        Assert.Equal((1, 2, 0), second.Counts());
    }

    [Theory, OnEachDatabase]
    public async Task Lists_are_followed_blocked_and_muted_as_by_hand(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Site.Address = "https://pamps.example.org",
            services: TestJobs.Doing()
        );
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var caio = await pamps.RegisterAsync("caio");
        using var dora = await pamps.RegisterAsync("dora");
        await caio.PatchAsync("/user/me/", new { locked = true });
        await dora.PostAsync($"/user/block/{ana.Username}/");
        var list = Encoding.UTF8.GetBytes(
            $"Account address,Show boosts,Notify on new posts,Languages\n{beto.Username}@pamps.example.org,true,false,\n{caio.Username},true,false,\r\n{dora.Username},true,false,\nsomebody@old.example,true,false,\n{ana.Username},true,false,\n1,true\n"
        );

        var follows = await ana.ImportAsync(list, "follows");

        Assert.Equal((2, 0, 0), follows.Counts());
        Assert.Equal("damaged 1, elsewhere 1, not_here 1, oneself 1", follows.LeftOut());
        Assert.Equal([beto.Id], (await ana.GetAsync($"/user/{ana.Username}/following/")).Ids);
        Assert.Single((await caio.GetAsync("/user/follow_requests/")).Items);
        Assert.Equal((0, 2, 0), (await ana.ImportAsync(list, "follows")).Counts());

        var mutes = await ana.ImportAsync(
            Encoding.UTF8.GetBytes($"Account address,Hide notifications\n{beto.Username},false\n"),
            "mutes"
        );
        Assert.Equal((1, 0, 0), mutes.Counts());
        Assert.False((bool)(await ana.GetAsync("/user/mutes/")).Items[0]!["notifications"]!);
        var blocks = await ana.ImportAsync(
            Encoding.UTF8.GetBytes($"{beto.Username}\nx@old.example"),
            "blocks"
        );
        Assert.Equal((1, 0, 0), blocks.Counts());
        Assert.Equal([beto.Id], (await ana.GetAsync("/user/blocks/")).Ids);
        Assert.Equal("unreadable", (string)(await ana.ImportAsync(Pictures.Of("png"), "blocks"))["error"]!);
    }

    [Fact]
    public async Task The_operator_imports_by_a_command_and_one_in_a_bucket_is_read_there()
    {
        var workplace = await MediaPlace.OnAsync(Database.Sqlite);
        await workplace.RunAsync("create-user", "ana@example.org", "ana", Client.DefaultPassword);
        var archive = Path.Combine(workplace.Folder, "old.zip");
        await File.WriteAllBytesAsync(
            archive,
            Zip(("export/outbox.json", Outbox(Post(1, "2025-01-01T00:00:00Z", "<p>x</p>"), Boost(2)))),
            Ct
        );
        var ran = await workplace.RunAsync("import-archive", "ana", archive);
        Assert.Contains(
            "Imported 1 (0 were here) with 0 pictures from mastodon.",
            ran.Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Contains("left out: 1 (boost)", ran.Errors, StringComparison.Ordinal);
        Assert.Contains(
            "(1 were here)",
            (await workplace.RunAsync("import-archive", "ana", archive)).Succeeded(),
            StringComparison.Ordinal
        );
        (await workplace.RunAsync("import-archive", "nobody", archive)).Refused();
        (
            await workplace.RunAsync("import-archive", "ana", Path.Combine(workplace.Folder, "test.db"))
        ).Refused();

        var uri = await S3Server.NewUriAsync();
        await using var pamps = await PampsServer.StartAsync(
            Database.Sqlite,
            x => x.UseBucket(uri),
            services: TestJobs.Doing()
        );
        using var user = await pamps.RegisterAsync();
        Assert.Equal((1, 0, 0), (await user.ImportAsync(await File.ReadAllBytesAsync(archive, Ct))).Counts());
    }

    private static async Task<byte[]> DownloadAsync(Client user)
    {
        using var http = new HttpClient { BaseAddress = user.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
        return await http.GetByteArrayAsync(new Uri("/user/me/archive/file/", UriKind.Relative), Ct);
    }
}
