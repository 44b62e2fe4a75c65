using System.Threading.Channels;

namespace Pamps.Core.Streaming;

/// <summary>Why a stream ended from this side.</summary>
public enum StreamEnd
{
    /// <summary>The token has expired, or its login has ended.</summary>
    SignedOut,

    /// <summary>The listener reads too slowly, or the server lost the thread; it goes on from its last event.</summary>
    Interrupted,

    /// <summary>The server stops.</summary>
    ServerStops,
}

/// <summary>One listener's place in the feed, and the events that wait for them.</summary>
public sealed class LiveSubscription : IDisposable
{
    private readonly Listeners listeners;
    private readonly CancellationTokenSource cut;
    private readonly Channel<LiveEvent> queue;
    private bool wasHurried;

    internal LiveSubscription(
        Listeners listeners,
        Viewer viewer,
        DateTime expiresAt,
        long? network,
        int queueLength,
        CancellationToken gone
    )
    {
        this.listeners = listeners;
        cut = CancellationTokenSource.CreateLinkedTokenSource(gone);
        (UserId, LoginId, Network, ExpiresAt) = (viewer.Id, viewer.LoginId, network, expiresAt);
        queue = Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(queueLength) { SingleReader = true }
        );
    }

    /// <summary>Where the stream begins: at the place asked for, or now.</summary>
    public EventPlace Begin { get; internal set; }

    /// <summary>Whether the place asked for is not known any more, or too much was missed since.</summary>
    public bool IsReset { get; internal set; }

    internal IReadOnlyList<LiveEvent> Missed { get; set; } = [];

    /// <summary>Why the stream was ended; null while it goes on.</summary>
    public StreamEnd? End { get; private set; }

    internal long UserId { get; }
    internal long LoginId { get; }
    internal long? Network { get; }
    internal DateTime ExpiresAt { get; }

    /// <summary>The listener knows all up to here already. Guarded by <see cref="Listeners"/>, like what follows.</summary>
    internal EventPlace After { get; set; }
    internal long LastTold { get; set; }
    internal long LoginCheckedAt { get; set; }

    /// <summary>Whether a login of the user's has ended since.</summary>
    internal bool IsDoubted { get; set; }

    /// <summary>Cancelled when the listener is gone, or reads so slowly that writing to them must not be waited for.</summary>
    public CancellationToken Cut => cut.Token;

    /// <summary>What was missed since the place asked for, once: it comes before all that is waited for.</summary>
    public IReadOnlyList<LiveEvent> TakeMissed()
    {
        var taken = Missed;
        Missed = [];
        return taken;
    }

    /// <summary>Waits for an event; false when the stream has ended.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        queue.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>The events that wait now.</summary>
    public IEnumerable<LiveEvent> Waiting()
    {
        while (queue.Reader.TryRead(out var next))
        {
            yield return next;
        }
    }

    /// <summary>To be called when the listener is gone.</summary>
    public void Dispose()
    {
        // Nobody ends it once it is removed, so nobody cancels what is disposed here.
        listeners.Remove(this);
        cut.Dispose();
    }

    /// <summary>Queues an event; a listener for whom too many wait already is cut off, and gets them when they are back.</summary>
    internal void Tell(LiveEvent what, long timestamp)
    {
        LastTold = timestamp;
        if (End is null && !queue.Writer.TryWrite(what))
        {
            Finish(StreamEnd.Interrupted);
            _ = cut.CancelAsync();
        }
    }

    /// <summary>Ends the stream behind what is queued.</summary>
    internal void Finish(StreamEnd end)
    {
        End ??= end;
        queue.Writer.TryComplete();
    }

    /// <summary>To be called now and then after the end: who does not even take that is cut off the second time.</summary>
    internal void HurryUp()
    {
        if (wasHurried)
        {
            _ = cut.CancelAsync();
        }
        wasHurried = true;
    }
}
