using Pamps.Auth;
using Pamps.Core.Notifications;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Notifications;

/// <summary>What concerns the caller: likes, replies, mentions and follows.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotifications(this RouteGroupBuilder api)
    {
        var notifications = api.MapGroup("/notification").WithTags("notification");

        notifications
            .MapGet("/", ListAsync)
            .SignedInOnly(
                "ListNotifications",
                "List the likes, replies, mentions and follows that concern one"
            )
            .GivesList<NotificationResponse>();
        notifications
            .MapPost("/read/", MarkReadAsync)
            .SignedInOnly("MarkNotificationsRead", "Mark one's notifications as read, up to an id")
            .Gives(204)
            .Refuses(413, 415, 422);
        notifications
            .MapGet("/unread/", CountUnreadAsync)
            .SignedInOnly(
                "CountUnreadNotifications",
                "Count one's unread notifications; 100 means 100 or more"
            )
            .Gives<UnreadResponse>(200);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        ReadNotifications notifications,
        CancellationToken ct
    ) =>
        (await notifications.RunAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(NotificationResponse.From);

    private static async Task<IResult> MarkReadAsync(
        Body<ReadMark> body,
        SignedIn me,
        MarkNotificationsRead mark,
        CancellationToken ct
    ) => (await mark.RunAsync(me.ToViewer(), body.Value.UpTo, ct)).ToNoContent();

    private static async Task<IResult> CountUnreadAsync(
        SignedIn me,
        ReadNotifications notifications,
        CancellationToken ct
    ) => TypedResults.Ok(new UnreadResponse(await notifications.CountUnreadAsync(me.ToViewer(), ct)));
}
