using Pamps.Core.Notifications;
using Pamps.Core.Posts;

namespace Pamps.Core.Streaming;

/// <summary>
/// What a listener is told. All listeners of an event get the same object, so that a door can make its bytes once.
/// </summary>
/// <param name="Place">Where in the stream.</param>
public abstract record LiveEvent(EventPlace Place)
{
    /// <summary>A post or reply was written.</summary>
    /// <param name="Place">Where in the stream.</param>
    /// <param name="Post">The post as it now is; its viewer is nobody.</param>
    public sealed record PostWritten(EventPlace Place, PostView Post) : LiveEvent(Place);

    /// <summary>A post was edited.</summary>
    /// <param name="Place">Where in the stream.</param>
    /// <param name="Post">The post as it now is; its viewer is nobody.</param>
    public sealed record PostEdited(EventPlace Place, PostView Post) : LiveEvent(Place);

    /// <summary>A post was deleted.</summary>
    /// <param name="Place">Where in the stream.</param>
    /// <param name="Id">The post that was.</param>
    /// <param name="ParentId">The post it replied to, or null.</param>
    public sealed record PostDeleted(EventPlace Place, long Id, long? ParentId) : LiveEvent(Place);

    /// <summary>Somebody is notified.</summary>
    /// <param name="Place">Where in the stream.</param>
    /// <param name="Notification">The notification as its owner sees it.</param>
    public sealed record Notified(EventPlace Place, NotificationView Notification) : LiveEvent(Place);

    /// <summary>A notification was taken back.</summary>
    /// <param name="Place">Where in the stream.</param>
    /// <param name="Id">The notification that was.</param>
    public sealed record NotificationGone(EventPlace Place, long Id) : LiveEvent(Place);

    /// <summary>The archive that the listener asked for can be downloaded, or could not be made.</summary>
    /// <param name="Place">Where in the stream.</param>
    public sealed record ArchiveEnded(EventPlace Place) : LiveEvent(Place);

    /// <summary>What the listener brought was taken in, or could not be.</summary>
    /// <param name="Place">Where in the stream.</param>
    /// <param name="Id">The import.</param>
    public sealed record ImportEnded(EventPlace Place, long Id) : LiveEvent(Place);

    /// <summary>Nothing happened for a while, and the listener is still being served.</summary>
    /// <param name="Place">All up to here has been told; the beginning of all where that is not known.</param>
    public sealed record Heartbeat(EventPlace Place) : LiveEvent(Place);
}
