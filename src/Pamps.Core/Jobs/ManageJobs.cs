using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Jobs;

/// <summary>A job as an operator sees it. What its handler needs to know is not shown.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Key">Of a kind and key one job waits at a time.</param>
/// <param name="RunAt">When it is due, UTC.</param>
/// <param name="Attempts">How many times it was begun since it last went well.</param>
/// <param name="LockedUntil">Until when it belongs to the instance that runs it, unless that prolongs it; null when none does.</param>
/// <param name="Error">What went wrong the last time.</param>
/// <param name="FailedAt">When it was given up.</param>
public sealed record JobView(
    long Id,
    string Kind,
    string? Key,
    DateTime RunAt,
    int Attempts,
    DateTime? LockedUntil,
    string? Error,
    DateTime? FailedAt
)
{
    /// <summary>Whether it runs at a moment.</summary>
    public bool IsRunningAt(DateTime now) => LockedUntil > now;
}

/// <summary>What an operator does with jobs.</summary>
public sealed class ManageJobs
{
    /// <summary>A page of the list.</summary>
    private const int Page = 500;

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly TimeProvider time;

    internal ManageJobs(Writer writer, Sql sql, TimeProvider time) =>
        (this.writer, this.sql, this.time) = (writer, sql, time);

    /// <summary>Jobs in the order in which they were asked for.</summary>
    /// <param name="failed">Only those that were given up.</param>
    /// <param name="after">The last id that is known; 0 to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>At most 500; none when there are no more.</returns>
    public async Task<IReadOnlyList<JobView>> ListAsync(
        bool failed,
        long after,
        CancellationToken cancellationToken
    ) =>
        await sql.ListAsync(
            $"""
            SELECT j.id, j.kind, j.key, j.run_at, j.attempts, j.locked_until, j.error, j.failed_at FROM job j
            WHERE j.id > @after{(failed ? " AND j.failed_at IS NOT NULL" : "")} ORDER BY j.id LIMIT {Page}
            """,
            row => new JobView(
                row.GetInt64(0),
                row.GetString(1),
                row.GetStringOrNull(2),
                row.GetUtc(3),
                row.GetInt32(4),
                row.GetUtcOrNull(5),
                row.GetStringOrNull(6),
                row.GetUtcOrNull(7)
            ),
            cancellationToken,
            ("after", after)
        );

    /// <summary>
    /// Has a job tried anew, now: one that was given up, or that waits. Refused when there is none, or it runs, or another of its
    /// kind and key waits already.
    /// </summary>
    public Task<Result<Done>> RetryAsync(long id, CancellationToken cancellationToken) =>
        ChangeAsync(id, $"UPDATE job SET {Anew}", mayHaveTwin: false, cancellationToken);

    /// <summary>
    /// Has all jobs tried anew that were given up, but for those of whose kind and key another one waits, or was given up later.
    /// </summary>
    /// <returns>How many.</returns>
    public Task<Result<int>> RetryAllAsync(CancellationToken cancellationToken) =>
        writer.RunAsync<int>(
            viewer: null,
            async write =>
                await write.ExecuteAsync(
                    new Statement(
                        $"""
                        UPDATE job SET {Anew}
                        WHERE failed_at IS NOT NULL AND NOT EXISTS (
                            SELECT 1 FROM job o WHERE o.kind = job.kind AND o.key = job.key
                            AND (o.failed_at IS NULL OR o.id > job.id)
                        )
                        """,
                        ("now", write.Now)
                    )
                ),
            cancellationToken
        );

    /// <summary>Forgets a job. Refused when there is none, or it runs.</summary>
    public Task<Result<Done>> DropAsync(long id, CancellationToken cancellationToken) =>
        ChangeAsync(id, "DELETE FROM job", mayHaveTwin: true, cancellationToken);

    /// <summary>Forgets all jobs that were given up.</summary>
    /// <returns>How many.</returns>
    public Task<Result<int>> DropAllAsync(CancellationToken cancellationToken) =>
        writer.RunAsync<int>(
            viewer: null,
            async write =>
                await write.ExecuteAsync(new Statement("DELETE FROM job WHERE failed_at IS NOT NULL")),
            cancellationToken
        );

    private const string Anew = "failed_at = NULL, attempts = 0, run_at = @now";

    private const string IsIdle = "(locked_until IS NULL OR locked_until <= @now)";

    /// <summary>Changes a job that does not run.</summary>
    /// <param name="id">The job.</param>
    /// <param name="change">The statement, up to its condition.</param>
    /// <param name="mayHaveTwin">Whether another job of its kind and key may wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private Task<Result<Done>> ChangeAsync(
        long id,
        string change,
        bool mayHaveTwin,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                var job = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT j.locked_until, EXISTS (
                            SELECT 1 FROM job o WHERE j.failed_at IS NOT NULL
                            AND o.kind = j.kind AND o.key = j.key AND o.failed_at IS NULL
                        ) FROM job j WHERE j.id = @id{write.Dialect.ForUpdate("j")}
                        """,
                        ("id", id)
                    ),
                    row => new { LockedUntil = row.GetUtcOrNull(0), HasTwin = row.GetBoolean(1) }
                );
                if (job is null)
                {
                    return new Error(ErrorKind.NotFound, "job_not_found", $"There is no job {id}.");
                }
                if (job.HasTwin && !mayHaveTwin)
                {
                    return new Error(
                        ErrorKind.Conflict,
                        "job_waits",
                        $"Another job of the kind and key of {id} waits already. `pamps jobs drop {id}` forgets this one."
                    );
                }
                var changed = await write.ExecuteAsync(
                    new Statement($"{change} WHERE id = @id AND {IsIdle}", ("id", id), ("now", write.Now))
                );
                return changed > 0
                    ? new Done()
                    : new Error(ErrorKind.Conflict, "job_runs", $"The job {id} is running.");
            },
            cancellationToken
        );
}
