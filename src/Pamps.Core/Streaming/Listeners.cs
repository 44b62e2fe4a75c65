using Pamps.Core.Limits;
using Pamps.Core.Results;

namespace Pamps.Core.Streaming;

/// <summary>
/// Who listens, and how far the feed has read for them. Both change under one lock, so that each event either is
/// told to a listener, or comes before the place where the listener begins, and never both.
/// </summary>
internal sealed class Listeners(PampsOptions options, LiveFeedOptions feed, TimeProvider time)
{
    private static readonly LiveEvent.Heartbeat PlainHeartbeat = new(default(EventPlace));

    private readonly Lock sync = new();
    private readonly Dictionary<long, List<LiveSubscription>> ofUsers = [];
    private readonly AtOnce ofNetworks = new();
    private EventPlace read;
    private EventPlace told;
    private int count;
    private bool isServed;
    private bool isClosed;

    public EventPlace Read
    {
        get
        {
            lock (sync)
            {
                return read;
            }
        }
    }

    /// <summary>Adds a listener who begins where the feed is; false when no feed is running.</summary>
    public Result<bool> TryAdd(LiveSubscription subscription)
    {
        lock (sync)
        {
            return WhyNot(subscription) is { } error ? error
                : isServed ? Add(subscription)
                : false;
        }
    }

    /// <summary>Adds the first listener, and with it begins to serve from that place.</summary>
    public Result<bool> Begin(EventPlace place, LiveSubscription subscription)
    {
        lock (sync)
        {
            if (WhyNot(subscription) is { } error)
            {
                return error;
            }
            read = told = place;
            isServed = true;
            return Add(subscription);
        }
    }

    /// <summary>Ends serving when nobody is left.</summary>
    public bool EndIfNobodyListens()
    {
        lock (sync)
        {
            isServed = count > 0;
            return !isServed;
        }
    }

    /// <summary>
    /// The feed has read up to here: who comes from now on begins after it. Answers with the users who came before,
    /// and wait to be told.
    /// </summary>
    public IReadOnlyCollection<long> Pass(EventPlace place)
    {
        lock (sync)
        {
            read = place;
            return [.. ofUsers.Keys];
        }
    }

    public void Tell(LiveEvent what, IEnumerable<long> userIds)
    {
        lock (sync)
        {
            var now = time.GetTimestamp();
            foreach (var id in userIds)
            {
                if (!ofUsers.TryGetValue(id, out var own))
                {
                    continue;
                }
                foreach (var subscription in own.Where(x => what.Place.IsAfter(x.After)))
                {
                    subscription.Tell(what, now);
                }
            }
        }
    }

    /// <summary>All that was read has been told.</summary>
    public void AllTold()
    {
        lock (sync)
        {
            told = read;
        }
    }

    /// <summary>Ends whose token has expired, and tells who heard nothing for long that they are still served.</summary>
    public void Tend()
    {
        lock (sync)
        {
            var (now, timestamp) = (time.Now(), time.GetTimestamp());
            var heartbeat = new LiveEvent.Heartbeat(told);
            foreach (var subscription in All())
            {
                if (subscription.End is not null)
                {
                    subscription.HurryUp();
                }
                else if (subscription.ExpiresAt <= now)
                {
                    subscription.Finish(StreamEnd.SignedOut);
                }
                else if (time.GetElapsedTime(subscription.LastTold, timestamp) >= feed.Heartbeat)
                {
                    // A place in front of the listener's own would make them hear something again.
                    var isBehind = subscription.After.IsAfter(told);
                    subscription.Tell(isBehind ? PlainHeartbeat : heartbeat, timestamp);
                }
            }
        }
    }

    /// <summary>Lets the logins of these users be looked at next; answers whether there are any.</summary>
    public bool Doubt(IEnumerable<long> userIds)
    {
        lock (sync)
        {
            var own = userIds.SelectMany(x => ofUsers.TryGetValue(x, out var found) ? found : []).ToList();
            own.ForEach(x => x.IsDoubted = true);
            return own.Count > 0;
        }
    }

    /// <summary>
    /// The logins that are in doubt or have not been looked at for long; they count as looked at from now on.
    /// </summary>
    public IReadOnlyCollection<long> TakeLoginsToCheck(int most)
    {
        lock (sync)
        {
            var now = time.GetTimestamp();
            var logins = new HashSet<long>();
            foreach (var subscription in All())
            {
                if (
                    logins.Count < most
                    && (
                        subscription.IsDoubted
                        || time.GetElapsedTime(subscription.LoginCheckedAt, now) >= feed.LoginCheck
                    )
                )
                {
                    (subscription.LoginCheckedAt, subscription.IsDoubted) = (now, false);
                    logins.Add(subscription.LoginId);
                }
            }
            return logins;
        }
    }

    public void EndLogins(IReadOnlySet<long> loginIds)
    {
        lock (sync)
        {
            foreach (var subscription in All().Where(x => loginIds.Contains(x.LoginId)))
            {
                subscription.Finish(StreamEnd.SignedOut);
            }
        }
    }

    public void EndAll(StreamEnd end)
    {
        lock (sync)
        {
            isClosed |= end == StreamEnd.ServerStops;
            foreach (var subscription in All())
            {
                subscription.Finish(end);
            }
        }
    }

    public void Remove(LiveSubscription subscription)
    {
        lock (sync)
        {
            if (ofUsers.TryGetValue(subscription.UserId, out var own) && own.Remove(subscription))
            {
                count--;
                ofNetworks.Leave(subscription.Network);
                Measures.StreamClosed();
                if (own.Count == 0)
                {
                    ofUsers.Remove(subscription.UserId);
                }
            }
        }
    }

    private IEnumerable<LiveSubscription> All() => ofUsers.Values.SelectMany(x => x);

    private bool Add(LiveSubscription subscription)
    {
        subscription.Begin = read;
        subscription.After = subscription.After.IsAfter(read) ? subscription.After : read;
        subscription.LastTold = subscription.LoginCheckedAt = time.GetTimestamp();
        if (!ofUsers.TryGetValue(subscription.UserId, out var own))
        {
            ofUsers[subscription.UserId] = own = new List<LiveSubscription>(1);
        }
        own.Add(subscription);
        count++;
        ofNetworks.TryEnter(subscription.Network, int.MaxValue);
        Measures.StreamOpened();
        return true;
    }

    private Error? WhyNot(LiveSubscription subscription) =>
        isClosed ? new Error(ErrorKind.Unavailable, "stopping", "The server is stopping")
        : count >= options.Http.MaxStreams
            ? new Error(ErrorKind.Unavailable, "streams_full", "Too many are listening now; try again soon")
        : ofUsers.TryGetValue(subscription.UserId, out var own) && own.Count >= feed.MaxOfUser
            ? new Error(ErrorKind.TooMany, "too_many_streams", "You have too many streams open at once")
        : options.Limits is { Enabled: true, AddressStreams: > 0 and var most }
        && ofNetworks.Count(subscription.Network) >= most
            ? new Error(ErrorKind.TooMany, "too_many_streams_here", "Too many are listening from here now")
        : null;
}
