using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.Auth;

internal static class TokenHandlers
{
    public static async Task<IResult> SignInAsync(
        HttpContext context,
        SignInFlow flow,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (form, rejection) = await TokenFormReader.ReadAsync(context.Request, cancellationToken);
        if (form is null)
        {
            return rejection!;
        }

        try
        {
            var address = context.Connection.RemoteIpAddress;
            return await flow.SignInAsync(form.Username, form.Password, address, cancellationToken) switch
            {
                SignInOutcome.Right(var pair) => Answer(context, pair, time),
                SignInOutcome.Throttled(var retryAfter) => Problems.TooMany(
                    context,
                    "Too many failed sign-ins, try again later",
                    retryAfter
                ),
                _ => Problems.Unauthorized(context, "Incorrect username or password"),
            };
        }
        catch (TooManySignInsException busy)
        {
            return Problems.TooMany(context, "Too many sign-ins at once, try again later", busy.RetryAfter);
        }
    }

    public static async Task<IResult> RefreshAsync(
        HttpContext context,
        SignInFlow flow,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (body, rejection) = await RefreshRequestReader.ReadAsync(context.Request, cancellationToken);
        if (body is null)
        {
            return rejection!;
        }

        return await flow.RefreshAsync(body.RefreshToken, cancellationToken) is { } pair
            ? Answer(context, pair, time)
            : Problems.Unauthorized(context, Problems.NotValidated);
    }

    public static async Task<IResult> SignOutAsync(
        HttpContext context,
        SignInFlow flow,
        CancellationToken cancellationToken
    )
    {
        var (body, rejection) = await RefreshRequestReader.ReadAsync(context.Request, cancellationToken);
        if (body is null)
        {
            return rejection!;
        }

        return await flow.SignOutAsync(body.RefreshToken, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Unauthorized(context, Problems.NotValidated);
    }

    private static JsonHttpResult<TokenAnswer> Answer(HttpContext context, TokenPair pair, TimeProvider time)
    {
        // RFC 6749 section 5.1: an answer with tokens is not to be stored.
        context.Response.Headers.CacheControl = "no-store";
        var seconds = Math.Ceiling((pair.AccessExpiresUtc - time.GetUtcNow().UtcDateTime).TotalSeconds);
        return TypedResults.Json(
            new TokenAnswer(pair.AccessToken, pair.RefreshToken, "bearer", Math.Max(0, (long)seconds)),
            PampsAuthJson.Default.TokenAnswer
        );
    }
}
