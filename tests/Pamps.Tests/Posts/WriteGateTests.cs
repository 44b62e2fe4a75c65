using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>What the one way to change the database promises.</summary>
public sealed class WriteGateTests
{
    [Theory, OnEachDatabase]
    public async Task A_write_that_fails_fails_alone(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var hold = new TaskCompletionSource();
        // While the first waits, SQLite's writer gathers the others in a group.
        var first = WriteAsync(pamps, "first", () => hold.Task);
        var kept = new List<Task<Result<Done>>>();
        var refused = new List<Task<Result<Done>>>();
        var thrown = new List<Task<Result<Done>>>();
        var broken = new List<Task<Result<Done>>>();
        for (var i = 0; i < 10; i++)
        {
            kept.Add(WriteAsync(pamps, $"kept {i}"));
            refused.Add(WriteAsync(pamps, $"refused {i}", answer: Error.PostNotFound));
            thrown.Add(WriteAsync(pamps, $"thrown {i}", () => throw new InvalidDataException("no")));
            broken.Add(WriteAsync(pamps, $"broken {i}", breakRule: true));
        }
        hold.SetResult();

        Assert.Equal(new Done(), (await first).Value);
        Assert.All(await Task.WhenAll(kept), x => Assert.Equal(new Done(), x.Value));
        Assert.All(await Task.WhenAll(refused), x => Assert.Equal(Error.PostNotFound, x.Error));
        foreach (var task in thrown)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => task);
        }
        foreach (var task in broken)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => task);
        }
        Assert.Equal(["first", .. Enumerable.Range(0, 10).Select(i => $"kept {i}")], await ReadAsync(pamps));
    }

    [Theory, OnEachDatabase]
    public async Task A_write_whose_id_another_drew_is_run_again_without_what_it_did_before(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var gate = pamps.Services.GetRequiredService<IWriteGate>();
        await WriteAsync(pamps, "taken");

        var keys = new Queue<string>(["taken", "free"]);
        var runs = 0;
        await gate.RunAsync<Done>(
            async (write, ct) =>
            {
                foreach (var key in new[] { $"run {++runs}", keys.Dequeue() })
                {
                    await pamps.ExecuteAsync(
                        write,
                        "INSERT INTO idempotency (user_id, key, fingerprint, created_at) VALUES (1, @key, '', @now)",
                        ct,
                        ("key", key),
                        ("now", DateTime.UtcNow)
                    );
                }
                return new Done();
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["free", "run 2", "taken"], await ReadAsync(pamps));
    }

    [Theory, OnEachDatabase]
    public async Task A_cancelled_write_changes_nothing(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var midway = new CancellationTokenSource();
        using var early = new CancellationTokenSource();
        await early.CancelAsync();

        var halfDone = WriteAsync(pamps, "half done", midway.CancelAsync, cancellation: midway.Token);
        var notBegun = WriteAsync(pamps, "not begun", cancellation: early.Token);
        var kept = WriteAsync(pamps, "kept");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => halfDone);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notBegun);
        Assert.Equal(new Done(), (await kept).Value);
        Assert.Equal(["kept"], await ReadAsync(pamps));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_in_the_queue_never_runs()
    {
        await using var pamps = await PampsServer.StartAsync(Database.Sqlite);
        var hold = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var hasRun = false;
        var first = WriteAsync(pamps, "first", () => hold.Task);
        var second = WriteAsync(
            pamps,
            "second",
            () =>
            {
                hasRun = true;
                return Task.CompletedTask;
            },
            cancellation: cancellation.Token
        );
        await cancellation.CancelAsync();
        hold.SetResult();

        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(hasRun);
        Assert.Equal(["first"], await ReadAsync(pamps));
    }

    [Fact]
    public async Task A_write_that_lost_a_race_is_run_again_however_its_fault_is_wrapped()
    {
        var pamps = await PampsServer.ShareAsync(Database.Postgres);
        var gate = pamps.Services.GetRequiredService<IWriteGate>();
        string[] races = ["23505", "23503", "40001", "40P01"];
        foreach (var state in races)
        {
            var fault = new PostgresException("", "ERROR", "ERROR", state);
            Exception[] wrapped = [fault, new InvalidOperationException("", fault)];
            foreach (var exception in wrapped)
            {
                Assert.Equal((true, 3), await TriesAsync(gate, times: 2, exception));
            }
            Assert.Equal((false, 10), await TriesAsync(gate, times: 100, fault));
        }
        var mistake = new PostgresException("", "ERROR", "ERROR", "23502");
        Assert.Equal(
            (false, 1),
            await TriesAsync(gate, times: 1, new InvalidOperationException("", mistake))
        );
    }

    [Fact]
    public async Task Two_writes_that_wait_for_each_other_both_succeed()
    {
        var pamps = await PampsServer.ShareAsync(Database.Postgres);
        var gate = pamps.Services.GetRequiredService<IWriteGate>();
        using var one = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        TaskCompletionSource[] hasFirst = [new(), new()];
        var runs = 0;

        var results = await Task.WhenAll(RunAsync(0, one.Id, other.Id), RunAsync(1, other.Id, one.Id));

        Assert.All(results, x => Assert.Equal(new Done(), x.Value));
        Assert.Equal(3, runs);
        foreach (var client in new[] { one, other })
        {
            Assert.Equal("01", string.Concat(((string)(await client.GetAsync("/user/me/"))["bio"]!).Order()));
        }

        Task<Result<Done>> RunAsync(int who, long first, long second) =>
            gate.RunAsync<Done>(
                async (write, ct) =>
                {
                    Interlocked.Increment(ref runs);
                    await AddToBioAsync(pamps, write, first, who, ct);
                    hasFirst[who].TrySetResult();
                    await hasFirst[1 - who].Task.WaitAsync(ct);
                    await AddToBioAsync(pamps, write, second, who, ct);
                    return new Done();
                },
                TestContext.Current.CancellationToken
            );
    }

    private static Task<int> AddToBioAsync(
        PampsServer pamps,
        WriteTransaction write,
        long user,
        int who,
        CancellationToken ct
    ) =>
        pamps.ExecuteAsync(
            write,
            "UPDATE \"user\" SET bio = coalesce(bio, '') || @who WHERE id = @id",
            ct,
            ("who", who.ToString(CultureInfo.InvariantCulture)),
            ("id", user)
        );

    /// <summary>Throws so many times before it succeeds; answers whether it did, and how often it was run.</summary>
    private static async Task<(bool, int)> TriesAsync(IWriteGate gate, int times, Exception exception)
    {
        var runs = 0;
        try
        {
            await gate.RunAsync<Done>(
                (_, _) => ++runs <= times ? throw exception : Task.FromResult<Result<Done>>(new Done()),
                TestContext.Current.CancellationToken
            );
            return (true, runs);
        }
        catch (Exception thrown) when (thrown == exception || thrown.InnerException == exception)
        {
            return (false, runs);
        }
    }

    /// <summary>Puts a row into a table that nothing else minds, and then does what more is asked.</summary>
    private static Task<Result<Done>> WriteAsync(
        PampsServer pamps,
        string key,
        Func<Task>? then = null,
        Error? answer = null,
        bool breakRule = false,
        CancellationToken? cancellation = null
    ) =>
        pamps
            .Services.GetRequiredService<IWriteGate>()
            .RunAsync<Done>(
                async (write, ct) =>
                {
                    await pamps.ExecuteAsync(
                        write,
                        "INSERT INTO idempotency (user_id, key, fingerprint, created_at) VALUES (1, @key, '', @now)",
                        ct,
                        ("key", key),
                        ("now", DateTime.UtcNow)
                    );
                    await (then?.Invoke() ?? Task.CompletedTask);
                    ct.ThrowIfCancellationRequested();
                    if (breakRule)
                    {
                        await pamps.ExecuteAsync(write, "UPDATE idempotency SET fingerprint = NULL", ct);
                    }
                    return answer is null ? new Done() : answer;
                },
                cancellation ?? TestContext.Current.CancellationToken
            );

    private static async Task<IReadOnlyList<string>> ReadAsync(PampsServer pamps)
    {
        var database = pamps.Services.GetRequiredService<IDatabase>();
        await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM idempotency ORDER BY key";
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var keys = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            keys.Add(rows.GetString(0));
        }
        return keys;
    }
}
