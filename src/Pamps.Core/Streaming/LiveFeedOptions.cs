namespace Pamps.Core.Streaming;

/// <summary>The feed's own measures. They are no settings: nobody who runs a server needs to change them.</summary>
public sealed record LiveFeedOptions
{
    /// <summary>How often the table is asked for what other processes wrote, while they are not heard.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is asked while they are heard: a notice may have been lost.</summary>
    public TimeSpan SlowPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How soon it is asked again for events that may not be passed yet, since an earlier transaction still runs. Twice
    /// as long each time, up to <see cref="Poll"/>.
    /// </summary>
    public TimeSpan Unsettled { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>After a read that found events, the next one waits this long: a storm of writes is read in batches.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>A listener who was told nothing for this long gets a heartbeat.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often listeners are looked at: whose token has expired, who needs a heartbeat.</summary>
    public TimeSpan Tend { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a listener is served at most after their login has ended. The event that says so ends the stream at once; a login
    /// that runs out has none, and one may be lost.
    /// </summary>
    public TimeSpan LoginCheck { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events wait for a slow reader before the stream is ended.</summary>
    public int QueueLength { get; init; } = 256;

    /// <summary>How many streams a user may have at once.</summary>
    public int MaxOfUser { get; init; } = 20;

    /// <summary>How many missed events are told; a listener who missed more begins anew.</summary>
    public int MaxMissed { get; init; } = 500;

    /// <summary>How many events, of whomever, are looked through for what a listener missed.</summary>
    public int MaxSearched { get; init; } = 10_000;

    /// <summary>How many listeners' missed events are looked up at once, when all come back after a restart.</summary>
    public int MaxCatchingUp { get; init; } = 4;
}
