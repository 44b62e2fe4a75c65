using Pamps.Core.Jobs;
using Pamps.Core.Streaming;

namespace Pamps.Core.Consumers;

/// <summary>
/// Tells a consumer of events until there are none for a while. Being a job it is done by one instance at a time, and by another
/// one when that is gone.
/// </summary>
internal sealed class TellConsumer(
    IEventConsumer consumer,
    ConsumerPlaces places,
    EventReader events,
    JobOptions options,
    TimeProvider time
) : IJobHandler
{
    private const int Batch = 200;

    /// <summary>So many times it is looked in vain before the job ends: while much happens it need not begin anew each time.</summary>
    private const int QuietLooks = 10;

    public string Kind => KindOf(consumer);

    public TimeSpan LongestPause => TimeSpan.FromMinutes(10);

    /// <summary>The next event would make another such job.</summary>
    public bool GivesUp => false;

    /// <summary>A kind for each, so that an instance which does not know a consumer leaves its job alone.</summary>
    public static string KindOf(IEventConsumer consumer) => $"tell:{consumer.Name}";

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        for (var quiet = 0; quiet < QuietLooks; )
        {
            var place = await places.ReadAsync(consumer.Name, ct);
            var rows = await events.AfterAsync(place, Batch, ct);
            if (rows.Count == 0)
            {
                quiet++;
                await Task.Delay(options.Linger, time, ct);
                continue;
            }
            quiet = 0;
            await consumer.ConsumeAsync(rows, ct);
            if (!await places.MoveAsync(consumer.Name, place, rows[^1].Place, ct))
            {
                // Another instance has the lease by now.
                return;
            }
        }
    }
}
