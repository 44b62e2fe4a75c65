using Pamps.Core.Streaming;

namespace Pamps.Core.Consumers;

/// <summary>
/// Hears of all that happens, in its order, though the server is killed meanwhile. Registered with
/// <see cref="ConsumerServices.AddEventConsumer"/>; begins with what happens after it was registered for the first time.
/// </summary>
/// <remarks>
/// Of several instances one tells it at a time. What it was told last it may be told again, so hearing an event twice must do no
/// harm. While it throws, it is told the same events again, ever less often; it holds back events at most 7 days, after
/// which it misses the oldest. So an event that it can do nothing with is its own care: pass it, or leave a job.
/// </remarks>
public interface IEventConsumer
{
    /// <summary>Under which its place is kept, at most 50 characters. It never changes.</summary>
    string Name { get; }

    /// <summary>Hears of some events; when this returns they are passed for good.</summary>
    /// <param name="events">At most a few hundred, none of them of a transaction that could still be undone.</param>
    /// <param name="ct">The server stops, or another instance has the work by now.</param>
    Task ConsumeAsync(IReadOnlyList<EventRow> events, CancellationToken ct);
}
