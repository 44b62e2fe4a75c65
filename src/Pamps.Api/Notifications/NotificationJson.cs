using System.Diagnostics;
using System.Text.Json.Serialization;
using Pamps.Api.Posts;
using Pamps.Api.Users;
using Pamps.Core.Notifications;

namespace Pamps.Api.Notifications;

internal sealed record NotificationResponse(
    long Id,
    string Kind,
    DateTime Date,
    bool Read,
    UserResponse User,
    PostResponse? Post
)
{
    public static NotificationResponse From(NotificationView x) =>
        new(
            x.Id,
            NameOf(x.Kind),
            x.Date,
            x.IsRead,
            UserResponse.From(x.User),
            x.Post is null ? null : PostResponse.From(x.Post)
        );

    private static string NameOf(NotificationKind kind) =>
        kind switch
        {
            NotificationKind.Like => "like",
            NotificationKind.Reply => "reply",
            NotificationKind.Mention => "mention",
            NotificationKind.Follow => "follow",
            NotificationKind.FollowRequest => "follow_request",
            _ => throw new UnreachableException($"No name for {kind}"),
        };
}

internal sealed record ReadMark(
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? UpTo
);

internal sealed record UnreadResponse(int Count);
