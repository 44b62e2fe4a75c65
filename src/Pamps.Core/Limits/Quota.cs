using Pamps.Core.Results;

namespace Pamps.Core.Limits;

/// <summary>
/// How much may be done in a time, in the words of the generic cell rate algorithm: each deed costs the time after which one
/// more is allowed, and what is spent never reaches further than the whole time ahead. So all of it can be done at once, and
/// then each a while after the other; one number keeps it. Times are microseconds since 1970.
/// </summary>
/// <param name="Name">Its name in the headers of a refusal.</param>
/// <param name="Most">How many at once; of 0 nothing is ever spent.</param>
/// <param name="Window">In which time they are all allowed again.</param>
internal sealed record Quota(string Name, int Most, TimeSpan Window)
{
    public long Length => Window.Ticks / TimeSpan.TicksPerMicrosecond;

    public long Cost => Most == 0 ? 0 : Length / Most;

    /// <summary>Until when it is spent after one more; null when that is one too many.</summary>
    public long? Spend(long spentUntil, long now) =>
        SpentUntil(spentUntil, now) is var next && next <= now + Length ? next : null;

    /// <summary>Until when it is spent after so many more.</summary>
    public long SpentUntil(long spentUntil, long now, int count = 1) =>
        Math.Max(spentUntil, now) + count * Cost;

    /// <summary>How many more there can be now; where nothing is ever spent, none is counted ahead.</summary>
    public long Left(long spentUntil, long now) =>
        Cost == 0 ? 1 : (now + Length - Math.Max(spentUntil, now)) / Cost;

    /// <summary>What is told of one that was too many.</summary>
    public Exceeded ToExceeded(long spentUntil, long now) =>
        new(Name, Most, Window, TimeSpan.FromMicroseconds(SpentUntil(spentUntil, now) - (now + Length)));

    public static long Microseconds(DateTime utc) =>
        (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
