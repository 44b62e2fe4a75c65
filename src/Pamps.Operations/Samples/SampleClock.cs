using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>
/// When things happen in a sample: between fixed days, so that its rows do not depend on the day it is made.
/// Moments are microseconds since <see cref="Start"/>.
/// </summary>
internal static class SampleClock
{
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private const long Day = 24L * 60 * 60 * 1_000_000;

    /// <summary>Everybody has joined by 2026-04-01, before anything is posted.</summary>
    private const long LastJoined = 90 * Day;

    /// <summary>The last post is a day older than the end, so that it too can be liked.</summary>
    private const long LastPosted = End - Day;

    /// <summary>2026-11-01.</summary>
    public const long End = 304 * Day;

    /// <summary>The moment user number <paramref name="user"/> joined; grows with the number.</summary>
    public static long Joined(int user, SampleSize size) =>
        Spread(user, size.Users, 0, LastJoined, new SampleRandom(size.Seed, Chance.Joined, user).Unit());

    /// <summary>The moment post number <paramref name="post"/> was written; grows with the number.</summary>
    public static long Posted(int post, SampleSize size) =>
        Spread(
            post,
            size.Posts,
            LastJoined,
            LastPosted,
            new SampleRandom(size.Seed, Chance.Posted, post).Unit()
        );

    public static DateTime Date(long moment) => Start.AddTicks(moment * TimeSpan.TicksPerMicrosecond);

    /// <summary>The id of the only row of its table at that moment. Ids so made grow as the moments do.</summary>
    public static long Id(long moment) =>
        Ids.At(Date(moment), (int)(moment % 1000 * Ids.PerMillisecond / 1000));

    /// <summary>
    /// A moment at or soon after <paramref name="moment"/>, and an id which no other row of the table gets: row
    /// numbers that share a last part of an id lie in different milliseconds of a short cycle. So ids are unique
    /// without remembering any, while rows may come in any order of time.
    /// </summary>
    public static (long Id, DateTime Date) Unique(long moment, long row, long rows)
    {
        var cycle = (rows + Ids.PerMillisecond - 1) / Ids.PerMillisecond;
        var tail = row / cycle;
        var earliest = (moment + 999) / 1000;
        var millisecond = earliest + (row % cycle - earliest % cycle + cycle) % cycle;
        var date = Date(millisecond * 1000 + tail * 1000 / Ids.PerMillisecond);
        return (Ids.At(date, (int)tail), date);
    }

    /// <summary>
    /// Each row has a slot of time to itself, so that moments strictly grow. Slots shorten over the months, as the
    /// community grows, and are shortest in Brazil's afternoon and longest at its night.
    /// </summary>
    private static long Spread(int row, int rows, long from, long to, double jitter)
    {
        var days = Math.Pow((row + 0.999 * jitter) / rows, 0.8) * ((to - from) / (double)Day);
        var turn = 2 * Math.PI * (days - 0.16);
        return from + (long)((days + 0.55 * (Math.Sin(turn) + 1) / (2 * Math.PI)) * Day);
    }
}
