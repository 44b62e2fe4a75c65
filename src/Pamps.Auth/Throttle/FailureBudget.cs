namespace Pamps.Auth;

/// <summary>How many failures something may have while they count.</summary>
/// <param name="Key">What they are counted under.</param>
/// <param name="Limit">So many close it.</param>
/// <param name="Pause">Then it opens for one more each time that this has passed; zero when it stays closed.</param>
internal sealed record FailureBudget(string Key, int Limit, TimeSpan Pause = default)
{
    /// <summary>How long until there may be another failure; zero when there may be one now.</summary>
    /// <param name="count">Those that count.</param>
    /// <param name="ahead">How many tries are under way, of which nobody knows yet.</param>
    /// <param name="window">How long a failure counts.</param>
    /// <param name="soon">How long to wait for those under way.</param>
    public TimeSpan Wait(FailureCount count, int ahead, TimeSpan window, TimeSpan soon)
    {
        var sinceFirst = count.Failures == 0 ? TimeSpan.Zero : window - count.Left;
        var limit = Limit + (Pause == TimeSpan.Zero ? 0 : (int)(sinceFirst / Pause));
        return count.Failures + ahead < limit ? TimeSpan.Zero
            // Tries under way alone close nothing for long, since they may all be right.
            : count.Failures < limit ? soon
            : Pause == TimeSpan.Zero ? count.Left
            : Earlier(((count.Failures - Limit + 1) * Pause) - sinceFirst, count.Left);
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
