#pragma warning disable CA1822 // Filled in next.
namespace Pamps.Core.Events;

/// <summary>Writes down what happened, in the transaction in which it happens.</summary>
internal sealed class EventLog
{
    /// <param name="db">The transaction's.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="userId">The post's author; of a notification, who is told.</param>
    /// <param name="subjectId">The post's id; of a notification, its own.</param>
    /// <param name="parentId">The post that the post replies to, where there is one.</param>
    /// <param name="ct">Gives up.</param>
    public Task RecordAsync(
        PampsDb db,
        EventKind kind,
        long userId,
        long subjectId,
        long? parentId,
        CancellationToken ct
    ) => Task.CompletedTask;
}
