namespace Pamps.Core.Writes;

/// <summary>What happened. The numbers are kept in the database.</summary>
public enum EventKind
{
    /// <summary>A post or reply was written.</summary>
    Post = 1,

    /// <summary>A post's text was changed.</summary>
    Edit = 2,

    /// <summary>A post was deleted.</summary>
    Delete = 3,

    /// <summary>Somebody is notified.</summary>
    Notification = 4,

    /// <summary>A notification was taken back with its deed.</summary>
    NotificationGone = 5,

    /// <summary>Somebody likes a post.</summary>
    Liked = 6,

    /// <summary>A like was taken back.</summary>
    Unliked = 7,

    /// <summary>Somebody follows a user.</summary>
    Followed = 8,

    /// <summary>A follow ended.</summary>
    Unfollowed = 9,

    /// <summary>An account was made.</summary>
    AccountMade = 10,

    /// <summary>Somebody changed what they say of themselves.</summary>
    ProfileEdited = 11,

    /// <summary>An account was closed.</summary>
    AccountSuspended = 12,

    /// <summary>An account that was closed is open again.</summary>
    AccountRestored = 13,

    /// <summary>An account was deleted.</summary>
    AccountDeleted = 14,

    /// <summary>A login was ended.</summary>
    LoginEnded = 15,

    /// <summary>Somebody asks to follow a user whose account is locked.</summary>
    FollowRequested = 16,

    /// <summary>Such a request was answered, or taken back.</summary>
    FollowRequestEnded = 17,

    /// <summary>Somebody blocks a user.</summary>
    Blocked = 18,

    /// <summary>A block ended.</summary>
    Unblocked = 19,

    /// <summary>Somebody has muted a user.</summary>
    Muted = 20,

    /// <summary>A mute ended.</summary>
    Unmuted = 21,

    /// <summary>The archive that somebody asked for can be downloaded, or could not be made.</summary>
    ArchiveEnded = 22,

    /// <summary>What somebody brought was taken in, or could not be.</summary>
    ImportEnded = 23,
}
