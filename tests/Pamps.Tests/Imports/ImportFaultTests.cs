using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Archives;
using Pamps.Core.Jobs;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Media;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Imports.ForeignArchives;

namespace Pamps.Tests.Imports;

/// <summary>Imports amid servers that die, stores that are away, rooms that are full, and other imports.</summary>
public sealed class ImportFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task One_that_a_killed_server_left_goes_on_and_makes_nothing_twice(Database database)
    {
        const int Posts = 2_000;
        var workplace = await Workplace.OnAsync(database);
        await using var watch = await TestDatabase.OpenAsync(workplace.Uri);
        await using var command = watch.CreateCommand();
        long id;
        await using (var killed = await workplace.StartAsync("serve", "--port", "0"))
        {
            using var sender = new Client(await killed.ListensAsync(), "ana", id: 0);
            await sender.RegisterAsync();
            var made = await sender.BringAsync(Zip(("outbox.json", Outbox(Many(Posts)))));
            id = (long)made["id"]!;
            await TestJobs.UntilAsync(async () => await CountAsync() > 200);
            await killed.SignalAsync("KILL");
            await killed.EndAsync();
        }
        Assert.InRange(await CountAsync(), 201, Posts - 1);

        await using var pamps = await PampsServer.StartAsync(
            database,
            x => (x.Db.Uri, x.DataFolder) = (workplace.Uri, workplace.DataFolder),
            services: TestJobs.Doing()
        );
        // The lease of the job would last a minute.
        await pamps.ExecuteAsync("UPDATE job SET locked_until = NULL");
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.SignInAsync();
        Answer? import = null;
        await TestJobs.UntilAsync(async () =>
        {
            import = await ana.GetAsync($"{Address}{id}/");
            return import["ended_at"] is not null;
        });

        Assert.True((string)import!["state"]! == "done", import.Body);
        Assert.Equal((Posts, Posts), ((long)import["done"]!, (long)import["total"]!));
        // What was made, and not told any more, was here.
        var (newly, here, _) = import.Counts();
        Assert.Equal(Posts, newly + here);
        Assert.InRange(here, 0, 200);
        Assert.Equal(Posts, await CountAsync());
        Assert.Equal(Posts, await pamps.ScalarAsync<long>("SELECT count(DISTINCT text) FROM post"));
        await pamps.CountsAsync();
        await TestJobs.UntilAsync(() => Task.FromResult(!FilesOf(pamps).Any()));

        async Task<long> CountAsync()
        {
            command.CommandText = "SELECT count(*) FROM post";
            return (long)(await command.ExecuteScalarAsync(Ct))!;
        }
    }

    [Theory, OnEachDatabase]
    public async Task Each_has_its_turn_and_those_of_others_go_on_while_one_waits_for_the_store(
        Database database
    )
    {
        var slow = new SlowFiles();
        await using var pamps = await PampsServer.StartAsync(database, services: x =>
        {
            slow.Use(x);
            TestJobs.Without(x);
        });
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var job = pamps.Services.GetServices<IJobHandler>().Single(x => x.Kind == "run-imports");
        var one = Zip(("outbox.json", Outbox(Post(1, "2024-06-01T00:00:00Z", "<p>one</p>"))));

        // The first one has three batches, and had its time with the first of them.
        var large = await ana.BringAsync(Zip(("outbox.json", Outbox(Many(450)))));
        var small = await beto.BringAsync(one);
        await job.RunAsync(new JobRun(1, job.Kind, "", null, 1), Ct);

        var (first, second) = (await ana.EndedAsync(large), await beto.EndedAsync(small));
        Assert.True(first.Counts() == (450, 0, 0), first.Body);
        Assert.Equal((1, 0, 0), second.Counts());
        Assert.True((DateTime)first["ended_at"]! > (DateTime)second["ended_at"]!);

        // Whose file is not to be had waits, and not for ever.
        large = await ana.BringAsync(one);
        small = await beto.BringAsync(one);
        slow.Away = 1;
        await Assert.ThrowsAsync<IOException>(() => job.RunAsync(new JobRun(1, job.Kind, "", null, 1), Ct));
        Assert.Equal("done", (string)(await beto.GetAsync($"{Address}{small["id"]}/"))["state"]!);
        Assert.Equal("waiting", (string)(await ana.GetAsync($"{Address}{large["id"]}/"))["state"]!);
        // Its job was given up meanwhile.
        await pamps.ExecuteAsync("UPDATE job SET failed_at = CURRENT_TIMESTAMP WHERE kind = 'run-imports'");
        await pamps.Get<SweepArchives>().RunAsync(new JobRun(1, "", "", null, 1), Ct);
        Assert.Equal(1, await pamps.JobsAsync("kind = 'run-imports' AND failed_at IS NULL"));
        await job.RunAsync(new JobRun(1, job.Kind, "", null, 1), Ct);
        Assert.Equal((0, 1, 0), (await ana.EndedAsync(large)).Counts());
    }

    [Theory, OnEachDatabase]
    public async Task What_comes_at_once_has_the_room_once_and_leaves_nothing_where_there_is_none(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Archives.SiteMegabytes = 1,
            services: TestJobs.Without
        );
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        using var caio = await pamps.RegisterAsync("caio");
        using var dora = await pamps.RegisterAsync("dora");
        using var eva = await pamps.RegisterAsync("eva");
        var go = new TaskCompletionSource();

        var held = BringAsync(ana, new HeldContent(600_000, go.Task));
        await TestJobs.UntilAsync(() => Task.FromResult(FilesOf(pamps).Sum(x => x.Length) > 500_000));

        // Of which it is known beforehand, and of which not.
        IsRefused("archives_full", await beto.BringAsync(new byte[600_000]));
        IsRefused("archives_full", await BringAsync(beto, new HeldContent(600_000, Task.CompletedTask)));
        Assert.Single(FilesOf(pamps));
        var small = await beto.BringAsync(new byte[300_000]);
        Assert.Equal(Created, small.Status);
        IsRefused("archives_full", await caio.BringAsync(new byte[300_000]));
        go.SetResult();
        Assert.Equal(Created, (await held).Status);
        IsRefused("archives_full", await caio.BringAsync(new byte[300_000]));
        Assert.Equal(2, FilesOf(pamps).Count());
        // What is stopped makes room.
        await beto.DeleteAsync($"{Address}{small["id"]}/");
        var other = await caio.BringAsync(new byte[300_000]);
        Assert.Equal(Created, other.Status);
        await caio.DeleteAsync($"{Address}{other["id"]}/");

        // More than four at once.
        await ana.DeleteAsync($"{Address}{(await held)["id"]}/");
        var before = FilesOf(pamps).Count();
        go = new TaskCompletionSource();
        var four = new[] { ana, beto, caio, dora }
            .Select(x => BringAsync(x, new HeldContent(1, go.Task)))
            .ToList();
        await TestJobs.UntilAsync(() => Task.FromResult(FilesOf(pamps).Count() == before + 4));
        IsRefused("uploads_full", await eva.BringAsync(new byte[1]));
        go.SetResult();
        Assert.All(await Task.WhenAll(four), x => Assert.Equal(Created, x.Status));

        // And where nothing can be written at all.
        var folder = Path.Combine(pamps.Options.DataFolder, "media", "private");
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "", Ct);
        IsRefused("media_store_unavailable", await eva.BringAsync(new byte[1]));
        Assert.Single(FilesOf(pamps));
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM import WHERE user_id = {eva.Id}")
        );
    }

    private static Task<Answer> BringAsync(Client user, HttpContent file) =>
        user.PostAsync(Address, new MultipartFormDataContent { { file, "file", "archive" } });

    private static void IsRefused(string code, Answer answer)
    {
        answer.Refused(ServiceUnavailable);
        Assert.Equal(code, (string)answer["code"]!);
    }

    private static IEnumerable<FileInfo> FilesOf(PampsServer pamps) =>
        Directory
            .CreateDirectory(Path.Combine(pamps.Options.DataFolder, "media"))
            .EnumerateFiles("*", SearchOption.AllDirectories);

    private static JsonNode[] Many(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(x =>
                    Post(x, $"2024-06-01T{x / 3600:00}:{x / 60 % 60:00}:{x % 60:00}Z", $"<p>{x}</p>")
                ),
        ];
}
