using Pamps.Auth;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Users;

/// <summary>New passwords for who has forgotten theirs.</summary>
internal static class PasswordEndpoints
{
    public static void MapPasswords(this RouteGroupBuilder api)
    {
        var passwords = api.MapGroup("/user/password").WithTags("user");

        passwords
            .MapPost("/forgot/", ForgotAsync)
            .Open(
                "ForgotPassword",
                "Have a link for a new password sent to an account's address; answered alike whether there is such an account"
            )
            .Gives(202)
            .Refuses(409, 413, 415, 422, 429);
        passwords
            .MapPost("/reset/", ResetAsync)
            .Open(
                "ResetPassword",
                "Give one's account a new password with the token of a link for that; all its logins end"
            )
            .Gives<PasswordResetResponse>(200)
            .Refuses(413, 415, 422, 429);
        api.MapPost("/user/{username}/password/token/", MakeTokenAsync)
            .SignedInOnly(
                "MakeResetToken",
                "Make a link with which a user gives their account a new password (superusers, with a fresh token)"
            )
            .WithTags("user")
            .Gives<PasswordTokenResponse>(200)
            .Refuses(403, 404);
    }

    private static async Task<IResult> ForgotAsync(
        Body<ForgottenPassword> body,
        ForgotPassword forgot,
        HttpContext context,
        CancellationToken ct
    ) =>
        (
            await forgot.RunAsync(
                body.Value.Username,
                CallerLanguage.Of(context.Request),
                CallerNetwork.HashOf(context),
                CallerNetwork.HashForLog(context),
                ct
            )
        ).ToAccepted();

    private static async Task<IResult> MakeTokenAsync(
        string username,
        SignedIn me,
        MakeResetToken make,
        PampsOptions options,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await make.RunAsync(me.ToViewer(context), username, ct)).ToOk(
            PasswordTokenResponse.At(options.Site.Origin)
        );

    private static async Task<IResult> ResetAsync(
        Body<PasswordReset> body,
        ResetPassword reset,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    )
    {
        var (address, network) = (context.Connection.RemoteIpAddress, CallerNetwork.HashForLog(context));
        // Counted by where they come from: whose account a token is for is not known as long as it is not good.
        var (result, retryAfter) = await throttle.RunAsync(
            new PasswordTry($"password reset from {network}", address),
            () =>
                reset.RunAsync(
                    body.Value.Token,
                    body.Value.Password,
                    network,
                    CallerLanguage.Of(context.Request),
                    ct
                ),
            done =>
                done.IsRefused(out var error) && error.Fields?.ContainsKey("token") == true
                    ? PasswordGuess.Wrong
                    : PasswordGuess.None,
            ct
        );
        if (retryAfter is { } wait)
        {
            return Problems.TooFast(context, "Too many wrong links; try again later.", wait);
        }
        if (!result.IsRefused(out _))
        {
            // Whoever has guessed at the old password until they were turned away may sign in with the new one.
            await throttle.ForgiveAsync(
                new PasswordTry(result.Value.Username, address) { AccountId = result.Value.Id },
                CancellationToken.None
            );
        }
        return result.ToOk(x => new PasswordResetResponse(x.Username));
    }
}
