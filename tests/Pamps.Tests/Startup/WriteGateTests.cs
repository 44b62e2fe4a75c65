using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Results;
using Pamps.Core.Writes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Startup;

public sealed class WriteGateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Of_writes_at_once_those_that_are_refused_are_undone_alone(Database database)
    {
        await using var queue = await Queue.StartAsync(database);
        var kept = queue.Add(() => new Done());
        var refused = queue.Add(() => Error.Invalid("text", "not_today", "Not today."));

        await queue.ReleaseAsync();

        Assert.All(await Task.WhenAll(kept), x => Assert.False(x.IsRefused(out _)));
        Assert.All(await Task.WhenAll(refused), x => Assert.True(x.IsRefused(out _)));
        await queue.CountedAsync(kept.Count);
    }

    [Theory, OnEachDatabase]
    public async Task Of_writes_at_once_those_that_break_are_undone_alone(Database database)
    {
        await using var queue = await Queue.StartAsync(database);
        var kept = queue.Add(() => new Done());
        var broken = queue.Add(() => throw new InvalidOperationException("It broke."));

        await queue.ReleaseAsync();

        Assert.All(await Task.WhenAll(kept), x => Assert.False(x.IsRefused(out _)));
        foreach (var one in broken)
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => one);
            Assert.Equal("It broke.", exception.Message);
        }
        await queue.CountedAsync(kept.Count);
    }

    [Theory, OnEachDatabase]
    public async Task A_post_whose_last_statement_fails_leaves_nothing_behind(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var ana = await pamps.RegisterAsync("ana");
        using var ben = await pamps.RegisterAsync("ben");
        var (refuse, allow) =
            database == Database.Postgres
                ? (
                    "ALTER TABLE event ADD CONSTRAINT none CHECK (kind <> 1) NOT VALID",
                    "ALTER TABLE event DROP CONSTRAINT none"
                )
                : (
                    "CREATE TRIGGER none BEFORE INSERT ON event WHEN NEW.kind = 1 BEGIN SELECT RAISE(ABORT, 'none'); END",
                    "DROP TRIGGER none"
                );
        await pamps.ExecuteAsync(refuse);

        var refused = await ana.PostAsync("/post/", new { text = "in vain" });
        await pamps.ExecuteAsync(allow);
        await ben.WriteAsync("of another");

        Assert.Equal(HttpStatusCode.InternalServerError, refused.Status);
        Assert.Equal(1, await pamps.ScalarAsync<long>("SELECT count(*) FROM post"));
        Assert.Equal(0, (long)(await ben.GetAsync($"/user/{ana.Username}/"))["posts_count"]!);
        Assert.Equal(1, (long)(await ben.GetAsync($"/user/{ben.Username}/"))["posts_count"]!);
        await ana.WriteAsync("again");
        Assert.Equal(1, (long)(await ben.GetAsync($"/user/{ana.Username}/"))["posts_count"]!);
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("53100")]
    public async Task A_post_is_written_again_whose_last_statement_fails_only_once(string fault)
    {
        await using var pamps = await PampsServer.StartAsync(Database.Postgres);
        using var ana = await pamps.RegisterAsync("ana");
        // What a sequence has given it does not take back with the transaction.
        await pamps.ExecuteAsync("CREATE SEQUENCE tries");
        await pamps.ExecuteAsync(
            $"""
            CREATE FUNCTION fail_at_first() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF nextval('tries') % 2 = 1 THEN RAISE SQLSTATE '{fault}'; END IF;
                RETURN NEW;
            END $$
            """
        );
        await pamps.ExecuteAsync(
            "CREATE TRIGGER fail_at_first BEFORE INSERT ON event FOR EACH ROW WHEN (NEW.kind = 1) EXECUTE FUNCTION fail_at_first()"
        );

        var plain = await ana.PostAsync("/post/", new { text = "rain" });
        var keyed = await ana.PostAsync("/post/", new { text = "snow" }, ("Idempotency-Key", "once"));
        var again = await ana.PostAsync("/post/", new { text = "snow" }, ("Idempotency-Key", "once"));

        Assert.All([plain, keyed, again], x => Assert.True(x.Status == HttpStatusCode.Created, x.Body));
        Assert.Equal((long)keyed["id"]!, (long)again["id"]!);
        Assert.Equal(4, await pamps.ScalarAsync<long>("SELECT last_value FROM tries"));
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT count(*) FROM post"));
        Assert.Equal(2, await pamps.ScalarAsync<long>("SELECT count(*) FROM post_search"));
        Assert.Equal(2, (long)(await ana.GetAsync($"/user/{ana.Username}/"))["posts_count"]!);
    }

    [Fact]
    public async Task All_posts_are_found_while_SQLite_merges_the_search_piece_by_piece()
    {
        const int posts = 150;
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        for (var i = 0; i < posts; i++)
        {
            await ana.WriteAsync($"rain number{i}");
        }

        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>("SELECT v FROM post_search_config WHERE k = 'automerge'")
        );
        // Each was a part of its own.
        Assert.InRange(
            await pamps.ScalarAsync<long>("SELECT count(DISTINCT segid) FROM post_search_idx"),
            1,
            15
        );
        for (var i = 0; i < posts; i++)
        {
            Assert.Single((await ana.GetAsync($"/search/?q=number{i}")).Ids);
        }
    }

    [Fact]
    public async Task A_damaged_search_index_of_SQLite_refuses_no_like()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        using var ana = await pamps.RegisterAsync("ana");
        var post = await ana.WriteAsync("rain");
        // Parts that are due to be merged, and then hold no words; the two small numbers are what FTS5 knows of the whole.
        for (var i = 1; i <= 6; i++)
        {
            await pamps.ExecuteAsync($"INSERT INTO post_search (rowid, words) VALUES ({i}, 'snow')");
        }
        await pamps.ExecuteAsync("UPDATE post_search_data SET block = x'ff' WHERE id > 10");

        var liked = await ana.PostAsync($"/post/{post}/like/");

        Assert.True(liked.Status == HttpStatusCode.Created, liked.Body);
    }

    /// <summary>Writes that wait behind another one: on SQLite they become one group.</summary>
    private sealed class Queue : IAsyncDisposable
    {
        private const int Each = 20;

        private readonly PampsServer pamps;
        private readonly Client ana;
        private readonly IWriteGate gate;
        private readonly TaskCompletionSource released = new();
        private readonly Task first;

        private Queue(PampsServer pamps, Client ana)
        {
            (this.pamps, this.ana) = (pamps, ana);
            gate = pamps.Services.GetRequiredService<IWriteGate>();
            first = gate.RunAsync<Done>(
                async (_, _) =>
                {
                    await released.Task;
                    return new Done();
                },
                Stop
            );
        }

        public static async Task<Queue> StartAsync(Database database)
        {
            var pamps = await PampsServer.StartAsync(database);
            return new Queue(pamps, await pamps.RegisterAsync("ana"));
        }

        /// <summary>Each counts one post up, and ends so.</summary>
        public List<Task<Result<Done>>> Add(Func<Result<Done>> end) =>
            [
                .. Enumerable
                    .Range(0, Each)
                    .Select(_ =>
                        gate.RunAsync(
                            async (write, ct) =>
                            {
                                await pamps.ExecuteAsync(
                                    write,
                                    "UPDATE \"user\" SET posts_count = posts_count + 1",
                                    ct
                                );
                                return end();
                            },
                            Stop
                        )
                    ),
            ];

        public Task ReleaseAsync()
        {
            released.SetResult();
            return first;
        }

        public async Task CountedAsync(int count) =>
            Assert.Equal(count, (long)(await ana.GetAsync($"/user/{ana.Username}/"))["posts_count"]!);

        public ValueTask DisposeAsync()
        {
            ana.Dispose();
            return pamps.DisposeAsync();
        }
    }
}
