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

/// <summary>A change of whose deeds one is told; what is absent stays. Each is accept, aside or drop.</summary>
/// <param name="NotFollowing">Of people whom one does not follow.</param>
/// <param name="NotFollowers">Of people who do not follow one.</param>
/// <param name="NewAccounts">Of people whose account is younger than 30 days.</param>
/// <param name="Direct">Of direct posts of people whom one does not follow, unless they answer one of one's own.</param>
internal sealed record PolicyRequest(
    string? NotFollowing = null,
    string? NotFollowers = null,
    string? NewAccounts = null,
    string? Direct = null
)
{
    public PolicyEdit ToEdit() => new(NotFollowing, NotFollowers, NewAccounts, Direct);
}

internal sealed record PolicyResponse(
    string NotFollowing,
    string NotFollowers,
    string NewAccounts,
    string Direct
)
{
    public static PolicyResponse From(NotificationPolicyView x) =>
        new(
            EditNotificationPolicy.WordOf(x.NotFollowing),
            EditNotificationPolicy.WordOf(x.NotFollowers),
            EditNotificationPolicy.WordOf(x.NewAccounts),
            EditNotificationPolicy.WordOf(x.Direct)
        );
}

/// <summary>Somebody of whom notifications were put aside.</summary>
/// <param name="User">Whose deeds they are.</param>
/// <param name="Count">How many there are; at most 20 are kept.</param>
/// <param name="Date">When the last one was.</param>
internal sealed record AsideResponse(UserResponse User, int Count, DateTime Date)
{
    public static AsideResponse From(AsideView x) => new(UserResponse.From(x.User), x.Count, x.Date);
}
