namespace Pamps.Core.Users;

/// <summary>The measures of erasing accounts. They are no settings: nobody who runs a server needs to change them.</summary>
public sealed record EraseOptions
{
    /// <summary>
    /// How long who leaves waits until all is erased: most accounts need less, and what is left is done by a job.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When the job begins: later than that, lest both do the same.</summary>
    public TimeSpan JobDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many rows are taken away in one transaction, each of which changes a few others.</summary>
    public int Batch { get; init; } = 500;

    /// <summary>Posts have words and tags, so there are fewer of them.</summary>
    internal int PostBatch => Math.Max(1, Batch / 10);
}
