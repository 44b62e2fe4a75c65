namespace Pamps.Core.Notifications;

/// <summary>Why somebody is told. The numbers are kept in the database.</summary>
public enum NotificationKind
{
    /// <summary>Somebody likes one's post.</summary>
    Like = 1,

    /// <summary>Somebody replied to one's post.</summary>
    Reply = 2,

    /// <summary>A post names one.</summary>
    Mention = 3,

    /// <summary>Somebody follows one.</summary>
    Follow = 4,
}

/// <summary>A row of the table <c>notification</c>. It is read when its id is not above the user's mark.</summary>
internal sealed class Notification
{
    public long Id { get; set; }

    /// <summary>Who is told.</summary>
    public long UserId { get; set; }
    public NotificationKind Kind { get; set; }

    /// <summary>Whose deed it is.</summary>
    public long ActorId { get; set; }

    /// <summary>The liked post, the reply, or the post that names the user; null for a follow.</summary>
    public long? PostId { get; set; }
    public DateTime Date { get; set; }
}
