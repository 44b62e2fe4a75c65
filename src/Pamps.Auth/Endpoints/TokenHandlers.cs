using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.Auth;

internal static class TokenHandlers
{
    public static async Task<IResult> SignInAsync(
        HttpContext context,
        SignInService service,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (form, rejection) = await TokenFormReader.ReadAsync(context.Request, cancellationToken);
        return form is null
            ? rejection!
            : await CheckAndAnswerAsync(
                context,
                service,
                new SignInRequest(form.Username, form.Password, form.Otp),
                refreshToken: null,
                forBrowser: false,
                pair => Answer(context, pair, time),
                cancellationToken
            );
    }

    public static async Task<IResult> SignInWithJsonAsync(
        HttpContext context,
        SignInService service,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (body, rejection) = await ReadSignInAsync(context.Request, cancellationToken);
        return body is null
            ? rejection!
            : await CheckAndAnswerAsync(
                context,
                service,
                body,
                refreshToken: null,
                forBrowser: false,
                pair => Answer(context, pair, time),
                cancellationToken
            );
    }

    /// <summary>Every way to sign in: what differs is how the request is read and the tokens are handed over.</summary>
    public static Task<IResult> CheckAndAnswerAsync(
        HttpContext context,
        SignInService service,
        SignInRequest given,
        string? refreshToken,
        bool forBrowser,
        Func<TokenPair, IResult> answer,
        CancellationToken cancellationToken
    ) =>
        AnswerAsync(
            context,
            () =>
                service.SignInAsync(
                    given.Username,
                    given.Password,
                    given.Otp,
                    given.Passkey is { ValueKind: JsonValueKind.Object } passkey
                        ? context.ReadPasskeyAnswer(passkey)
                        : null,
                    context.Connection.RemoteIpAddress,
                    context.Request.Headers.UserAgent.ToString(),
                    refreshToken,
                    forBrowser,
                    cancellationToken
                ),
            pair =>
            {
                if (given.Passkey is not null)
                {
                    PasskeyCookie.Clear(context);
                }
                return answer(pair);
            }
        );

    /// <summary>The same, whatever is shown.</summary>
    public static async Task<IResult> AnswerAsync(
        HttpContext context,
        Func<Task<SignInOutcome>> signInAsync,
        Func<TokenPair, IResult> answer
    )
    {
        try
        {
            var outcome = await signInAsync();
            return outcome is SignInOutcome.Right(var pair) ? answer(pair) : outcome.ToProblem(context);
        }
        catch (TooManySignInsException busy)
        {
            return Problems.TooMany(
                context,
                "too_many_sign_ins",
                "Too many sign-ins at once, try again later",
                busy.RetryAfter
            );
        }
    }

    public static async Task<IResult> RefreshAsync(
        HttpContext context,
        SignInService service,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (body, rejection) = await ReadRefreshRequestAsync(context, cancellationToken);
        if (body is null)
        {
            return rejection!;
        }

        return await service.RefreshAsync(body.RefreshToken, cancellationToken) is { } pair
            ? Answer(context, pair, time)
            : Problems.NotValidated(context);
    }

    public static async Task<IResult> SignOutAsync(
        HttpContext context,
        SignInService service,
        CancellationToken cancellationToken
    )
    {
        var (body, rejection) = await ReadRefreshRequestAsync(context, cancellationToken);
        if (body is null)
        {
            return rejection!;
        }

        return await service.SignOutAsync(body.RefreshToken, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotValidated(context);
    }

    public static Task<(SignInRequest? Body, IResult? Rejection)> ReadSignInAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        JsonBodyReader.ReadAsync(
            request,
            PampsAuthJson.Default.SignInRequest,
            body => body is { Username.Length: > 0, Password.Length: > 0 },
            new FieldProblem("required", "Must be given as a string that is not empty"),
            cancellationToken
        );

    private static Task<(RefreshRequest? Body, IResult? Rejection)> ReadRefreshRequestAsync(
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        JsonBodyReader.ReadAsync(
            context.Request,
            PampsAuthJson.Default.RefreshRequest,
            _ => true,
            new FieldProblem("required", "Must be given as a string"),
            cancellationToken
        );

    private static JsonHttpResult<TokenAnswer> Answer(HttpContext context, TokenPair pair, TimeProvider time)
    {
        DoNotStore(context);
        return TypedResults.Json(
            new TokenAnswer(
                pair.AccessToken,
                pair.RefreshToken,
                "bearer",
                SecondsUntil(pair.AccessExpiresUtc, time)
            ),
            PampsAuthJson.Default.TokenAnswer
        );
    }

    /// <summary>RFC 6749 section 5.1: an answer with tokens is not to be stored.</summary>
    public static void DoNotStore(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    public static long SecondsUntil(DateTime moment, TimeProvider time) =>
        Math.Max(0, (long)Math.Ceiling((moment - time.GetUtcNow().UtcDateTime).TotalSeconds));
}
