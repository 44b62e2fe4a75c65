using Pamps.Core.Results;

namespace Pamps.Core.Limits;

/// <summary>
/// Counts the requests of each network, of this instance alone: a look into memory, so that whoever has had enough costs next to
/// nothing.
/// </summary>
public sealed class LimitRequests
{
    /// <summary>Some megabytes.</summary>
    private const int MostKept = 100_000;

    private readonly Lock sync = new();
    private readonly Dictionary<long, long> spent = [];
    private readonly Quota? quota;
    private readonly TimeProvider time;

    internal LimitRequests(PampsOptions options, TimeProvider time)
    {
        this.time = time;
        var most = options.Limits.AddressRequestsPer5Minutes;
        quota =
            options.Limits.Enabled && most > 0 ? new Quota("requests", most, TimeSpan.FromMinutes(5)) : null;
    }

    /// <summary>Counts one more; answers with the refusal when that is too many.</summary>
    /// <param name="network">Where it comes from.</param>
    public Error? Count(long network)
    {
        if (quota is null)
        {
            return null;
        }
        var now = Quota.Microseconds(time.Now());
        long spentUntil;
        lock (sync)
        {
            spentUntil = spent.GetValueOrDefault(network);
            if (quota.Spend(spentUntil, now) is { } next)
            {
                spent.MakeRoom(MostKept, until => until <= now);
                spent[network] = next;
                return null;
            }
        }
        return new(ErrorKind.TooMany, "too_many_requests", "Too many requests from here; try again soon")
        {
            Exceeded = quota.ToExceeded(spentUntil, now),
        };
    }
}
