namespace Pamps.Http;

/// <summary>
/// For what a log is to tell at once, and then once in a while however often it happens: a flood must not become one of lines.
/// </summary>
internal sealed class OnceInAWhile(TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private long? told;
    private long untold;

    /// <summary>It has happened again.</summary>
    /// <param name="times">How often.</param>
    /// <returns>How often since the log last told, these among them; 0 when it is not to tell now.</returns>
    public long Count(long times = 1)
    {
        lock (gate)
        {
            untold += times;
            if (told is { } last && time.GetElapsedTime(last) < Period)
            {
                return 0;
            }
            (times, untold, told) = (untold, 0, time.GetTimestamp());
            return times;
        }
    }
}
