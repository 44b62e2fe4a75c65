using Npgsql;
using NpgsqlTypes;
using Pamps.Core.Databases;

namespace Pamps.Data.Postgres;

/// <summary>
/// How far the primary has come, asked once for all who want to know at that moment and at most every few ms, however many
/// they are.
/// </summary>
internal sealed class PrimaryPosition(
    PostgresServers servers,
    NpgsqlDataSource primary,
    PostgresBreaker breaker,
    TimeProvider time
)
{
    /// <summary>
    /// What was flushed holds every commit that was answered. What was merely inserted reaches no replica before it is
    /// flushed, a fifth of a second later; but where commits are answered before, it is what counts.
    /// </summary>
    private const string Question = """
        SELECT CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn()
        ELSE pg_current_wal_flush_lsn() END
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly Lock sync = new();
    private TaskCompletionSource<NpgsqlLogSequenceNumber>? waiting;
    private bool isAsking;

    /// <summary>The position, asked for after this call: no commit that was answered before it lies behind.</summary>
    public Task<NpgsqlLogSequenceNumber> AskAsync()
    {
        lock (sync)
        {
            waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!isAsking)
            {
                isAsking = true;
                _ = Task.Run(AnswerAsync);
            }
            return waiting.Task;
        }
    }

    private async Task AnswerAsync()
    {
        while (Take() is { } asking)
        {
            var began = time.GetTimestamp();
            try
            {
                asking.SetResult(await breaker.RunAsync(this, static (x, _) => x.ReadAsync()));
            }
            catch (Exception exception)
            {
                asking.SetException(exception);
                // Those who asked have their answer, or gave up.
                _ = asking.Task.Exception;
            }
            var left = Pause - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time);
            }
        }
    }

    private TaskCompletionSource<NpgsqlLogSequenceNumber>? Take()
    {
        lock (sync)
        {
            var taken = waiting;
            waiting = null;
            isAsking = taken is not null;
            return taken;
        }
    }

    private async Task<NpgsqlLogSequenceNumber> ReadAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await primary.OpenConnectionAsync();
                return await breaker.Statements.ReadAsync(
                    connection,
                    [new Statement(Question)],
                    ahead: 0,
                    static (rows, ct) =>
                        rows.FirstAsync(x => x.GetFieldValue<NpgsqlLogSequenceNumber>(0), ct),
                    CancellationToken.None
                );
            }
            catch (NpgsqlException exception) when (attempt == 1 && PostgresFaults.IsBroken(exception))
            {
                // Broken since it was last used, maybe; a new one tells whether the primary is there.
                servers.Reconnect();
            }
        }
    }
}
