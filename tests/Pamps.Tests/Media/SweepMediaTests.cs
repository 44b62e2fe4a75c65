using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Media;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Media;

/// <summary>Files are kept once for all who have the same, and go with the last.</summary>
public sealed class SweepMediaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task The_same_bytes_are_kept_once_until_the_last_who_has_them_deletes_them(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var file = Stored.Unlike();
        var hers = await ana.UploadAsync(file);
        var his = await beto.UploadAsync(file);
        Assert.Equal((string)hers["url"]!, (string)his["url"]!);
        Assert.NotEqual((long)hers["id"]!, (long)his["id"]!);

        await ana.DeleteAsync($"/media/{hers["id"]}/");
        await TestJobs.UntilAsync(async () =>
            await pamps.ScalarAsync<long>("SELECT count(*) FROM media_file WHERE unused_since IS NOT NULL")
            == 0
        );
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync((string)his["url"]!));
        await beto.DeleteAsync($"/media/{his["id"]}/");
        await pamps.GoneAsync(his);
        await pamps.CountsAsync();
    }

    [Theory, OnEachDatabase]
    public async Task While_many_upload_and_delete_the_same_bytes_no_picture_is_without_its_file(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        var file = Stored.Unlike();
        var drop = pamps.Get<DropFiles>();

        var answers = await Together.AtOnceAsync(
            async i =>
            {
                using var who = await pamps.RegisterAsync();
                var mine = await who.UploadAsync(file);
                for (var j = 0; j < 8; j++)
                {
                    await who.DeleteAsync($"/media/{mine["id"]}/");
                    await drop.RunAsync(Ct);
                    mine = await who.UploadAsync(file);
                    Assert.True(mine.Status == HttpStatusCode.Created, mine.Body);
                    Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync((string)mine["url"]!));
                }
                return mine;
            },
            times: 6
        );

        Assert.Single(answers.Select(x => (string)x["url"]!).Distinct());
        await pamps.CountsAsync();
    }

    [Theory, OnEachDatabase]
    public async Task What_is_in_no_post_after_a_day_is_swept_and_what_the_database_does_not_know_is_left_alone(
        Database database
    )
    {
        var clock = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
        {
            TestJobs.Without(x);
            clock.Use(x);
        });
        using var ana = await pamps.RegisterAsync();
        var free = await ana.UploadAsync(Stored.Unlike());
        var shown = await ana.UploadAsync(Stored.Unlike());
        await ana.PostAsync("/post/", new { text = "shown", media_ids = new[] { (long)shown["id"]! } });
        // Of another database's, or as after a crash between the file and its row.
        var store = pamps.Get<IMediaStore>();
        var lost = MediaFileName.Of(new MadeFile("lost"u8.ToArray(), "webp"));
        await store.PutAsync(lost, "lost"u8.ToArray(), Ct);
        var unfinished = Path.Combine(pamps.Options.DataFolder, "media", "unfinished", "x");
        await File.WriteAllTextAsync(unfinished, "x", Ct);
        foreach (var written in new[] { unfinished, pamps.PathOf(lost) })
        {
            File.SetLastWriteTimeUtc(written, clock.GetUtcNow().UtcDateTime);
        }

        await SweepAsync();
        Assert.True(await HasAsync(lost) && await HasAsync(Stored.NameOf(free)) && File.Exists(unfinished));
        clock.Advance(TimeSpan.FromHours(25));
        await SweepAsync();

        Assert.True(await HasAsync(lost) && !File.Exists(unfinished));
        Assert.False(
            await HasAsync(Stored.NameOf(free)) || await HasAsync(Stored.NameOf(free, "preview_url"))
        );
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync((string)shown["url"]!));
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT count(*) FROM media_file"));
        await pamps.CountsAsync();

        Task<bool> HasAsync(string name) => store.HasAsync(name, Ct);

        async Task SweepAsync()
        {
            var sweep = pamps.Get<SweepMedia>();
            await sweep.DropUnusedAsync(Ct);
            await pamps.Get<DropFiles>().RunAsync(Ct);
            await sweep.RunAsync(new Core.Jobs.JobRun(1, sweep.Kind, null, null, 1), Ct);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_version_that_knows_no_pictures_deletes_a_post_and_they_are_swept(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, services: TestJobs.Without);
        using var ana = await pamps.RegisterAsync();
        var media = await ana.UploadAsync(Stored.Unlike());
        var post = await ana.PostAsync(
            "/post/",
            new { text = "x", media_ids = new[] { (long)media["id"]! } }
        );
        await pamps.ExecuteAsync($"DELETE FROM post WHERE id = {post["id"]}");
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM media WHERE post_id IS NULL"));
    }
}
