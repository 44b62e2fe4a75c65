using Microsoft.Extensions.Logging;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Streaming;

/// <summary>
/// Tells listeners what happens, as it happens. While anybody listens, one loop for the whole process reads the
/// table of events: right after a write of this process or of an instance that is heard, and now and then in any case. The
/// instances of a server so feed each other through the table. <c>docs/live.md</c> says what is promised and why it holds.
/// </summary>
public sealed partial class LiveFeed : IAsyncDisposable
{
    private const int Batch = 500;

    private readonly Listeners listeners;
    private readonly EventReader reader;
    private readonly Audience audience;
    private readonly EventLoader loader;
    private readonly FilterEvents filters;
    private readonly LoginCheck logins;
    private readonly CommitSignal commits;
    private readonly LiveFeedOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<LiveFeed> logger;
    private readonly SemaphoreSlim starting = new(1);
    private readonly SemaphoreSlim catchingUp;
    private readonly CancellationTokenSource stopping = new();
    private Task serving = Task.CompletedTask;

    internal LiveFeed(
        Listeners listeners,
        EventReader reader,
        Audience audience,
        EventLoader loader,
        FilterEvents filters,
        LoginCheck logins,
        CommitSignal commits,
        LiveFeedOptions options,
        TimeProvider time,
        ILogger<LiveFeed> logger
    )
    {
        (this.listeners, this.reader, this.audience, this.loader) = (listeners, reader, audience, loader);
        (this.filters, this.logins) = (filters, logins);
        (this.commits, this.options) = (commits, options);
        (this.time, this.logger) = (time, logger);
        catchingUp = new SemaphoreSlim(options.MaxCatchingUp);
    }

