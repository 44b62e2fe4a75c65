using Pamps.Core.Writes;

namespace Pamps.Core.Events;

/// <summary>
/// A row of the table <c>event</c>: what happened, kept for a while so that a live stream that broke off goes on
/// where it was. It refers to rows that may be gone.
/// </summary>
internal sealed class Event
{
    /// <summary>Counted up by the database. On SQLite, where writes come one at a time, also the order of commits.</summary>
    public long Id { get; set; }

    /// <summary>
    /// On PostgreSQL, the transaction's number: transactions commit in another order than they draw ids, and a
    /// reader may pass only those older than every one still running. 0 on SQLite.
    /// </summary>
    public long Tx { get; set; }
    public EventKind Kind { get; set; }

    /// <summary>The post's author; of a notification, who is told.</summary>
    public long UserId { get; set; }

    /// <summary>The post's id; of a notification, its own.</summary>
    public long SubjectId { get; set; }

    /// <summary>The post that the post replies to, where there is one.</summary>
    public long? ParentId { get; set; }
    public DateTime Date { get; set; }
}
