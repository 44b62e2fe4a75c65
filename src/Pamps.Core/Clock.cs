namespace Pamps.Core;

internal static class Clock
{
    /// <summary>Now in UTC, cut to microseconds: what PostgreSQL keeps, so that both databases give it back alike.</summary>
    public static DateTime Now(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