    /// <summary>
    /// Listens to the viewer's own posts, the posts of whom they follow, and what concerns them. Refused when the
    /// viewer has too many streams, or their network, or the server has, or it is stopping.
    /// </summary>
    /// <param name="viewer">Who listens.</param>
    /// <param name="expiresAt">When their token expires, UTC; the stream ends then, or when its login does.</param>
    /// <param name="after">The last place they know, to go on from there; null to begin now.</param>
    /// <param name="network">A number for where they are; null where that is not limited.</param>
    /// <param name="gone">Cancelled when the listener is gone.</param>
    /// <returns>The subscription, for the caller to dispose when the listener is gone.</returns>
    public async Task<Result<LiveSubscription>> SubscribeAsync(
        Viewer viewer,
        DateTime expiresAt,
        EventPlace? after,
        long? network,
        CancellationToken gone
    )
    {
        // Asked before the listener is added, who then is told nothing that they know from another instance of the server.
        var isKnown = after is { } place && await reader.IsKeptAsync(place, gone);
        var subscription = new LiveSubscription(
            listeners,
            viewer,
            expiresAt,
            network,
            options.QueueLength,
            gone
        )
        {
            After = isKnown ? after!.Value : default,
            IsReset = after is not null && !isKnown,
        };
        try
        {
            if ((await AddAsync(subscription, gone)).IsRefused(out var error))
            {
                subscription.Dispose();
                return error;
            }
            if (isKnown)
            {
                await CatchUpAsync(subscription, after!.Value, gone);
            }
            return subscription;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    /// <summary>Ends all streams, and takes no new ones: the server stops.</summary>
    public void Close() => listeners.EndAll(StreamEnd.ServerStops);

    /// <summary>Stops reading.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await stopping.CancelAsync();
        await serving;
        stopping.Dispose();
        starting.Dispose();
        catchingUp.Dispose();
    }

    private async Task<Result<bool>> AddAsync(LiveSubscription subscription, CancellationToken ct)
    {
        var added = listeners.TryAdd(subscription);
        if (added.IsRefused(out _) || added.Value)
        {
            return added;
        }
        await starting.WaitAsync(ct);
        try
        {
            added = listeners.TryAdd(subscription);
            if (added.IsRefused(out _) || added.Value)
            {
                return added;
            }
            var begun = listeners.Begin(await reader.NewestAsync(ct), subscription);
            if (!begun.IsRefused(out _))
            {
                // One after the other: the last run may be on its way out.
                var last = serving;
                serving = Task.Run(() => ServeAsync(last), CancellationToken.None);
            }
            return begun;
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>Finds what was missed between the place that the listener knows and the one where they were added.</summary>
    private async Task CatchUpAsync(LiveSubscription subscription, EventPlace after, CancellationToken ct)
    {
        var added = subscription.Begin;
        if (!added.IsAfter(after))
        {
            subscription.Begin = after;
            return;
        }
        await catchingUp.WaitAsync(ct);
        try
        {
            if (await reader.IsFartherAsync(after, added, options.MaxSearched, ct))
            {
                subscription.IsReset = true;
                return;
            }
            var take = options.MaxMissed + 1;
            var missed = await reader.BetweenAsync(after, added, subscription.UserId, take, ct);
            // The oldest events are swept first: as long as the place is kept, all that follows it is.
            if (missed.Count == take || !await reader.IsKeptAsync(after, ct))
            {
                subscription.IsReset = true;
                return;
            }
            var events = (await loader.LoadAsync(missed, ct)).Select(x => x.Event);
            if (
                (await filters.FindAsync([subscription.UserId], ct)).TryGetValue(
                    subscription.UserId,
                    out var own
                )
            )
            {
                events = events.Select(x => filters.Ready(x)(own, subscription.UserId)).OfType<LiveEvent>();
            }
            subscription.Missed = [.. events];
            subscription.Begin = after;
        }
        finally
        {
            catchingUp.Release();
        }
    }

    private async Task ServeAsync(Task last)
    {
        await last;
        using var served = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        commits.IsListening = true;
        try
        {
            var tending = TendAsync(served.Token);
            await ReadAsync(served.Token);
            await served.CancelAsync();
            await tending;
        }
        catch (Exception exception)
            when (served.IsCancellationRequested
                && exception is OperationCanceledException or ObjectDisposedException
            )
        {
            // The server stops, and may have put away the database before.
        }
        finally
        {
            commits.IsListening = false;
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var hasFailed = false;
        var unsettled = options.Unsettled;
        while (!listeners.EndIfNobodyListens())
        {
            var wait = commits.HearsOthers ? options.SlowPoll : options.Poll;
            try
            {
                var found = await TellNextAsync(ct);
                hasFailed = false;
                if (found > 0)
                {
                    unsettled = options.Unsettled;
                    await Task.Delay(found < Batch ? options.Pause : TimeSpan.Zero, time, ct);
                    continue;
                }
                if (await reader.IsAnyAfterAsync(listeners.Read, ct))
                {
                    // The transaction in the way need not be one of Pamps, and then nobody says when it ends.
                    wait = unsettled < options.Poll ? unsettled : options.Poll;
                    unsettled = 2 * wait;
                }
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                if (!hasFailed)
                {
                    LogFailed(exception.Message);
                }
                hasFailed = true;
                wait = options.Poll;
            }
            await commits.WaitAsync(wait, ct);
        }
    }

    /// <summary>Reads a batch of events and tells who is to be told; answers how many events there were.</summary>
    private async Task<int> TellNextAsync(CancellationToken ct)
    {
        var rows = await reader.AfterAsync(listeners.Read, Batch, ct);
        if (rows.Count == 0)
        {
            return 0;
        }
        // First of all: who comes while the audience is looked up finds these events in the table.
        var listening = listeners.Pass(rows[^1].Place).ToHashSet();
        try
        {
            var followers = await audience.FindAsync(rows, listening, ct);
            var deaf = await audience.FindDeafAsync(rows, listening, ct);
            var heard = rows.Where(x => listening.Overlaps(Audience.Of(x, followers, deaf))).ToList();
            var filtering = heard.Count == 0 ? [] : await filters.FindAsync(listening, ct);
            foreach (var (row, what) in await loader.LoadAsync(heard, ct))
            {
                var told = Audience.Of(row, followers, deaf);
                var ready = filters.Ready(what);
                foreach (var (userId, own) in filtering)
                {
                    // To whom it is not to be told as it is, it is told as they want it, or not at all.
                    if (
                        told.Contains(userId)
                        && ready(own, userId) is var theirs
                        && !ReferenceEquals(theirs, what)
                    )
                    {
                        told.Remove(userId);
                        if (theirs is not null)
                        {
                            listeners.Tell(theirs, [userId]);
                        }
                    }
                }
                listeners.Tell(what, told);
            }
        }
        catch
        {
            // These events are passed. Who was to be told comes back and finds them in the table.
            listeners.EndAll(StreamEnd.Interrupted);
            throw;
        }
        finally
        {
            listeners.AllTold();
        }
        if (listeners.Doubt(rows.Select(WhoseLoginsMayHaveEnded).OfType<long>()))
        {
            await CheckLoginsAsync(ct);
        }
        return rows.Count;
    }

    private static long? WhoseLoginsMayHaveEnded(EventRow row) =>
        row.Kind switch
        {
            EventKind.LoginEnded => row.UserId,
            EventKind.AccountSuspended or EventKind.AccountDeleted => row.SubjectId,
            _ => null,
        };

    private async Task TendAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.Tend, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                listeners.Tend();
                await CheckLoginsAsync(ct);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody is left to be tended.
        }
    }

    private async Task CheckLoginsAsync(CancellationToken ct)
    {
        try
        {
            await logins.RunAsync(ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // They are looked at again half a minute later.
            LogLoginsUnchecked(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live feed could not read: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Could not look whether the logins of streams have ended: {Reason}"
    )]
    private partial void LogLoginsUnchecked(string reason);
}
