using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Media;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Imports.ForeignArchives;

namespace Pamps.Tests.Imports;

/// <summary>What is brought and not taken in.</summary>
public sealed class RefusedImportTests
{
    [Theory, OnEachDatabase]
    public async Task What_is_broken_or_too_much_is_refused_and_changes_nothing(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Archives.ImportMegabytes = 1,
            services: TestJobs.Doing()
        );
        using var ana = await pamps.RegisterAsync("ana");
        var good = Zip(("outbox.json", Outbox(Post(1, "2025-01-01T00:00:00Z", "<p>x</p>"))));
        var deep = "{\"orderedItems\":[" + new string('[', 100) + new string(']', 100) + "]}";
        byte[][] bad =
        [
            good[..^40],
            [.. good[..40], .. new byte[40], .. good[80..]],
            "no archive at all"u8.ToArray(),
            Zip(("readme.txt", "nothing"u8.ToArray())),
            // Whose large end is nowhere, or leads nowhere.
            Zip64(good, at: long.MaxValue),
            Zip64(good, at: 0),
            Zip64(good, begins: -1),
            Zip64(good, begins: long.MaxValue),
            Zip(("outbox.json", "{\"orderedItems\":[{\"type\":"u8.ToArray())),
            Zip(("outbox.json", Encoding.UTF8.GetBytes(deep))),
            Zip(("outbox.json", "[]"u8.ToArray())),
            // Bombs: each is good but for how much it is.
            Zip(("outbox.json", Spaces(5_000_000))),
            TarGz(("outbox.json", Spaces(5_000_000))),
            TarGzSaying(new string('x', 100_000)),
            Zip(
                (
                    "outbox.json",
                    Encoding.UTF8.GetBytes($"{{\"orderedItems\":[\"{new string('x', 2_000_000)}\"]}}")
                )
            ),
        ];
        foreach (var (place, file) in bad.Index())
        {
            var failed = await ana.ImportAsync(file);
            Assert.True((string)failed["state"]! == "failed", $"{place}: {failed.Body}");
            Assert.Equal("unreadable", (string)failed["error"]!);
            await pamps.ExecuteAsync("DELETE FROM import");
        }
        (await ana.BringAsync(new byte[1_048_577])).Refused(RequestEntityTooLarge);
        (await ana.BringAsync(good, kind: "everything", visibility: "direct")).Blames("kind", "visibility");
        (await ana.PostAsync(Address, new { file = "x" })).Refused(UnsupportedMediaType);
        (
            await ana.PostAsync(
                Address,
                new MultipartFormDataContent { { new StringContent("archive"), "kind" } }
            )
        ).Blames("file");
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM post"));
        // Nothing of it stays.
        await TestJobs.UntilAsync(async () => await pamps.JobsAsync("kind = 'drop-private-file'") == 0);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(pamps.Options.DataFolder, "media", "private")));
        Assert.Equal((1, 0, 0), (await ana.ImportAsync(Zip64(good))).Counts());
        Assert.Equal(
            (0, 1, 0),
            (
                await ana.ImportAsync(
                    TarGz(("outbox.json", Outbox(Post(1, "2025-01-01T00:00:00Z", "<p>x</p>"))))
                )
            ).Counts()
        );
    }

    [Theory, OnEachDatabase]
    public async Task What_grows_as_it_is_read_or_is_new_is_left_out_singly(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, services: TestJobs.Doing());
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        const string picture = "/media/a.png";
        var outbox = Outbox(
            Post(1, "2025-01-01T00:00:00Z", string.Concat(Enumerable.Repeat("<i>", 2_000)) + "x"),
            Post(2, "2025-01-01T00:00:01Z", Formatted()),
            Post(3, DateTime.UtcNow.AddHours(-1).ToString("o"), "<p>Just now</p>"),
            Post(4, "2025-01-01T00:00:02Z", "<p>Seen</p>", attachment: [Picture(picture)]),
            Post(5, "2025-01-01T00:00:03Z", "<p>y</p>", attachment: [Picture(new string('/', 100_000))])
        );
        var mastodon = Zip(("outbox.json", outbox), (picture[1..], Pictures.Of("png")));
        // The picture is longer than the directory says.
        BinaryPrimitives.WriteInt32LittleEndian(
            mastodon.AsSpan(mastodon.AsSpan().LastIndexOf("PK\x01\x02"u8) + 24),
            10
        );

        var first = await ana.ImportAsync(mastodon);

        Assert.Equal("done", (string)first["state"]!);
        Assert.Equal(2, first.Counts().Made);
        Assert.Equal(
            "damaged 2, picture_not_in_the_archive 1, picture_picture_broken 1, recent 1",
            first.LeftOut()
        );

        var tweets = Tweets(
            Tweet("1", "a", [.. Enumerable.Repeat(("a", "aaaaaaaaaa"), 40)]),
            Tweet(
                "2",
                string.Concat(Enumerable.Repeat("https://t.co/a ", 6_000)),
                ("https://t.co/a", "https://example.org/" + new string('x', 1_900))
            )
        );
        var second = await ana.ImportAsync(Zip(("data/tweets.js", tweets)));
        Assert.Equal((1, 0, 0), second.Counts());
        Assert.Equal("too_long 1", second.LeftOut());

        // One that has ended servers again and again, and one of somebody who is suspended.
        foreach (var change in new[] { "attempts = 5", "attempts = 0" })
        {
            await pamps.ExecuteAsync(
                $"UPDATE \"user\" SET suspended_at = {(change.EndsWith('5') ? "NULL" : "CURRENT_TIMESTAMP")} WHERE id = {ana.Id}"
            );
            await pamps.ExecuteAsync(
                $"UPDATE import SET ended_at = NULL, file = '{new string('a', 32)}', {change} WHERE id = {first["id"]}"
            );
            // Whose job looks after the others, too.
            await beto.ImportAsync(Zip(("outbox.json", Outbox())));
            Assert.Equal(
                change.EndsWith('5') ? 3 : 4,
                await pamps.ScalarAsync<long>(
                    $"SELECT CAST(state AS bigint) FROM import WHERE id = {first["id"]}"
                )
            );
        }

        static object Tweet(string id, string text, params (string Url, string Full)[] links) =>
            new
            {
                id_str = id,
                full_text = text,
                created_at = "Wed Oct 10 20:19:24 +0000 2018",
                entities = new { urls = links.Select(x => new { url = x.Url, expanded_url = x.Full }) },
            };

        // Each of the first is made anew in each of the others.
        static string Formatted() =>
            $"<div>{string.Concat(Enumerable.Range(0, 2_000).Select(x => $"<b a={x}>"))}</div>"
            + string.Concat(Enumerable.Repeat("<div>x</div>", 2_000));
    }

    private static byte[] Spaces(int count) =>
        Encoding.UTF8.GetBytes($"{{\"orderedItems\":[{new string(' ', count)}]}}");

    /// <summary>A good archive that says something more of its file.</summary>
    private static byte[] TarGzSaying(string more)
    {
        using var bytes = new MemoryStream();
        using (var zipped = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
        using (var tar = new TarWriter(zipped))
        {
            tar.WriteEntry(
                new PaxTarEntry(
                    TarEntryType.RegularFile,
                    "outbox.json",
                    new Dictionary<string, string> { ["comment"] = more }
                )
                {
                    DataStream = new MemoryStream(Outbox()),
                }
            );
        }
        return bytes.ToArray();
    }

    [Theory, OnEachDatabase]
    public async Task One_at_a_time_is_taken_in_and_can_be_cancelled(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
        {
            time.Use(x);
            TestJobs.Without(x);
        });
        using var ana = await pamps.RegisterAsync("ana");
        var archive = Zip(("outbox.json", Outbox(Post(1, "2025-01-01T00:00:00Z", "<p>x</p>"))));

        var answers = await Together.AtOnceAsync(_ => ana.BringAsync(archive), 6);

        answers.Split(1, Created, others: Conflict);
        var id = (long)answers.Single(x => x.Status == Created)["id"]!;
        Assert.Equal(NoContent, (await ana.DeleteAsync($"{Address}{id}/")).Status);
        Assert.Equal(NoContent, (await ana.DeleteAsync($"{Address}{id}/")).Status);
        Assert.Equal("cancelled", (string)(await ana.GetAsync($"{Address}{id}/"))["state"]!);
        Assert.Equal(1, await pamps.JobsAsync("kind = 'drop-private-file'"));
        for (var i = 0; i < 9; i++)
        {
            var made = await ana.BringAsync(archive);
            Assert.Equal(Created, made.Status);
            await ana.DeleteAsync($"{Address}{made["id"]}/");
        }
        var tooMany = await ana.BringAsync(archive);
        tooMany.Refused(TooManyRequests);
        Assert.InRange(int.Parse(tooMany.Header("Retry-After")!, null), 86_000, 86_400);
        time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        await ana.SignInAsync();
        Assert.Equal(Created, (await ana.BringAsync(archive)).Status);
        // With the account they go.
        await ana.DeleteAsync("/user/me/");
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM import"));
    }
}
