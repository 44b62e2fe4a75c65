namespace Pamps.Core.Jobs;

/// <summary>Does the jobs of a kind. Registered with <see cref="JobServices.AddJob"/>.</summary>
/// <remarks>
/// A job can run more than once, as when the server ends in the middle of it: doing it again must do no harm. What it throws is
/// kept and shown, so no message may hold a secret.
/// </remarks>
public interface IJobHandler
{
    /// <summary>The kind.</summary>
    string Kind { get; }

    /// <summary>How long after a failure it is tried again, at most.</summary>
    TimeSpan LongestPause => TimeSpan.FromDays(1);

    /// <summary>Whether a job that fails again and again is left for a person to look at.</summary>
    bool GivesUp => true;

    /// <summary>Does a job.</summary>
    /// <param name="run">The job.</param>
    /// <param name="ct">The server stops, or another instance has the job by now.</param>
    Task RunAsync(JobRun run, CancellationToken ct);
}

/// <summary>Does a job that comes again and again: there is one row of it, however many instances there are.</summary>
public interface IRecurringJob : IJobHandler
{
    /// <summary>How long after the very first start of a server it runs.</summary>
    TimeSpan Delay { get; }

    /// <summary>How long after one run the next one comes.</summary>
    TimeSpan Period { get; }

    TimeSpan IJobHandler.LongestPause => Period;

    bool IJobHandler.GivesUp => false;
}
