using System.Text;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
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
            Zip(("outbox.json", "{\"orderedItems\":[{\"type\":"u8.ToArray())),
            Zip(("outbox.json", Encoding.UTF8.GetBytes(deep))),
            Zip(("outbox.json", "[]"u8.ToArray())),
            // Bombs: each says what it has, and is believed in no more than that.
            Zip(("outbox.json", new byte[5_000_000])),
            TarGz(("outbox.json", new byte[5_000_000])),
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
        Assert.Equal(
            (1, 0, 0),
            (
                await ana.ImportAsync(
                    TarGz(("outbox.json", Outbox(Post(1, "2025-01-01T00:00:00Z", "<p>x</p>"))))
                )
            ).Counts()
        );
    }

    [Theory, OnEachDatabase]
    public async Task One_at_a_time_is_taken_in_and_can_be_cancelled(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database, services: TestJobs.Without);
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
        Assert.NotNull(tooMany.Header("Retry-After"));
        // With the account they go.
        await ana.DeleteAsync("/user/me/");
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM import"));
    }
}
