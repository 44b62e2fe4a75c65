using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>What programs ask themselves: to be registered, for tokens, and for their end.</summary>
internal static class OAuthHandlers
{
    private const int MaxName = 100;
    private const int MaxWebsite = 2_000;

    public static async Task<IResult> RegisterAsync(
        HttpContext context,
        IOAuthStore store,
        CancellationToken cancellationToken
    )
    {
        if (await OAuthParameters.ReadAsync(context.Request, cancellationToken) is not { } given)
        {
            return OAuthAnswers.Unreadable(context);
        }
        if (given.Repeated("client_name", "scopes", "website", "token_endpoint_auth_method") is { } repeated)
        {
            return OAuthAnswers.Repeated(context, repeated);
        }
        if (ClientName.Normalize(given.One("client_name"), MaxName + 1) is not { Length: <= MaxName } name)
        {
            return Wrong($"client_name must be given, with at most {MaxName} characters");
        }
        var uris = given
            .All("redirect_uris")
            .SelectMany(x => x.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Distinct()
            .ToList();
        if (uris.Count is 0 or > RedirectUris.Most || !uris.All(RedirectUris.IsGood))
        {
            return OAuthAnswers.Refuse(
                context,
                "invalid_redirect_uri",
                $"redirect_uris must be 1 to {RedirectUris.Most} addresses of https, of http on one's own machine, of a scheme of one's own, "
                    + $"or {RedirectUris.OutOfBand}; of at most {RedirectUris.MaxLength} characters, without a fragment"
            );
        }
        if (OAuthScopes.Parse(given.One("scopes") ?? OAuthScopes.Default) is not { } scopes)
        {
            return OAuthAnswers.Refuse(context, "invalid_scope", "scopes names one that there is not");
        }
        string? website = null;
        if (given.One("website") is { } address && !IsWebsite(address, out website))
        {
            return Wrong("website must be an address of http or https, or be left out");
        }
        var secret = given.One("token_endpoint_auth_method") == "none" ? null : OAuthSecret.New();
        var application = new OAuthApplication(
            ClientId: "",
            name,
            website,
            uris,
            scopes,
            secret is null ? null : OAuthSecret.Hash(secret)
        );
        var registered = await store.RegisterAsync(application, context, cancellationToken);
        if (registered.ClientId is not { } id)
        {
            return OAuthAnswers.TooMany(context, registered.RetryAfter);
        }
        TokenHandlers.DoNotStore(context);
        return TypedResults.Json(
            new OAuthApplicationAnswer(id, name, website, scopes, string.Join('\n', uris), uris, id, secret),
            PampsAuthJson.Default.OAuthApplicationAnswer
        );

        IResult Wrong(string description) =>
            OAuthAnswers.Refuse(context, "invalid_client_metadata", description);
    }

    public static async Task<IResult> IssueAsync(
        HttpContext context,
        IOAuthStore store,
        IOptions<PampsAuthOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (await OAuthParameters.ReadAsync(context.Request, cancellationToken) is not { } given)
        {
            return OAuthAnswers.Unreadable(context);
        }
        if (
            given.Repeated(
                "grant_type",
                "client_id",
                "client_secret",
                "code",
                "redirect_uri",
                "code_verifier",
                "scope"
            ) is
            { } repeated
        )
        {
            return OAuthAnswers.Repeated(context, repeated);
        }
        var grant = given.One("grant_type");
        if (grant is null)
        {
            return OAuthAnswers.Refuse(context, "invalid_request", "grant_type must be given");
        }
        if (grant is not ("authorization_code" or "client_credentials"))
        {
            return OAuthAnswers.Refuse(
                context,
                "unsupported_grant_type",
                "grant_type must be authorization_code or client_credentials"
            );
        }
        if (await OAuthClient.FindAsync(context, given, store, cancellationToken) is not { } application)
        {
            return OAuthAnswers.UnknownClient(context);
        }
        return grant == "authorization_code"
            ? await ExchangeAsync(context, application, given, store, options, time, cancellationToken)
            : await IssueForItselfAsync(context, application, given, store, time, cancellationToken);
    }

    private static async Task<IResult> ExchangeAsync(
        HttpContext context,
        OAuthApplication application,
        OAuthParameters given,
        IOAuthStore store,
        IOptions<PampsAuthOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (shown, redirect) = (given.One("code"), given.One("redirect_uri"));
        if (shown is null || redirect is null)
        {
            return OAuthAnswers.Refuse(context, "invalid_request", "code and redirect_uri must be given");
        }
        var now = time.GetUtcNow().UtcDateTime;
        var expires = options.Value.OAuthTokenLifetime is { } lifetime ? now.Add(lifetime) : Never;
        var (hash, token) = (OAuthSecret.Hash(shown), NewToken(context));
        var code = await store.FindCodeAsync(hash, cancellationToken);
        return
            code is not null
            && code.ClientId == application.ClientId
            && code.RedirectUri == redirect
            && Pkce.IsRight(code.Challenge, given.One("code_verifier"))
            && await store.UseCodeAsync(hash, OAuthSecret.Hash(token), expires, cancellationToken)
            ? Give(context, token, code.Scopes, now, expires)
            : OAuthAnswers.Refuse(
                context,
                "invalid_grant",
                "The code is not good: it was used, is too old, is another program's, or redirect_uri or code_verifier is not the one of it"
            );
    }

    /// <summary>A login always has an end; this is the last that both databases and JSON know.</summary>
    internal static readonly DateTime Never = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    private static async Task<IResult> IssueForItselfAsync(
        HttpContext context,
        OAuthApplication application,
        OAuthParameters given,
        IOAuthStore store,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        // RFC 6749 section 4.4: for those alone who can show who they are.
        if (application.SecretHash is null)
        {
            return OAuthAnswers.Refuse(
                context,
                "unauthorized_client",
                "A program without a secret gets no token for itself"
            );
        }
        var scopes = OAuthScopes.Parse(given.One("scope") ?? OAuthScopes.Default);
        if (scopes is null || !scopes.All(x => OAuthScopes.Covers(application.Scopes, x)))
        {
            return OAuthAnswers.Refuse(
                context,
                "invalid_scope",
                "scope names one that there is not, or that the program was not registered for"
            );
        }
        var token = NewToken(context);
        return await store.KeepTokenAsync(
            application.ClientId,
            OAuthSecret.Hash(token),
            scopes,
            cancellationToken
        )
            ? Give(context, token, scopes, time.GetUtcNow().UtcDateTime, Never)
            : OAuthAnswers.UnknownClient(context);
    }

    public static async Task<IResult> RevokeAsync(
        HttpContext context,
        IOAuthStore store,
        CancellationToken cancellationToken
    )
    {
        if (await OAuthParameters.ReadAsync(context.Request, cancellationToken) is not { } given)
        {
            return OAuthAnswers.Unreadable(context);
        }
        if (given.Repeated("token", "client_id", "client_secret") is { } repeated)
        {
            return OAuthAnswers.Repeated(context, repeated);
        }
        if (given.One("token") is not { } token)
        {
            return OAuthAnswers.Refuse(context, "invalid_request", "token must be given");
        }
        if (await OAuthClient.FindAsync(context, given, store, cancellationToken) is not { } application)
        {
            return OAuthAnswers.UnknownClient(context);
        }
        // RFC 7009 section 2.2: one that there is not is as good as ended.
        return await store.RevokeAsync(
            application.ClientId,
            OAuthSecret.Hash(token),
            context,
            cancellationToken
        )
            ? TypedResults.Json(new OAuthRevocationAnswer(), PampsAuthJson.Default.OAuthRevocationAnswer)
            : OAuthAnswers.Refuse(
                context,
                "unauthorized_client",
                "The token is another program's",
                StatusCodes.Status403Forbidden
            );
    }

    public static IResult ReadMetadata(HttpContext context, IOAuthStore store)
    {
        var issuer = store.IssuerOf(context.Request);
        return TypedResults.Json(
            new OAuthMetadataAnswer(
                issuer,
                issuer + PampsOAuthEndpoints.Authorize,
                issuer + PampsOAuthEndpoints.Token,
                issuer + PampsOAuthEndpoints.Revoke,
                issuer + PampsOAuthEndpoints.UserInfo,
                issuer + PampsOAuthEndpoints.Applications,
                OAuthScopes.All,
                ["code"],
                ["query"],
                ["authorization_code", "client_credentials"],
                ["client_secret_basic", "client_secret_post", "none"],
                [Pkce.Method],
                AuthorizationResponseIssParameterSupported: true
            ),
            PampsAuthJson.Default.OAuthMetadataAnswer
        );
    }

    private static string NewToken(HttpContext context) =>
        OAuthSecret.NewToken(context.RequestServices.GetRequiredService<PurposeKeys>());

    private static JsonHttpResult<OAuthTokenAnswer> Give(
        HttpContext context,
        string token,
        IReadOnlyList<string> scopes,
        DateTime now,
        DateTime expires
    )
    {
        TokenHandlers.DoNotStore(context);
        return TypedResults.Json(
            new OAuthTokenAnswer(
                token,
                "Bearer",
                string.Join(' ', scopes),
                new DateTimeOffset(now).ToUnixTimeSeconds(),
                expires == Never ? null : (long)(expires - now).TotalSeconds
            ),
            PampsAuthJson.Default.OAuthTokenAnswer
        );
    }

    /// <param name="given">What was sent.</param>
    /// <param name="website">The address in the letters that addresses are written in, without such as cannot be kept.</param>
    private static bool IsWebsite(string given, out string? website)
    {
        website =
            Uri.TryCreate(given, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0
                ? uri.AbsoluteUri
                : null;
        return website?.Length <= MaxWebsite;
    }
}
