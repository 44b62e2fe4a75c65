using System.Globalization;
using System.Text.Json;
using Pamps.Auth;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Users;

/// <summary>Passkeys of the caller. Signing in with one is Pamps.Auth's.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this RouteGroupBuilder api)
    {
        var passkeys = api.MapGroup("/user/me/passkeys").WithTags("user");

        passkeys
            .MapGet("/", ListAsync)
            .SignedInOnly("ListPasskeys", "List one's passkeys, the newest first")
            .Gives<PasskeyResponse[]>(200);
        passkeys
            .MapPost("/options/", BeginAsync)
            .SignedInOnly(
                "BeginPasskey",
                "Ask for what a browser needs to make a passkey, with the password, and a code where signing in takes one"
            )
            .Gives<PasskeyBegunResponse>(200)
            .Refuses(409, 413, 415, 422, 429);
        passkeys
            .MapPost("/", AddAsync)
            .SignedInOnly("AddPasskey", "Add the passkey that the browser has made")
            .Gives<PasskeyResponse>(201)
            .Refuses(409, 413, 415, 422);
        passkeys
            .MapPatch("/{id}/", RenameAsync)
            .SignedInOnly("RenamePasskey", "Name one of one's passkeys anew")
            .Gives<PasskeyResponse>(200)
            .Refuses(404, 413, 415, 422);
        passkeys
            .MapDelete("/{id}/", RemoveAsync)
            .SignedInOnly("RemovePasskey", "Remove one of one's passkeys, with the password")
            .Gives(204)
            .Refuses(404, 413, 415, 422, 429);
    }

    private static async Task<IResult> ListAsync(SignedIn me, OwnPasskeys passkeys, CancellationToken ct) =>
        TypedResults.Ok((await passkeys.ListAsync(me.ToViewer(), ct)).Select(PasskeyResponse.From).ToArray());

    private static Task<IResult> BeginAsync(
        Body<PasskeyBegin> body,
        SignedIn me,
        AddPasskey add,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    ) =>
        GuardedPassword.RunAsync(
            throttle,
            me,
            context,
            () => add.BeginAsync(me.ToViewer(context), body.Value.Password, body.Value.Code, ct),
            x => x.ToOk(PasskeyBegunResponse.From),
            ct,
            PasswordGuess.Half
        );

    private static async Task<IResult> AddAsync(
        Body<PasskeyRequest> body,
        SignedIn me,
        AddPasskey add,
        HttpContext context,
        CancellationToken ct
    )
    {
        var credential = body.Value.Credential;
        return (
            await add.RunAsync(
                me.ToViewer(context),
                body.Value.State,
                credential.ValueKind == JsonValueKind.Object ? credential.GetRawText() : "",
                body.Value.Name,
                ct
            )
        ).ToCreated(
            x => string.Create(CultureInfo.InvariantCulture, $"/user/me/passkeys/{x.Id}/"),
            PasskeyResponse.From
        );
    }

    private static async Task<IResult> RenameAsync(
        PostId id,
        Body<PasskeyChange> body,
        SignedIn me,
        OwnPasskeys passkeys,
        HttpContext context,
        CancellationToken ct
    ) =>
        (await passkeys.RenameAsync(me.ToViewer(context), id.Value, body.Value.Name, ct)).ToOk(
            PasskeyResponse.From
        );

    private static Task<IResult> RemoveAsync(
        PostId id,
        Body<PasskeyRemoval> body,
        SignedIn me,
        OwnPasskeys passkeys,
        SignInThrottle throttle,
        HttpContext context,
        CancellationToken ct
    ) =>
        GuardedPassword.RunAsync(
            throttle,
            me,
            context,
            () => passkeys.RemoveAsync(me.ToViewer(context), id.Value, body.Value.Password, ct),
            Answers.ToNoContent,
            ct,
            PasswordGuess.Half
        );
}
