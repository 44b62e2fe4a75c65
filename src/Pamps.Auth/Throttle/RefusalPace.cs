namespace Pamps.Auth;

/// <summary>
/// Holds back refusals that come in a flood. A refusal costs next to nothing, so whoever asks again at each would be
/// refused thousands of times a second, and take the processors from everybody else.
/// </summary>
internal sealed class RefusalPace(TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Nobody who types passwords sees more of them.</summary>
    private const int AtOnceInASecond = 20;

    /// <summary>Each holds a connection and its request, a few kB; more are let go at once.</summary>
    private const int MostHeld = 1000;

    private readonly Lock gate = new();
    private long began;
    private int told;
    private int held;

    /// <summary>Returns at once for the first few refusals of a second, and a second later for others.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!Hold())
        {
            return;
        }
        try
        {
            await Task.Delay(Second, time, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }

    private bool Hold()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (time.GetElapsedTime(began, now) >= Second)
            {
                (began, told) = (now, 0);
            }
            if (told < AtOnceInASecond || held >= MostHeld)
            {
                told++;
                return false;
            }
            Interlocked.Increment(ref held);
            return true;
        }
    }
}
