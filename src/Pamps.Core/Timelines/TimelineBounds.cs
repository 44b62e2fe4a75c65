namespace Pamps.Core.Timelines;

/// <summary>How the timeline looks for a page; see <see cref="ReadTimeline"/>.</summary>
public sealed class TimelineBounds
{
    /// <summary>Who follows this many has the posts next to the cursor looked through first.</summary>
    public int Many { get; init; } = 250;

    /// <summary>
    /// How many posts next to the cursor are looked through. In vain, that costs less than what follows; it is
    /// enough when the followed write a two-hundredth of everything.
    /// </summary>
    public int Window { get; init; } = 4_000;
}
