using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Tokens tokens
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    private static readonly AuthenticateResult NotGood = AuthenticateResult.Fail("The token is not good.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (header.Count > 1)
        {
            return NotGood;
        }

        // RFC 9110 section 11.1: the name of a scheme is not case-sensitive.
        var value = header[0];
        if (value is null || !value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        return await FindAsync(value[Prefix.Length..].Trim()) is { } signedIn ? Accept(signedIn) : NotGood;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Context.Features.Get<NotGranted>() is { } refused
            ? Problems.NotGranted(Context, refused.Scope).ExecuteAsync(Context)
        : HasToken() ? Problems.NotValidated(Context).ExecuteAsync(Context)
        : Challenge("not_authenticated", "Not authenticated");

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Context.Features.Get<NotFresh>() is null
            ? Problems.Forbidden("forbidden", "You may not do this").ExecuteAsync(Context)
            : Challenge("not_fresh", "A fresh token is needed: sign in with your password again");

    private Task Challenge(string code, string detail) =>
        Problems.Unauthorized(Context, code, detail).ExecuteAsync(Context);

    private bool HasToken() =>
        Request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    private async Task<SignedIn?> FindAsync(string token)
    {
        if (OAuthSecret.MayBe(token))
        {
            return await FindGrantedAsync(token);
        }
        if (await tokens.ReadAccess(token) is not { } access)
        {
            return null;
        }

        // Asked for here and not injected: a request without a token then opens no store.
        var logins = Context.RequestServices.GetRequiredService<ILoginStore>();
        var signedIn = await logins.FindAsync(access.LoginId, Context.RequestAborted);
        return signedIn is not null && signedIn.Username == access.Username
            ? signedIn with
            {
                Fresh = access.Fresh,
                ExpiresUtc = access.ExpiresUtc,
            }
            : null;
    }

    /// <summary>Whom a program asks for, if they have allowed it what the endpoint asks.</summary>
    private async Task<SignedIn?> FindGrantedAsync(string token)
    {
        if (
            Context.RequestServices.GetService<IOAuthStore>() is not { } store
            || !OAuthSecret.IsToken(token, Context.RequestServices.GetRequiredService<PurposeKeys>())
            || await store.FindTokenAsync(OAuthSecret.Hash(token), Context.RequestAborted) is not { } found
        )
        {
            return null;
        }
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<ScopeMetadata>()?.Scope;
        if (found.Person is { } person && scope is not null && OAuthScopes.Covers(found.Scopes, scope))
        {
            return person with { Scopes = found.Scopes };
        }
        Context.Features.Set(new NotGranted(scope));
        return null;
    }

    private AuthenticateResult Accept(SignedIn signedIn)
    {
        Context.Features.Set(signedIn);
        var identity = new ClaimsIdentity(Scheme.Name);
        identity.AddClaim(new Claim(ClaimTypes.Name, signedIn.Username));
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, Text(signedIn.AccountId)));
        identity.AddClaim(new Claim(ClaimTypes.Sid, Text(signedIn.LoginId)));
        if (signedIn.Superuser)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, PampsAuthDefaults.SuperuserRole));
        }

        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)
        );
    }

    private static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
