using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.Auth;

internal static class PasskeyHandlers
{
    public static async Task<IResult> BeginAsync(HttpContext context, PasskeyCeremonies ceremonies)
    {
        if (!ceremonies.IsOpen)
        {
            return Off();
        }
        var asked = await ceremonies.BeginSignInAsync();
        PasskeyCookie.Write(context, asked.State);
        TokenHandlers.DoNotStore(context);
        return TypedResults.Json(
            new PasskeyOptionsAnswer(asked.Options),
            PampsAuthJson.Default.PasskeyOptionsAnswer
        );
    }

    public static async Task<IResult> OpenAsync(
        HttpContext context,
        SignInService service,
        PasskeyCeremonies ceremonies,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (!ceremonies.IsOpen)
        {
            return Off();
        }
        var (body, rejection) = await JsonBodyReader.ReadAsync(
            context.Request,
            PampsAuthJson.Default.PasskeySignInRequest,
            x => x.Credential.ValueKind == JsonValueKind.Object,
            new FieldProblem("required", "Must be given as an object"),
            cancellationToken
        );
        return body is null
            ? rejection!
            : await SessionHandlers.OpenWithAsync(
                context,
                service,
                time,
                (refreshToken, answer) =>
                    TokenHandlers.AnswerAsync(
                        context,
                        () =>
                            service.SignInWithPasskeyAsync(
                                context.ReadPasskeyAnswer(body.Credential),
                                context.Connection.RemoteIpAddress,
                                context.Request.Headers.UserAgent.ToString(),
                                refreshToken,
                                forBrowser: true,
                                cancellationToken
                            ),
                        pair =>
                        {
                            PasskeyCookie.Clear(context);
                            return answer(pair);
                        }
                    ),
                cancellationToken
            );
    }

    private static ProblemHttpResult Off() =>
        Problems.Conflict("passkeys_off", "There are no passkeys here: the site has not said its address");
}
