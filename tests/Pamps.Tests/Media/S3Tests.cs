using System.Net;
using System.Net.Http.Headers;
using Pamps.Core.Media;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Media;

/// <summary>Pictures whose files are in a bucket of an S3 server.</summary>
public sealed class S3Tests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_picture_is_kept_shown_and_deleted_as_on_a_disk(Database database)
    {
        var uri = await S3Server.NewUriAsync();
        await using var pamps = await PampsServer.StartAsync(database, x => x.UseBucket(uri));
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var file = Stored.Unlike();

        var hers = await ana.UploadAsync(file);
        var his = await beto.UploadAsync(file);

        Assert.True(hers.Status == HttpStatusCode.Created, hers.Body);
        var url = (string)hers["url"]!;
        Assert.Equal(url, (string)his["url"]!);
        var whole = await pamps.FileAsync(url);
        Assert.Equal("image/png", (await ana.GetAsync(url)).MediaType);
        Assert.Equal(whole[10..20], await RangeAsync("bytes=10-19"));
        Assert.Equal(whole[^5..], await RangeAsync("bytes=-5"));
        var answer = await ana.GetAsync(url);
        Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
        var known = await ana.GetAsync(url, ("If-None-Match", answer.Header("ETag")!));
        Assert.Equal(HttpStatusCode.NotModified, known.Status);
        Assert.False(Directory.Exists(Path.GetDirectoryName(pamps.PathOf(Stored.NameOf(hers)))));

        await ana.DeleteAsync($"/media/{hers["id"]}/");
        await TestJobs.UntilAsync(async () => await pamps.JobsAsync("kind = 'drop-media'") == 0);
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync(url));
        await pamps.CountsAsync();
        await beto.DeleteAsync($"/media/{his["id"]}/");
        await pamps.GoneAsync(his);
        await TestJobs.UntilAsync(async () =>
            await pamps.ScalarAsync<long>("SELECT count(*) FROM media_file") == 0
        );
        await pamps.CountsAsync();

        async Task<byte[]> RangeAsync(string range)
        {
            using var http = new HttpClient { BaseAddress = pamps.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, url)
            {
                Headers = { Range = RangeHeaderValue.Parse(range) },
            };
            using var part = await http.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            return await part.Content.ReadAsByteArrayAsync(Ct);
        }
    }

    [Fact]
    public async Task Commands_check_move_back_up_restore_and_export()
    {
        var (uri, other) = (await S3Server.NewUriAsync(), await S3Server.NewUriAsync());
        var workplace = (await Workplace.OnAsync(Database.Sqlite)).WithBucket(uri);
        await using var pamps = await PampsServer.StartAsync(
            Database.Sqlite,
            x =>
            {
                x.Db.Uri = workplace.Uri;
                x.UseBucket(uri);
            },
            services: TestJobs.Without
        );
        using var ana = await pamps.RegisterAsync("ana");
        await ana.PostAsync(
            "/post/",
            new { text = "", media_ids = new[] { await ana.PictureAsync(Stored.Unlike()) } }
        );
        var gone = await ana.UploadAsync(Stored.Unlike());
        var store = pamps.Get<IMediaStore>();
        var place = store.Place;
        Assert.Matches("^s3://pamps-tests/[0-9a-f]{32}/media of 127.0.0.1:[0-9]+$", place);

        // To a folder; and from there to another bucket, and once more as after a stop.
        var folder = MediaPlace.UriOf(workplace.MediaFolder());
        var first = await MoveAsync(folder);
        Assert.Contains("Copied 4 files", first, StringComparison.Ordinal);
        Assert.Contains(
            $"from {place} to {workplace.MediaFolder()}, where 0 were",
            first,
            StringComparison.Ordinal
        );
        Assert.Contains($"set PAMPS_MEDIA__URI={folder} and start them", first, StringComparison.Ordinal);
        workplace.With("PAMPS_MEDIA__URI", folder);
        var second = await MoveAsync(other);
        Assert.Contains("Copied 4 files", second, StringComparison.Ordinal);
        Assert.Contains($"set PAMPS_MEDIA__URI={other} and start them", second, StringComparison.Ordinal);
        Assert.Contains("Copied 0 files (0 kB)", await MoveAsync(other), StringComparison.Ordinal);
        workplace.With("PAMPS_MEDIA__URI", uri);

        await store.RemoveAsync(Stored.NameOf(gone), Ct);
        var bad = await workplace.RunAsync("media", "check");
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains($"missing: {Stored.NameOf(gone)}\n", bad.Output, StringComparison.Ordinal);
        Assert.Contains($"Of 4 files in {place}, 1 are missing", bad.Output, StringComparison.Ordinal);
        await ana.DeleteAsync($"/media/{gone["id"]}/");

        var file = Path.Combine(workplace.Folder, "night.pamps");
        Assert.Contains("2 files of pictures", await DoAsync("backup", file), StringComparison.Ordinal);
        var target = (await Workplace.OnAsync(Database.Sqlite)).WithBucket(await S3Server.NewUriAsync());
        var restored = await target.RunAsync("restore", file);
        Assert.Contains(
            ", and 2 files of pictures into s3://",
            restored.Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Empty(restored.Errors);
        var archive = Path.Combine(workplace.Folder, "ana.zip");
        Assert.Contains(
            ", 1 pictures (",
            await DoAsync("export", ana.Username, archive),
            StringComparison.Ordinal
        );

        Task<string> MoveAsync(string to) => DoAsync("media", "move", "--to", to);

        async Task<string> DoAsync(params string[] command) =>
            (await workplace.RunAsync(command)).Succeeded();
    }

    [Fact]
    public async Task A_copy_to_PostgreSQL_keeps_its_bucket_and_a_backup_of_it_brings_the_files_to_another()
    {
        var uri = await S3Server.NewUriAsync();
        var source = (await Workplace.OnAsync(Database.Sqlite)).WithBucket(uri);
        var target = (await Workplace.OnAsync(Database.Postgres)).WithBucket(uri);
        string url;
        byte[] whole;
        await using (var pamps = await StartAsync(Database.Sqlite, source, uri))
        {
            using var ana = await pamps.RegisterAsync("ana");
            var picture = await ana.UploadAsync(Stored.Unlike());
            await ana.PostAsync("/post/", new { text = "", media_ids = new[] { (long)picture["id"]! } });
            url = (string)picture["url"]!;
            whole = await pamps.FileAsync(url);
            (await source.RunAsync("db", "copy", "--from", source.Uri, "--to", target.Uri)).Succeeded();
        }
        Assert.Contains(
            "Of 2 files in s3://",
            (await target.RunAsync("media", "check")).Succeeded(),
            StringComparison.Ordinal
        );
        await using var copy = await StartAsync(Database.Postgres, target, uri);
        Assert.Equal(whole, await copy.FileAsync(url));
        await copy.CountsAsync();

        var file = Path.Combine(target.Folder, "night.pamps");
        (await target.RunAsync("backup", file)).Succeeded();
        using var anyone = copy.Anonymous();
        var post = (await anyone.GetAsync("/post/")).Items.Single()!;
        Assert.Equal(url, (string)post["media"]![0]!["url"]!);
        // What goes from the copy goes from the bucket; the backup has it all the same, for another one.
        await copy.Get<IMediaStore>().RemoveAsync(url.Split('/')[^1], Ct);
        var elsewhere = await S3Server.NewUriAsync();
        var third = (await Workplace.OnAsync(Database.Sqlite)).WithBucket(elsewhere);
        (await third.RunAsync("restore", file)).Succeeded();
        await using var restored = await StartAsync(Database.Sqlite, third, elsewhere);
        Assert.Equal(whole, await restored.FileAsync(url));

        static Task<PampsServer> StartAsync(Database database, Workplace workplace, string uri) =>
            PampsServer.StartAsync(
                database,
                x =>
                {
                    x.Db.Uri = workplace.Uri;
                    x.UseBucket(uri);
                },
                services: TestJobs.Without
            );
    }

    [Fact]
    public async Task What_no_row_knows_is_swept_from_a_bucket_when_it_is_a_day_old()
    {
        var uri = await S3Server.NewUriAsync();
        var clock = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            Database.Sqlite,
            x => x.UseBucket(uri),
            services: x =>
            {
                TestJobs.Without(x);
                clock.Use(x);
            }
        );
        using var ana = await pamps.RegisterAsync();
        await ana.PictureAsync(Stored.Unlike());
        var name = MediaFileName.Of(new MadeFile("strange"u8.ToArray(), "webp"));
        await pamps.Get<IMediaStore>().PutAsync(name, "strange"u8.ToArray(), Ct);
        clock.Advance(TimeSpan.FromHours(25));

        var swept = await pamps.Get<Operations.Media.SweepUnknown>().RunAsync(null, Ct);

        Assert.Equal((1, 7), (swept.Files, swept.Bytes));
        Assert.False(await pamps.Get<IMediaStore>().HasAsync(name, Ct));
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT count(*) FROM media_file"));
        await pamps.CountsAsync();
    }

    [Theory]
    [InlineData("wrong key", "answered 403 InvalidAccessKeyId")]
    [InlineData("wrong bucket", "answered 404 NoSuchBucket")]
    public async Task A_wrong_key_or_bucket_is_told_in_a_line(string wrong, string told)
    {
        using var good = await S3Server.NewStoreAsync();
        var endpoint = new Uri("http://" + good.Place.Split(' ')[^1]);
        using var store =
            wrong == "wrong key"
                ? S3Server.Store(endpoint, key: "s3cret")
                : S3Server.Store(endpoint, bucket: "another-bucket");
        var failure = await Assert.ThrowsAsync<MediaStoreException>(() =>
            store.ListAsync("00", Ct).ToListAsync(Ct).AsTask()
        );
        Assert.Equal($"The S3 server {endpoint.Authority} {told}.", failure.Message);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }
}
