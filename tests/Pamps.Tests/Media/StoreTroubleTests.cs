using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Media;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.Media;

/// <summary>Where files are is far away, or out of reach.</summary>
public sealed class StoreTroubleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Database, string?> Troubles
    {
        get
        {
            var all = new TheoryData<Database, string?>();
            foreach (var answer in new[] { null, "403 Forbidden", "500 Internal Server Error" })
            {
                all.Add(Database.Sqlite, answer);
                all.Add(Database.Postgres, answer);
            }
            return all;
        }
    }

    [Theory, MemberData(nameof(Troubles))]
    public async Task Where_an_S3_server_hangs_or_refuses_uploads_and_files_answer_503_and_nothing_is_kept(
        Database database,
        string? answer
    )
    {
        using var s3 = new S3Trouble(answer);
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.UseBucket(S3Server.UriOf(s3.Address, "media", patience: 1)),
            services: TestJobs.Without
        );
        using var ana = await pamps.RegisterAsync();

        var answers = await Task.WhenAll(
            ana.UploadAsync(Stored.Unlike()),
            ana.GetAsync(MediaFileName.AddressOf($"{new string('0', 64)}.webp"))
        );

        Assert.All(answers, x =>
        {
            x.Refused(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("media_store_unavailable", (string)x["code"]!);
        });
        Assert.DoesNotContain(
            "immutable",
            answers[1].Header("Cache-Control") ?? "",
            StringComparison.Ordinal
        );
        // What refuses is asked once, what says nothing or has trouble twice; connections that say nothing may be shared.
        Assert.InRange(s3.Requests, 2, answer is "403 Forbidden" ? 2 : 4);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM media"));
        Assert.Equal(0, (long)(await ana.GetAsync("/user/me/"))["media_bytes"]!);
        Assert.Equal(1, await pamps.JobsAsync("kind = 'drop-media'"));
        await Assert.ThrowsAsync<MediaStoreException>(() => pamps.Get<DropFiles>().RunAsync(Ct));
        await pamps.CountsAsync();
    }

    [Fact]
    public async Task Commands_say_in_a_line_what_the_S3_server_does_and_tell_no_secret()
    {
        using var s3 = new S3Trouble("403 Forbidden");
        var workplace = (await Workplace.OnAsync(Database.Sqlite)).WithBucket(
            S3Server.UriOf(s3.Address, "media")
        );
        (await workplace.RunAsync("db", "upgrade")).Succeeded();
        var line = (await workplace.RunAsync("media", "sweep")).Refused();
        Assert.Equal($"pamps: The S3 server {s3.Address.Authority} answered 403 AccessDenied.", line);
    }

    [Theory, OnEachDatabase]
    public async Task While_a_file_is_on_its_way_others_write(Database database)
    {
        var store = new SlowStore();
        await using var pamps = await StartAsync(database, store);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var picture = Stored.Unlike();

        store.Hold();
        var upload = ana.UploadAsync(picture);
        await store.AskedAsync(1);
        // With SQLite nobody else writes while one does.
        await PostAsync();
        Assert.False(upload.IsCompleted);
        store.LetGo();
        var media = await upload;
        Assert.True(media.Status == HttpStatusCode.Created, media.Body);

        await ana.DeleteAsync($"/media/{media["id"]}/");
        store.Hold();
        var removal = pamps.Get<DropFiles>().RunAsync(Ct);
        await store.AskedAsync(2);
        await PostAsync();
        // The same bytes wait until they are gone, and are stored anew.
        var again = beto.UploadAsync(picture);
        Assert.False(removal.IsCompleted || again.IsCompleted);
        store.LetGo();
        Assert.Equal(2, await removal);
        Assert.Equal(HttpStatusCode.Created, (await again).Status);
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync((string)media["url"]!));
        await pamps.CountsAsync();

        async Task PostAsync() =>
            Assert.Equal(HttpStatusCode.Created, (await beto.PostAsync("/post/", new { text = "x" })).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_stopped_amid_an_upload_or_a_removal_leaves_nothing_that_stays(Database database)
    {
        var (store, clock) = (new SlowStore(), new FakeTime());
        await using var pamps = await StartAsync(database, store, clock);
        using var ana = await pamps.RegisterAsync();
        var drop = pamps.Get<DropFiles>();
        var picture = Stored.Unlike();

        // As after kill -9: the files are reserved, and perhaps there, and no picture has them.
        var media = await ana.UploadAsync(picture);
        await pamps.ExecuteAsync("DELETE FROM media");
        await pamps.ExecuteAsync("UPDATE account SET media_bytes = 0");
        await MomentAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(0, await drop.RunAsync(Ct));
        await pamps.CountsAsync();
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(2, await drop.RunAsync(Ct));
        Assert.False(await store.HasAsync(Stored.NameOf(media), Ct));

        // And amid a removal: nobody has the bytes for a while, and then who wants them.
        media = await ana.UploadAsync(picture);
        await ana.DeleteAsync($"/media/{media["id"]}/");
        await pamps.ExecuteAsync("UPDATE media_file SET bytes = 0");
        await pamps.ExecuteAsync("UPDATE media_total SET bytes = 0");
        await MomentAsync(TimeSpan.Zero);
        Assert.Equal(0, await drop.RunAsync(Ct));
        (await ana.UploadAsync(picture)).Refused(HttpStatusCode.ServiceUnavailable);
        clock.Advance(TimeSpan.FromMinutes(6));
        var again = await ana.UploadAsync(picture);
        Assert.True(again.Status == HttpStatusCode.Created, again.Body);
        Assert.Equal(0, await drop.RunAsync(Ct));
        await pamps.CountsAsync();

        async Task MomentAsync(TimeSpan after) =>
            await pamps.ExecuteAsync(
                $"UPDATE media_file SET unused_since = '{clock.GetUtcNow().UtcDateTime + after:yyyy-MM-dd HH:mm:ss.ffffff}'"
            );
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_who_upload_the_same_the_one_who_is_refused_takes_nothing_from_the_other(
        Database database
    )
    {
        var store = new SlowStore();
        await using var pamps = await StartAsync(database, store);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        await pamps.ExecuteAsync(
            $"UPDATE account SET media_bytes = {1024L * 1_048_576 - 1} WHERE user_id = {beto.Id}"
        );
        var picture = Stored.Unlike();

        store.Hold();
        var both = new[] { ana.UploadAsync(picture), beto.UploadAsync(picture) };
        await store.AskedAsync(2);
        store.LetGo();
        var answers = await Task.WhenAll(both);

        Assert.True(answers[0].Status == HttpStatusCode.Created, answers[0].Body);
        answers[1].Refused(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal(HttpStatusCode.OK, await pamps.FileStatusAsync((string)answers[0]["url"]!));
        await pamps.ExecuteAsync($"UPDATE account SET media_bytes = 0 WHERE user_id = {beto.Id}");
        await pamps.CountsAsync();
    }

    private static Task<PampsServer> StartAsync(Database database, SlowStore store, FakeTime? clock = null) =>
        PampsServer.StartAsync(database, services: x =>
        {
            TestJobs.Without(x);
            clock?.Use(x);
            x.AddSingleton<IMediaStore>(store);
        });

    /// <summary>A folder that takes its time, as far away as a test wants.</summary>
    private sealed class SlowStore : IMediaStore
    {
        private readonly LocalMediaStore store = new(TestDatabase.NewFolder());
        private TaskCompletionSource gate = Open();
        private int asked;

        public string Place => store.Place;

        public void Hold() => (gate, asked) = (new TaskCompletionSource(), 0);

        public void LetGo() => gate.TrySetResult();

        /// <summary>Waits until somebody wants to write or remove so many files.</summary>
        public Task AskedAsync(int times) =>
            TestJobs.UntilAsync(() => Task.FromResult(Volatile.Read(ref asked) >= times));

        public async Task<bool> PutAsync(
            string name,
            ReadOnlyMemory<byte> bytes,
            CancellationToken cancellationToken
        )
        {
            await WaitAsync();
            return await store.PutAsync(name, bytes, cancellationToken);
        }

        public Task<bool> PutAsync(
            string name,
            Func<Stream, CancellationToken, Task> writeAsync,
            CancellationToken cancellationToken
        ) => store.PutAsync(name, writeAsync, cancellationToken);

        public Task<bool> HasAsync(string name, CancellationToken cancellationToken) =>
            store.HasAsync(name, cancellationToken);

        public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
            store.OpenAsync(name, cancellationToken);

        public async Task RemoveAsync(string name, CancellationToken cancellationToken)
        {
            await WaitAsync();
            await store.RemoveAsync(name, cancellationToken);
        }

        public IAsyncEnumerable<StoredFile> ListAsync(string folder, CancellationToken cancellationToken) =>
            store.ListAsync(folder, cancellationToken);

        public int ClearUnfinished(DateTime before) => store.ClearUnfinished(before);

        public FileStream NewUpload() => store.NewUpload();

        private static TaskCompletionSource Open()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }

        private Task WaitAsync()
        {
            Interlocked.Increment(ref asked);
            return gate.Task;
        }
    }
}
