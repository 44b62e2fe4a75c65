using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Pamps.Auth;

internal static class SessionHandlers
{
    /// <summary>
    /// How late a browser's second tab may be with a refresh token that its first has exchanged: longer than an
    /// answer takes on a slow line, and far shorter than an access token lives.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static async Task<IResult> OpenAsync(
        HttpContext context,
        SignInService service,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (body, rejection) = await ReadAsync(context.Request, cancellationToken);
        return body is null
            ? rejection!
            : await OpenWithAsync(
                context,
                service,
                time,
                (refreshToken, answer) =>
                    TokenHandlers.CheckAndAnswerAsync(
                        context,
                        service,
                        body,
                        refreshToken,
                        forBrowser: true,
                        answer,
                        cancellationToken
                    ),
                cancellationToken
            );
    }

    /// <summary>Every way to sign a browser in: what differs is what is shown.</summary>
    /// <param name="context">The request.</param>
    /// <param name="service">Ends what is replaced.</param>
    /// <param name="time">The clock.</param>
    /// <param name="signInAsync">Signs in, given the refresh token that the browser has, and answers with the tokens.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<IResult> OpenWithAsync(
        HttpContext context,
        SignInService service,
        TimeProvider time,
        Func<string?, Func<TokenPair, IResult>, Task<IResult>> signInAsync,
        CancellationToken cancellationToken
    )
    {
        var replaced = SessionCookie.ReadAll(context);
        var isOpen = false;
        var result = await signInAsync(SessionCookie.Read(context), pair =>
        {
            isOpen = true;
            SessionCookie.Write(context, pair, time);
            return Answer(context, pair.AccessToken, pair.AccessExpiresUtc, time);
        });
        // Nobody has the refresh token of that login any more: left alone, it would only linger in its owner's list.
        if (isOpen)
        {
            await SignOutAsync(service, replaced, cancellationToken);
        }

        return result;
    }

    public static async Task<IResult> RefreshAsync(
        HttpContext context,
        SignInService service,
        Tokens tokens,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (await ReadTokenAsync(context, tokens) is not { } token)
        {
            // Of several cookies none is cleared: the one that the browser would keep may be somebody else's.
            return Problems.NotValidated(context);
        }

        switch (await service.RefreshAsync(token, Grace, forBrowser: true, cancellationToken))
        {
            case RefreshOutcome.Rotated(var pair):
                SessionCookie.Write(context, pair, time);
                return Answer(context, pair.AccessToken, pair.AccessExpiresUtc, time);
            case RefreshOutcome.Overtaken(var access):
                // The cookie is not touched: the browser has the good one, from the request that was faster.
                return Answer(context, access.Token, access.ExpiresUtc, time);
            default:
                SessionCookie.Clear(context);
                return Problems.NotValidated(context);
        }
    }

    public static async Task<IResult> EndAsync(
        HttpContext context,
        SignInService service,
        CancellationToken cancellationToken
    )
    {
        var tokens = SessionCookie.ReadAll(context);
        if (tokens.Count > 0)
        {
            await SignOutAsync(service, tokens, cancellationToken);
            SessionCookie.Clear(context);
        }

        return TypedResults.NoContent();
    }

    /// <summary>
    /// The browser's refresh token. A browser that was signed in by an earlier version has it in the cookie of then, in which
    /// a token of this one is never taken: so the old name serves only until the last of those tokens has run out.
    /// </summary>
    private static async Task<string?> ReadTokenAsync(HttpContext context, Tokens tokens) =>
        SessionCookie.Read(context)
        ?? (
            SessionCookie.ReadOlder(context) is { } older
            && await tokens.ReadRefresh(older) is { BeganUtc: null }
                ? older
                : null
        );

    private static async Task SignOutAsync(
        SignInService service,
        IEnumerable<string> tokens,
        CancellationToken cancellationToken
    )
    {
        foreach (var token in tokens)
        {
            await service.SignOutAsync(token, cancellationToken);
        }
    }

    private static async Task<(SignInRequest? Body, IResult? Rejection)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.HasFormContentType)
        {
            var (form, rejection) = await TokenFormReader.ReadAsync(request, cancellationToken);
            return (
                form is null ? null : new SignInRequest(form.Username, form.Password, form.Otp),
                rejection
            );
        }

        return request.HasJsonContentType()
            ? await TokenHandlers.ReadSignInAsync(request, cancellationToken)
            : (null, Problems.WrongContentType("The body must be JSON or a form"));
    }

    private static JsonHttpResult<SessionAnswer> Answer(
        HttpContext context,
        string accessToken,
        DateTime expiresUtc,
        TimeProvider time
    )
    {
        TokenHandlers.DoNotStore(context);
        return TypedResults.Json(
            new SessionAnswer(accessToken, "bearer", TokenHandlers.SecondsUntil(expiresUtc, time)),
            PampsAuthJson.Default.SessionAnswer
        );
    }
}
