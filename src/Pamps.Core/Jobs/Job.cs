namespace Pamps.Core.Jobs;

/// <summary>Work that is done after the commit of who asks for it: at least once, by one instance at a time.</summary>
/// <param name="Kind">What is to be done, at most 64 characters; an <see cref="IJobHandler"/> does it.</param>
/// <param name="Key">
/// At most 200 characters. Of a kind and key one job waits at a time: asking for it again changes nothing, unless it runs just
/// then; then it runs once more. Null where there may be many.
/// </param>
/// <param name="Payload">What the handler needs to know, as JSON. Nothing secret: it lies in the database until the job is done.</param>
/// <param name="RunAt">Not before this moment, UTC; null for as soon as possible.</param>
public sealed record Job(string Kind, string? Key = null, string? Payload = null, DateTime? RunAt = null);

/// <summary>A job as its handler gets it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its key.</param>
/// <param name="Payload">What the handler needs to know.</param>
/// <param name="Attempt">The how manieth time it is tried, from 1.</param>
public sealed record JobRun(long Id, string Kind, string? Key, string? Payload, int Attempt);

/// <summary>A job that this instance runs.</summary>
/// <param name="run">The job.</param>
/// <param name="runAt">When it was due: another moment when it has been asked for again since.</param>
/// <param name="until">When the lease runs out. It is also what tells this lease from any other.</param>
internal sealed class TakenJob(JobRun run, DateTime runAt, DateTime until)
{
    public JobRun Run => run;

    public DateTime RunAt => runAt;

    public DateTime Until { get; set; } = until;
}
