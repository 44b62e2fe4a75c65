using System.Text.Json;
using Pamps.Auth;
using Pamps.Core.Moderation;
using Pamps.Core.Results;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Moderation;

/// <summary>People ask that what was done to them be looked at again, and moderators decide.</summary>
internal static class AppealEndpoints
{
    private static readonly Error NotSuspended = new(
        ErrorKind.Conflict,
        "not_suspended",
        "This account is not suspended: sign in"
    );

    public static void MapAppeals(this RouteGroupBuilder api)
    {
        var appeals = api.MapGroup("").WithTags("moderation");
        appeals
            .MapPost("/user/me/notices/{id}/appeal/", AppealAsync)
            .SignedInOnly("AppealNotice", "Appeal, once, against what a moderator did to oneself")
            .Gives<ActionResponse>(200)
            .Refuses(404, 409, 413, 415, 422);
        appeals
            .MapPost("/user/suspension/", SuspensionAsync)
            .Open(
                "AppealSuspension",
                "Read, with name and password or a passkey, why one's account is suspended; with a text, appeal against it once"
            )
            .AddEndpointFilter(Caller.FilterAsync)
            .Gives<ActionResponse>(200)
            .Refuses(401, 404, 409, 413, 415, 422, 429);
        appeals
            .MapGet("/moderation/appeal/", ListAsync)
            .SignedInOnly("ListAppeals", "List the open appeals, the oldest deed first (moderators)")
            .GivesList<AppealResponse>()
            .Refuses(403);
        appeals
            .MapPost("/moderation/appeal/{id}/close/", CloseAsync)
            .SignedInOnly(
                "CloseAppeal",
                "Accept an appeal, which undoes what it is against, or refuse it (moderators)"
            )
            .Gives(204)
            .Refuses(403, 404, 413, 415, 422);
    }

    private static async Task<IResult> AppealAsync(
        PostId id,
        Body<AppealRequest> body,
        SignedIn me,
        Appeal appeal,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await appeal.RunAsync(me.ToViewer(context), id.Value, body.Value.Text, ct)).ToOk(
            ActionResponse.From
        );

    private static async Task<IResult> SuspensionAsync(
        Body<SuspensionRequest> body,
        SignInService signIn,
        Appeal appeal,
        HttpContext context,
        CancellationToken ct
    )
    {
        var x = body.Value;
        var address = context.Connection.RemoteIpAddress;
        var outcome = x.Passkey is { ValueKind: JsonValueKind.Object } credential
            ? await signIn.SignInWithPasskeyAsync(
                context.ReadPasskeyAnswer(credential),
                address,
                client: null,
                refreshToken: null,
                forBrowser: false,
                ct
            )
            : await signIn.SignInAsync(
                x.Username ?? "",
                x.Password ?? "",
                x.Otp,
                address,
                client: null,
                refreshToken: null,
                forBrowser: false,
                ct
            );
        switch (outcome)
        {
            case SignInOutcome.Suspended(Waits: false) suspended:
                return (
                    await appeal.RunForSuspendedAsync(
                        suspended.AccountId,
                        x.Text,
                        CallerNetwork.HashForLog(context),
                        ct
                    )
                ).ToOk(ActionResponse.From);
            case SignInOutcome.Right(var pair):
                // Nobody asked for a login.
                await signIn.SignOutAsync(pair.RefreshToken, ct);
                return NotSuspended.ToProblem();
            case SignInOutcome.Suspended(Waits: true):
                return NotSuspended.ToProblem();
            default:
                return outcome.ToProblem(context);
        }
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        CloseAppeal appeals,
        CancellationToken ct
    ) => (await appeals.ListAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(AppealResponse.From);

    private static async Task<IResult> CloseAsync(
        PostId id,
        Body<AppealClosing> body,
        SignedIn me,
        CloseAppeal appeals,
        HttpContext context,
        CancellationToken ct
    )
    {
        var accepted = ModerationWords.ParseDecision(body.Value.Outcome);
        return accepted.IsRefused(out var error)
            ? error.ToProblem()
            : (await appeals.RunAsync(me.ToViewer(context), id.Value, accepted.Value, ct)).ToNoContent();
    }
}
