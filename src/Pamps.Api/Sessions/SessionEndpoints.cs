using Pamps.Auth;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Sessions;

/// <summary>A browser's session, and the list of all places where one is signed in.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder api)
    {
        api.MapPampsBrowserSession().AddEndpointFilter(Caller.FilterAsync).WithTags("auth");
        // Counted, since nothing slow is asked of whoever has one.
        api.MapPampsPasskeys().Counted().AddEndpointFilter(Caller.FilterAsync).WithTags("auth");

        var sessions = api.MapGroup("/user/me/sessions").Counted().WithTags("auth");
        sessions
            .MapGet("/", ListAsync)
            .SignedInOnly("ListSessions", "List where one is signed in, the newest login first")
            .GivesList<SessionResponse>();
        sessions
            .MapDelete("/{id}/", EndAsync)
            .SignedInOnly("EndOtherSession", "End one of one's logins with all its tokens")
            .Gives(204)
            .Refuses(404, 422);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        OwnLogins logins,
        CancellationToken ct
    ) => (await logins.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(SessionResponse.From);

    private static async Task<IResult> EndAsync(
        PostId id,
        SignedIn me,
        OwnLogins logins,
        HttpContext context,
        CancellationToken ct
    ) => (await logins.EndAsync(me.ToViewer(context), id.Value, ct)).ToNoContent();
}
