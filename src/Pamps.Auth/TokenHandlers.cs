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
            : await SignInAsync(context, service, time, form.Username, form.Password, cancellationToken);
    }

    public static async Task<IResult> SignInWithJsonAsync(
        HttpContext context,
        SignInService service,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (body, rejection) = await JsonBodyReader.ReadAsync(
            context.Request,
            PampsAuthJson.Default.SignInRequest,
            body => body is { Username.Length: > 0, Password.Length: > 0 },
            "Must be given as a string that is not empty",
            cancellationToken
        );
        return body is null
            ? rejection!
            : await SignInAsync(context, service, time, body.Username, body.Password, cancellationToken);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        SignInService service,
        TimeProvider time,
        string username,
        string password,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var address = context.Connection.RemoteIpAddress;
            return await service.SignInAsync(username, password, address, cancellationToken) switch
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
            : Problems.Unauthorized(context, Problems.NotValidated);
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
            : Problems.Unauthorized(context, Problems.NotValidated);
    }

    private static Task<(RefreshRequest? Body, IResult? Rejection)> ReadRefreshRequestAsync(
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        JsonBodyReader.ReadAsync(
            context.Request,
            PampsAuthJson.Default.RefreshRequest,
            _ => true,
            "Must be given as a string",
            cancellationToken
        );

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
