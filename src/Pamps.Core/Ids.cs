using System.Security.Cryptography;

namespace Pamps.Core;

/// <summary>
/// Makes ids: positive, at most 53 bits (so that JavaScript reads them exactly), growing with time.
/// </summary>
/// <remarks>
/// The upper 41 bits are milliseconds since 2024, which lasts until 2093; the lower 12 begin at a random place in
/// each millisecond. Within a process ids never repeat and never go back, not even when the clock does. Two
/// instances of the server can draw the same id in the same millisecond: the primary key refuses the second, and the
/// write is tried again with a new one, so no registry of instances is needed.
/// </remarks>
public sealed class Ids(TimeProvider time)
{
    private const int TailBits = 12;

    /// <summary>No id is of a time before.</summary>
    internal static readonly DateTime Epoch = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private long last;

    /// <summary>The largest id that a client can send: 2^53 - 1.</summary>
    public const long Max = (1L << 53) - 1;

    /// <summary>How many ids a millisecond has.</summary>
    internal const int PerMillisecond = 1 << TailBits;

    /// <summary>The id numbered <paramref name="tail"/> of the moment's millisecond, for rows dated in the past.</summary>
    internal static long At(DateTime moment, int tail) =>
        ((moment.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMillisecond << TailBits) | (long)tail;

    /// <summary>When an id was drawn.</summary>
    internal static DateTime DateOf(long id) =>
        Epoch.AddTicks((id >> TailBits) * TimeSpan.TicksPerMillisecond);

    /// <summary>The first and the last id of the millisecond that an id belongs to.</summary>
    internal static (long First, long Last) MillisecondOf(long id) =>
        (id & -PerMillisecond, id | (PerMillisecond - 1));

    /// <summary>A new id, larger than every id this object gave before. Safe to call from many threads.</summary>
    public long Next()
    {
        var now = (long)(time.GetUtcNow().UtcDateTime - Epoch).TotalMilliseconds << TailBits;
        while (true)
        {
            var previous = Volatile.Read(ref last);
            var next = previous >= now ? previous + 1 : now + RandomNumberGenerator.GetInt32(1 << TailBits);
            if (Interlocked.CompareExchange(ref last, next, previous) == previous)
            {
                return next;
            }
        }
    }
}
