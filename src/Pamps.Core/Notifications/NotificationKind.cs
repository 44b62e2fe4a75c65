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

    /// <summary>Somebody asks to follow one.</summary>
    FollowRequest = 5,
}
