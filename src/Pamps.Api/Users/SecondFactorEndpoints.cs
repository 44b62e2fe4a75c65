using Pamps.Auth;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Users;

/// <summary>Codes of an authenticator app, beside the password.</summary>
internal static class SecondFactorEndpoints
{
    public static void MapSecondFactors(this RouteGroupBuilder api)
    {
        var factor = api.MapGroup("/user/me/second-factor").WithTags("user");

        factor
            .MapGet("/", ReadAsync)
            .SignedInOnly("ReadSecondFactor", "Read whether signing in takes a code of an authenticator app")
            .Gives<SecondFactorResponse>(200);
        factor
            .MapPost("/", BeginAsync)
            .FreshOnly(
                "BeginSecondFactor",
                "Begin to set up an authenticator app, with the password; signing in takes codes once one was confirmed"
            )
            .Gives<NewSecondFactorResponse>(200)
            .Refuses(409, 413, 415, 422, 429);
        factor
            .MapPost("/confirm/", ConfirmAsync)
            .SignedInOnly(
                "ConfirmSecondFactor",
                "Show the app's first code: signing in takes one from now on, and every other login ends"
            )
            .Gives<RecoveryCodesResponse>(200)
            .Refuses(409, 413, 415, 422);
        factor
            .MapPost("/recovery-codes/", RenewAsync)
            .SignedInOnly(
                "RenewRecoveryCodes",
                "Make new recovery codes in place of the old ones, with the password and a code"
            )
            .Gives<RecoveryCodesResponse>(200)
            .Refuses(409, 413, 415, 422, 429);
        factor
            .MapDelete("/", RemoveAsync)
            .SignedInOnly(
                "RemoveSecondFactor",
                "Have the password be enough again, with the password and a code or recovery code"
            )
            .Gives(204)
            .Refuses(409, 413, 415, 422, 429);
    }

    private static async Task<IResult> ReadAsync(SignedIn me, ReadSecondFactor read, CancellationToken ct) =>
        TypedResults.Ok(SecondFactorResponse.From(await read.RunAsync(me.ToViewer(), ct)));

    private static Task<IResult> BeginAsync(
        Body<SecondFactorBegin> body,
        SignedIn me,
        SetUpSecondFactor setUp,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    ) =>
        GuardedPassword.RunAsync(
            throttle,
            me,
            context,
            () => setUp.BeginAsync(me.ToViewer(context), body.Value.Password, ct),
            x => x.ToOk(NewSecondFactorResponse.From),
            ct,
            PasswordGuess.Half
        );

    private static async Task<IResult> ConfirmAsync(
        Body<SecondFactorConfirmation> body,
        SignedIn me,
        SetUpSecondFactor setUp,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await setUp.ConfirmAsync(me.ToViewer(context), body.Value.Code, ct)).ToOk(
            RecoveryCodesResponse.From
        );

    private static Task<IResult> RenewAsync(
        Body<SecondFactorProof> body,
        SignedIn me,
        RenewRecoveryCodes renew,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    ) =>
        GuardedPassword.RunAsync(
            throttle,
            me,
            context,
            () => renew.RunAsync(me.ToViewer(context), body.Value.Password, body.Value.Code, ct),
            x => x.ToOk(RecoveryCodesResponse.From),
            ct
        );

    private static Task<IResult> RemoveAsync(
        Body<SecondFactorProof> body,
        SignedIn me,
        SetUpSecondFactor setUp,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    ) =>
        GuardedPassword.RunAsync(
            throttle,
            me,
            context,
            () => setUp.UndoAsync(me.ToViewer(context), body.Value.Password, body.Value.Code, ct),
            Answers.ToNoContent,
            ct
        );
}
