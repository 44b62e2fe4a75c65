using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Jobs;

internal static class EnqueueJob
{
    /// <summary>
    /// Leaves a job with the commit. While one of its kind and key waits nothing changes; one that runs just now may be past
    /// what is asked of it, and so runs again.
    /// </summary>
    public static void Enqueue(this Write write, Job job) =>
        write.Then(
            Insert(
                write,
                job,
                """
                ON CONFLICT (kind, key) WHERE key IS NOT NULL AND failed_at IS NULL
                DO UPDATE SET run_at = excluded.run_at, payload = excluded.payload WHERE j.locked_until IS NOT NULL
                """
            )
        );

    /// <summary>Leaves a job with the commit, unless there is one of its kind and key, waiting or running.</summary>
    public static void EnqueueIfNone(this Write write, Job job) =>
        write.Then(Insert(write, job, "ON CONFLICT DO NOTHING"));

    private static Statement Insert(Write write, Job job, string onConflict) =>
        new(
            $"""
            INSERT INTO job AS j (id, kind, key, payload, run_at, attempts)
            VALUES (@id, @kind, @key, @payload, @run_at, 0)
            {onConflict}
            """,
            ("id", write.NewId()),
            ("kind", job.Kind),
            ("key", job.Key),
            ("payload", job.Payload),
            ("run_at", job.RunAt ?? write.Now)
        );
}
