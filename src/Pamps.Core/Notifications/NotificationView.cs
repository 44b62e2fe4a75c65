using Pamps.Core.Posts;
using Pamps.Core.Users;

namespace Pamps.Core.Notifications;

/// <summary>A notification as the user sees it who is told.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Kind">Why the user is told.</param>
/// <param name="Date">Since when, UTC.</param>
/// <param name="IsRead">Whether the user has read it.</param>
/// <param name="User">Whose deed it is.</param>
/// <param name="Post">The liked post, the reply, or the post that names the user; null for a follow.</param>
public sealed record NotificationView(
    long Id,
    NotificationKind Kind,
    DateTime Date,
    bool IsRead,
    UserView User,
    PostView? Post
);
