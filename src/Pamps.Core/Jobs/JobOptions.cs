namespace Pamps.Core.Jobs;

/// <summary>The measures of jobs. They are no settings: nobody who runs a server needs to change them.</summary>
public sealed record JobOptions
{
    /// <summary>How often it is looked for jobs that are due.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a job belongs to an instance that is not heard of any more.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many jobs run at once in this process.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>After the first failure a job waits this long; four times as long after each more.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many times a job is tried.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>How often recurring jobs are looked after, and waiting and failed ones counted where somebody measures.</summary>
    public TimeSpan Tend { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a consumer looks for more events once it has come to the end of them.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long before the next try, after so many. Not all that failed together come back together.</summary>
    internal TimeSpan PauseAfter(int attempts, TimeSpan longest)
    {
        var pause = Pause * Math.Pow(4, Math.Clamp(attempts - 1, 0, 20));
        return (pause < longest ? pause : longest) * (1 + (Random.Shared.NextDouble() / 4));
    }
}
