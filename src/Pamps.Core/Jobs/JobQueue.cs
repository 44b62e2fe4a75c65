using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Jobs;

/// <summary>The table of jobs. Operations leave theirs with their commit (<see cref="EnqueueJob"/>).</summary>
public sealed class JobQueue : IDisposable
{
    private const string Due = """
        j.failed_at IS NULL AND j.run_at <= @now AND (j.locked_until IS NULL OR j.locked_until <= @now)
        """;

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly TimeProvider time;
    private readonly CommitSignal woken = new() { IsListening = true };

    internal JobQueue(Writer writer, Sql sql, TimeProvider time) =>
        (this.writer, this.sql, this.time) = (writer, sql, time);

    /// <summary>Asks for a job in a transaction of its own.</summary>
    public Task EnqueueAsync(Job job, CancellationToken cancellationToken) =>
        AddAsync(write => write.Enqueue(job), cancellationToken);

    /// <summary>The same, unless there is one of its kind and key, waiting or running.</summary>
    internal async Task EnqueueIfNoneAsync(Job job, CancellationToken ct)
    {
        // Most often there is one, and then nothing need be written.
        var isThere = await sql.FirstAsync(
            "SELECT 1 FROM job j WHERE j.kind = @kind AND j.key = @key AND j.failed_at IS NULL",
            _ => true,
            ct,
            ("kind", job.Kind),
            ("key", job.Key)
        );
        if (!isThere)
        {
            await AddAsync(write => write.EnqueueIfNone(job), ct);
        }
    }

    /// <summary>Whether there is a job to be taken.</summary>
    /// <param name="kinds">The kinds that this instance can do; at least one.</param>
    /// <param name="ct">Gives up.</param>
    internal Task<bool> IsAnyDueAsync(IReadOnlyList<string> kinds, CancellationToken ct) =>
        sql.FirstAsync(
            $"SELECT 1 FROM job j WHERE {Due} AND {IsOneOf(kinds)} ORDER BY j.run_at LIMIT 1",
            _ => true,
            ct,
            [("now", time.Now()), .. Parameters(kinds)]
        );

    /// <summary>Takes jobs that are due, the oldest first. Of several instances one gets each.</summary>
    /// <param name="kinds">The kinds that this instance can do; others are left alone.</param>
    /// <param name="take">At most so many.</param>
    /// <param name="lease">How long nobody else may take them.</param>
    /// <param name="ct">Gives up.</param>
    internal async Task<IReadOnlyList<TakenJob>> TakeAsync(
        IReadOnlyList<string> kinds,
        int take,
        TimeSpan lease,
        CancellationToken ct
    )
    {
        var due = $"""
            SELECT j.id FROM job j WHERE {Due} AND {IsOneOf(kinds)}
            ORDER BY j.run_at LIMIT @take{sql.Dialect.SkipLocked("j")}
            """;
        var taken = await writer.RunAsync<List<TakenJob>>(
            viewer: null,
            async write =>
                await write.ListAsync(
                    new Statement(
                        $"""
                        UPDATE job SET locked_until = @until, attempts = attempts + 1
                        WHERE {sql.Dialect.IsAmong("id", due)}
                        RETURNING id, kind, key, payload, attempts, run_at
                        """,
                        [
                            ("until", write.Now + lease),
                            ("now", write.Now),
                            ("take", take),
                            .. Parameters(kinds),
                        ]
                    ),
                    row => new TakenJob(
                        new(
                            row.GetInt64(0),
                            row.GetString(1),
                            row.GetStringOrNull(2),
                            row.GetStringOrNull(3),
                            row.GetInt32(4)
                        ),
                        row.GetUtc(5),
                        write.Now + lease
                    )
                ),
            ct
        );
        return taken.Value;
    }

    /// <summary>Prolongs a lease; answers whether it still was this instance's.</summary>
    internal async Task<bool> ProlongAsync(TakenJob job, TimeSpan lease, CancellationToken ct)
    {
        var until = time.Now() + lease;
        var isMine = await ChangeAsync(job, "locked_until = @until", ct, ("until", until));
        job.Until = isMine ? until : job.Until;
        return isMine;
    }

    /// <summary>The job is done. It goes, unless it was asked for again meanwhile.</summary>
    internal Task FinishAsync(TakenJob job, CancellationToken ct) =>
        writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                write.Then(
                    new Statement(
                        "DELETE FROM job WHERE id = @id AND locked_until = @mine AND run_at = @run_at",
                        ("id", job.Run.Id),
                        ("mine", job.Until),
                        ("run_at", job.RunAt)
                    ),
                    Change(job, "locked_until = NULL, attempts = 0, error = NULL")
                );
                return Task.FromResult<Result<Done>>(new Done());
            },
            ct
        );

    /// <summary>The job is done, and comes again.</summary>
    internal Task RepeatAsync(TakenJob job, DateTime at, CancellationToken ct) =>
        ChangeAsync(job, "locked_until = NULL, attempts = 0, error = NULL, run_at = @next", ct, ("next", at));

    /// <summary>The job could not be tried, which is no fault of its own.</summary>
    internal Task PutBackAsync(TakenJob job, DateTime at, CancellationToken ct) =>
        ChangeAsync(job, "locked_until = NULL, attempts = attempts - 1, run_at = @next", ct, ("next", at));

    /// <summary>The job failed.</summary>
    /// <param name="job">The job.</param>
    /// <param name="error">Why, in a line.</param>
    /// <param name="next">When it is tried again; null when it is given up.</param>
    /// <param name="ct">Gives up.</param>
    internal Task FailAsync(TakenJob job, string error, DateTime? next, CancellationToken ct) =>
        ChangeAsync(
            job,
            "locked_until = NULL, error = @error, run_at = COALESCE(@next, run_at), failed_at = @failed_at",
            ct,
            ("error", error),
            ("next", next),
            ("failed_at", next is null ? time.Now() : null)
        );

    /// <summary>Returns when something may be there to be done, and in any case after the given time.</summary>
    internal Task WaitAsync(TimeSpan atMost, CancellationToken ct) => woken.WaitAsync(atMost, ct);

    /// <summary>There may be something to be done.</summary>
    internal void Wake() => woken.Raise();

    /// <inheritdoc/>
    public void Dispose() => woken.Dispose();

    private async Task AddAsync(Action<Write> add, CancellationToken ct)
    {
        await writer.RunAsync<Done>(
            viewer: null,
            write =>
            {
                add(write);
                return Task.FromResult<Result<Done>>(new Done());
            },
            ct
        );
        Wake();
    }

    /// <summary>Changes a job, if it still is this instance's.</summary>
    private async Task<bool> ChangeAsync(
        TakenJob job,
        string change,
        CancellationToken ct,
        params (string, object?)[] values
    )
    {
        var changed = await writer.RunAsync<int>(
            viewer: null,
            async write => await write.ExecuteAsync(Change(job, change, values)),
            ct
        );
        return changed.Value > 0;
    }

    private static Statement Change(TakenJob job, string change, params (string, object?)[] values) =>
        new(
            $"UPDATE job SET {change} WHERE id = @id AND locked_until = @mine",
            [("id", job.Run.Id), ("mine", job.Until), .. values]
        );

    private static string IsOneOf(IReadOnlyList<string> kinds) =>
        $"j.kind IN ({string.Join(", ", kinds.Select((_, i) => $"@kind{i}"))})";

    private static IEnumerable<(string, object?)> Parameters(IReadOnlyList<string> kinds) =>
        kinds.Select((x, i) => ($"kind{i}", (object?)x));
}
