using Pamps.Auth;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Users;

/// <summary>The address of an account: confirmed, and changed, by a link that is sent to it.</summary>
internal static class EmailEndpoints
{
    public static void MapEmails(this RouteGroupBuilder api)
    {
        var email = api.MapGroup("/user/me/email").WithTags("user");

        email
            .MapGet("/", ReadAsync)
            .SignedInOnly("ReadEmail", "Read one's e-mail address, and whether it is confirmed")
            .Gives<EmailResponse>(200);
        email
            .MapPost("/", AskAsync)
            .SignedInOnly(
                "AskForEmail",
                "Have a link sent that confirms one's e-mail address, or, with the password, changes it to another one"
            )
            .Gives(202)
            .Refuses(409, 413, 415, 422, 429);
        api.MapPost("/user/email/confirm/", ConfirmAsync)
            .Open(
                "ConfirmEmail",
                "Confirm or change the e-mail address of an account with the token of a link for that"
            )
            .WithTags("user")
            .Gives<EmailResponse>(200)
            .Refuses(409, 413, 415, 422);
    }

    private static async Task<IResult> ReadAsync(SignedIn me, ChangeEmail email, CancellationToken ct) =>
        (await email.ReadAsync(me.ToViewer(), ct)).ToOk(EmailResponse.From);

    private static async Task<IResult> AskAsync(
        Body<EmailRequest> body,
        SignedIn me,
        ChangeEmail email,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    ) =>
        // Where the address stays no password is looked at, so nothing is known of who asks.
        body.Value.Email
            is null
            ? (await email.AskAsync(me.ToViewer(context), email: null, password: null, ct)).ToAccepted()
            : await GuardedPassword.RunAsync(
                throttle,
                me,
                context,
                () => email.AskAsync(me.ToViewer(context), body.Value.Email, body.Value.Password, ct),
                Answers.ToAccepted,
                ct,
                PasswordGuess.Half
            );

    private static async Task<IResult> ConfirmAsync(
        Body<EmailConfirmation> body,
        ChangeEmail email,
        HttpContext context,
        CancellationToken ct
    ) =>
        (
            await email.RunAsync(
                body.Value.Token,
                CallerNetwork.HashForLog(context),
                CallerLanguage.Of(context.Request),
                ct
            )
        ).ToOk(EmailResponse.From);
}
