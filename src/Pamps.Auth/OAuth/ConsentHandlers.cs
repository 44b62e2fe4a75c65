using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace Pamps.Auth;

/// <summary>
/// What the host's page of consent asks: what a program wants, and what the person says to it. It shows an access token and no cookie, so
/// that no other site's page can say yes in the person's place (RFC 6749 section 10.12), and whoever asks wrongly is told on the page: to
/// lead them on to an address that anybody can register would be an open redirect (RFC 9700 section 4.11.2).
/// </summary>
internal static class ConsentHandlers
{
    /// <summary>RFC 6749 section 4.1.2: ten minutes at most. It is for a program that waits, or a person who copies it.</summary>
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(5);

    public static async Task<IResult> ReadAsync(
        HttpContext context,
        IOAuthStore store,
        CancellationToken cancellationToken
    )
    {
        var query = context.Request.Query;
        var asked = new ConsentRequest(
            query["client_id"].ToString(),
            query["redirect_uri"].ToString(),
            Allow: false,
            Of(query["response_type"]),
            Of(query["scope"]),
            State: null,
            Of(query["code_challenge"]),
            Of(query["code_challenge_method"]),
            Of(query["response_mode"])
        );
        var (application, scopes, rejection) = await CheckAsync(asked, store, cancellationToken);
        return rejection
            ?? TypedResults.Json(
                new ConsentAnswer(application!.Name, application.Website, asked.RedirectUri, scopes!),
                PampsAuthJson.Default.ConsentAnswer
            );
    }

    public static async Task<IResult> DecideAsync(
        HttpContext context,
        SignedIn me,
        IOAuthStore store,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (asked, unreadable) = await JsonBodyReader.ReadAsync(
            context.Request,
            PampsAuthJson.Default.ConsentRequest,
            _ => true,
            new FieldProblem("required", "Must be given"),
            cancellationToken
        );
        if (asked is null)
        {
            return unreadable!;
        }
        var (application, scopes, rejection) = await CheckAsync(asked, store, cancellationToken);
        if (rejection is not null)
        {
            return rejection;
        }
        var issuer = store.IssuerOf(context.Request);
        if (!asked.Allow)
        {
            return Lead(asked, ("error", "access_denied"), issuer);
        }
        var code = OAuthSecret.New();
        var kept = new OAuthCode(
            application!.ClientId,
            OAuthSecret.Hash(code),
            asked.RedirectUri,
            scopes!,
            Given(asked.CodeChallenge),
            time.GetUtcNow().UtcDateTime + CodeLifetime
        );
        return await store.KeepCodeAsync(me, kept, context, cancellationToken)
            ? Lead(asked, ("code", code), issuer)
            : Problems.NotValidated(context);
    }

    /// <summary>RFC 6749 section 4.1.2: with the state as it came, and who answers (RFC 9207).</summary>
    private static JsonHttpResult<ConsentGivenAnswer> Lead(
        ConsentRequest asked,
        (string Name, string? Value) answer,
        string issuer
    ) =>
        TypedResults.Json(
            asked.RedirectUri == RedirectUris.OutOfBand
                ? new ConsentGivenAnswer(null, answer.Name == "code" ? answer.Value : null)
                : new ConsentGivenAnswer(
                    RedirectUris.With(asked.RedirectUri, answer, ("state", asked.State), ("iss", issuer)),
                    null
                ),
            PampsAuthJson.Default.ConsentGivenAnswer
        );

    private static async Task<(
        OAuthApplication? Application,
        IReadOnlyList<string>? Scopes,
        IResult? Rejection
    )> CheckAsync(ConsentRequest asked, IOAuthStore store, CancellationToken cancellationToken)
    {
        if (await store.FindApplicationAsync(asked.ClientId, cancellationToken) is not { } application)
        {
            return Wrong("client_id", new FieldProblem("unknown_client", "There is no such program"));
        }
        if (!application.RedirectUris.Contains(asked.RedirectUri, StringComparer.Ordinal))
        {
            return Wrong(
                "redirect_uri",
                new FieldProblem(
                    "unknown_redirect_uri",
                    "The program has not registered this address to be led back to"
                )
            );
        }
        if (asked.ResponseType != "code")
        {
            return Wrong("response_type", new FieldProblem("unknown_word", "Must be code"));
        }
        if (Given(asked.ResponseMode) is not (null or "query"))
        {
            return Wrong("response_mode", new FieldProblem("unknown_word", "Must be query, or be left out"));
        }
        var scopes = OAuthScopes.Parse(Given(asked.Scope) ?? OAuthScopes.Default);
        if (scopes is null || !scopes.All(x => OAuthScopes.Covers(application.Scopes, x)))
        {
            return Wrong(
                "scope",
                new FieldProblem(
                    "unknown_scope",
                    "Names one that there is not, or that the program has not registered"
                )
            );
        }
        // RFC 7636 section 4.3: without a method it would be plain.
        if (Given(asked.CodeChallenge) is { } challenge)
        {
            if (asked.CodeChallengeMethod != Pkce.Method)
            {
                return Wrong(
                    "code_challenge_method",
                    new FieldProblem("unknown_word", $"Must be {Pkce.Method}")
                );
            }
            if (!Pkce.IsChallenge(challenge))
            {
                return Wrong(
                    "code_challenge",
                    new FieldProblem("not_a_challenge", "Must be 43 characters of base64url")
                );
            }
        }
        else if (application.SecretHash is null)
        {
            return Wrong(
                "code_challenge",
                new FieldProblem("required", "A program without a secret must use PKCE")
            );
        }
        return (application, scopes, null);
    }

    private static (OAuthApplication?, IReadOnlyList<string>?, IResult?) Wrong(
        string field,
        FieldProblem problem
    ) => (null, null, Problems.Invalid(problem.Message, new() { [field] = problem }));

    /// <summary>RFC 6749 section 3.1: what is empty counts as left out.</summary>
    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    /// <summary>One that is there twice counts as none that is known.</summary>
    private static string? Of(StringValues values) => values.Count == 0 ? null : values.ToString();
}
