using Pamps.Api.Users;
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
        notifications
            .MapGet("/policy/", ReadPolicyAsync)
            .SignedInOnly("ReadNotificationPolicy", "Read of whose deeds one is told")
            .Gives<PolicyResponse>(200);
        notifications
            .MapMethods("/policy/", ["PATCH"], ChangePolicyAsync)
            .SignedInOnly(
                "ChangeNotificationPolicy",
                "Change of whose deeds one is told, which are put aside, and which are dropped; from now on"
            )
            .Gives<PolicyResponse>(200)
            .Refuses(413, 415, 422);
        notifications
            .MapGet("/aside/", ListAsideAsync)
            .SignedInOnly("ListAside", "List the people whose notifications were put aside, the latest first")
            .GivesList<AsideResponse>();
        notifications
            .MapGet("/aside/{name}/", AsideOfAsync)
            .SignedInOnly("ReadAside", "List what was put aside of a person, newest first")
            .GivesList<NotificationResponse>()
            .Refuses(404);
        notifications
            .MapPost("/aside/{name}/accept/", AcceptAsync)
            .SignedInOnly(
                "AcceptAside",
                "Be told of what was put aside of a person, and of all that comes of them from now on"
            )
            .Gives(204)
            .Refuses(404);
        notifications
            .MapDelete("/aside/{name}/", DismissAsync)
            .SignedInOnly("DismissAside", "Throw away what was put aside of a person")
            .Gives(204)
            .Refuses(404);
        notifications
            .MapGet("/accepted/", ListAcceptedAsync)
            .SignedInOnly(
                "ListAccepted",
                "List the people of whom one has accepted what was put aside, the newest account first"
            )
            .GivesList<UserResponse>();
        notifications
            .MapDelete("/accepted/{name}/", UndoAcceptAsync)
            .SignedInOnly(
                "UndoAccept",
                "Take back that a person was accepted: one's policy holds for them again"
            )
            .Gives(204)
            .Refuses(404);
    }

    private static async Task<IResult> ReadPolicyAsync(
        SignedIn me,
        EditNotificationPolicy policy,
        CancellationToken ct
    ) => TypedResults.Ok(PolicyResponse.From(await policy.ReadAsync(me.ToViewer(), ct)));

    private static async Task<IResult> ChangePolicyAsync(
        Body<PolicyRequest> body,
        SignedIn me,
        EditNotificationPolicy policy,
        CancellationToken ct
    ) => (await policy.RunAsync(me.ToViewer(), body.Value.ToEdit(), ct)).ToOk(PolicyResponse.From);

    private static async Task<IResult> ListAsideAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        PutAside aside,
        CancellationToken ct
    ) => (await aside.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(AsideResponse.From);

    private static async Task<IResult> AsideOfAsync(
        string name,
        [AsParameters] PageQuery page,
        SignedIn me,
        PutAside aside,
        CancellationToken ct
    ) => (await aside.OfAsync(me.ToViewer(), name, page.ToRequest(), ct)).ToList(NotificationResponse.From);

    private static async Task<IResult> AcceptAsync(
        string name,
        SignedIn me,
        PutAside aside,
        CancellationToken ct
    ) => (await aside.AcceptAsync(me.ToViewer(), name, ct)).ToNoContent();

    private static async Task<IResult> DismissAsync(
        string name,
        SignedIn me,
        PutAside aside,
        CancellationToken ct
    ) => (await aside.DismissAsync(me.ToViewer(), name, ct)).ToNoContent();

    private static async Task<IResult> ListAcceptedAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        PutAside aside,
        CancellationToken ct
    ) => (await aside.ListAcceptedAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(UserResponse.From);

    private static async Task<IResult> UndoAcceptAsync(
        string name,
        SignedIn me,
        PutAside aside,
        CancellationToken ct
    ) => (await aside.UndoAcceptAsync(me.ToViewer(), name, ct)).ToNoContent();

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
