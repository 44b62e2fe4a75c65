using Pamps.Core.Reads;

namespace Pamps.Core.Jobs;

/// <summary>Sees to it that each recurring job has its row, and counts jobs where somebody measures.</summary>
internal sealed class TendJobs(
    JobQueue queue,
    Sql sql,
    JobOptions options,
    IEnumerable<IJobHandler> handlers,
    TimeProvider time
)
{
    /// <summary>More than this is said to be this many.</summary>
    private const int MostCounted = 100_000;

    private readonly List<IRecurringJob> recurring = [.. handlers.OfType<IRecurringJob>()];
    private long? last;

    /// <summary>Does so now and then; otherwise it costs nothing.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (last is { } before && time.GetElapsedTime(before) < options.Tend)
        {
            return;
        }
        foreach (var job in recurring)
        {
            await queue.EnqueueIfNoneAsync(new Job(job.Kind, Key: "", RunAt: time.Now() + job.Delay), ct);
        }
        if (Measures.CountsJobs)
        {
            Measures.CountedJobs(
                await CountAsync("j.failed_at IS NULL AND j.run_at <= @now", ct),
                await CountAsync("j.failed_at IS NOT NULL", ct)
            );
        }
        last = time.GetTimestamp();
    }

    private async Task<long> CountAsync(string which, CancellationToken ct) =>
        await sql.FirstAsync(
            $"SELECT count(*) FROM (SELECT 1 FROM job j WHERE {which} LIMIT @most) x",
            row => row.GetInt64(0),
            ct,
            ("now", time.Now()),
            ("most", MostCounted)
        );
}
