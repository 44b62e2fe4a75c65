using Microsoft.Extensions.Logging;
using Pamps.Core.Jobs;
using Pamps.Core.Streaming;

namespace Pamps.Core.Consumers;

/// <summary>Has consumers told when there are events for them. Where there are no consumers it does nothing.</summary>
public sealed partial class ConsumerWatch
{
    private readonly ConsumerPlaces places;
    private readonly EventReader events;
    private readonly JobQueue queue;
    private readonly JobOptions options;
    private readonly PampsOptions pamps;
    private readonly TimeProvider time;
    private readonly ILogger<ConsumerWatch> logger;
    private readonly List<IEventConsumer> consumers;

    internal ConsumerWatch(
        ConsumerPlaces places,
        EventReader events,
        JobQueue queue,
        JobOptions options,
        PampsOptions pamps,
        IEnumerable<IEventConsumer> consumers,
        TimeProvider time,
        ILogger<ConsumerWatch> logger
    )
    {
        (this.places, this.events, this.queue, this.options) = (places, events, queue, options);
        (this.pamps, this.time, this.logger) = (pamps, time, logger);
        this.consumers = [.. consumers];
    }

    /// <summary>Looks once: from here on no consumer misses an event.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (pamps.Db.ReadOnly)
        {
            return;
        }
        foreach (var consumer in consumers)
        {
            var place = await places.ReadAsync(consumer.Name, cancellationToken);
            if ((await events.AfterAsync(place, 1, cancellationToken)).Count > 0)
            {
                await queue.EnqueueIfNoneAsync(
                    new Job(TellConsumer.KindOf(consumer), Key: ""),
                    cancellationToken
                );
            }
        }
    }

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var hasFailed = false;
        while (consumers.Count > 0 && !pamps.Db.ReadOnly)
        {
            try
            {
                await LookAsync(cancellationToken);
                hasFailed = false;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (!hasFailed)
                {
                    LogFailed(exception.Message);
                }
                hasFailed = true;
            }
            await Task.Delay(options.Poll, time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for events to tell of: {Reason}")]
    private partial void LogFailed(string reason);
}
