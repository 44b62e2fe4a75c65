using Pamps.Core;

namespace Pamps.Operations.Samples;

/// <summary>
/// When things happen in a sample. Moments are microseconds since it began, which is always as long before its end.
/// </summary>
internal static class SampleClock
{
    private const long Hour = 60L * 60 * 1_000_000;
    private const long Day = 24 * Hour;

    /// <summary>Everybody has joined by then, before anything is posted.</summary>
    private const long LastJoined = 90 * Day;

    /// <summary>The last post is an hour older than the end, so that it too can be liked.</summary>
    private const long LastPosted = End - Hour;

    /// <summary>The last moment.</summary>
    public const long End = 304 * Day;

    /// <summary>What happened before is told no more: of a large sample the notifications would be as many as all likes.</summary>
    public const long FirstTold = End - (30 * Day);

    /// <summary>What happened before was read.</summary>
    public const long LastRead = End - (2 * Day);

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

    public static DateTime Date(long moment, SampleSize size) => size.Until.AddMicroseconds(moment - End);

    /// <summary>The id of the only row of its table at that moment. Ids so made grow as the moments do.</summary>
    public static long Id(long moment, SampleSize size) =>
        Ids.At(Date(moment, size), (int)(moment % 1000 * Ids.PerMillisecond / 1000));

    /// <summary>
    /// A moment at or soon after <paramref name="moment"/>, and an id which no other row of the table gets: row
    /// numbers that share a last part of an id lie in different milliseconds of a short cycle. So ids are unique
    /// without remembering any, while rows may come in any order of time.
    /// </summary>
    public static (long Id, DateTime Date) Unique(long moment, long row, long rows, SampleSize size)
    {
        var cycle = (rows + Ids.PerMillisecond - 1) / Ids.PerMillisecond;
        var tail = row / cycle;
        var earliest = (moment + 999) / 1000;
        var millisecond = earliest + (row % cycle - earliest % cycle + cycle) % cycle;
        var date = Date(millisecond * 1000 + tail * 1000 / Ids.PerMillisecond, size);
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
