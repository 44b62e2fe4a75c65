using System.Globalization;
using Pamps.Auth;
using Pamps.Core.Applications;

namespace Pamps.Http.Accounts;

/// <summary>Tells Pamps.Auth where programs live, and what people have allowed them.</summary>
internal sealed class PampsApplications(
    RegisterApplication register,
    AllowApplication allow,
    ExchangeCode exchange,
    ApplicationTokens tokens,
    SiteLinks links
) : IOAuthStore
{
    public string IssuerOf(HttpRequest request) => links.Absolute(request, "");

    public async Task<OAuthRegistration> RegisterAsync(
        OAuthApplication application,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var registered = await register.RunAsync(
            new ApplicationView(
                0,
                application.Name,
                application.Website,
                application.RedirectUris,
                application.Scopes,
                application.SecretHash
            ),
            CallerNetwork.HashOf(context),
            cancellationToken
        );
        return registered.IsRefused(out var error)
            ? new OAuthRegistration(null, error.Exceeded?.RetryAfter ?? TimeSpan.Zero)
            : new OAuthRegistration(Text(registered.Value));
    }

    public async Task<OAuthApplication?> FindApplicationAsync(
        string clientId,
        CancellationToken cancellationToken
    ) =>
        Id(clientId) is { } id && await register.FindAsync(id, cancellationToken) is { } found
            ? new OAuthApplication(
                Text(found.Id),
                found.Name,
                found.Website,
                found.RedirectUris,
                found.Scopes,
                found.SecretHash
            )
            : null;

    public async Task<bool> KeepCodeAsync(
        SignedIn person,
        OAuthCode code,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var kept = new AllowedCode(
            Id(code.ClientId) ?? 0,
            code.CodeHash,
            code.RedirectUri,
            code.Scopes,
            code.Challenge,
            code.ExpiresUtc
        );
        return !(await allow.RunAsync(person.ToViewer(context), kept, cancellationToken)).IsRefused(out _);
    }

    public async Task<OAuthCode?> FindCodeAsync(string codeHash, CancellationToken cancellationToken) =>
        await exchange.FindAsync(codeHash, cancellationToken) is { } found
            ? new OAuthCode(
                Text(found.ApplicationId),
                found.CodeHash,
                found.RedirectUri,
                found.Scopes,
                found.Challenge,
                found.ExpiresAt
            )
            : null;

    public Task<bool> UseCodeAsync(
        string codeHash,
        string tokenHash,
        DateTime expiresUtc,
        CancellationToken cancellationToken
    ) => exchange.RunAsync(codeHash, tokenHash, expiresUtc, cancellationToken);

    public async Task<bool> KeepTokenAsync(
        string clientId,
        string tokenHash,
        IReadOnlyList<string> scopes,
        CancellationToken cancellationToken
    ) => !(await tokens.KeepAsync(Id(clientId) ?? 0, tokenHash, scopes, cancellationToken)).IsRefused(out _);

    public async Task<OAuthToken?> FindTokenAsync(string tokenHash, CancellationToken cancellationToken) =>
        await tokens.FindAsync(tokenHash, cancellationToken) is { } found
            ? new OAuthToken(
                found.Owner is { } owner
                    ? new SignedIn(owner.Id, owner.Username, Superuser: false, found.LoginId)
                    {
                        ExpiresUtc = owner.ExpiresAt,
                        Mark = AccountMark.Of(owner),
                    }
                    : null,
                found.Scopes
            )
            : null;

    public async Task<bool> RevokeAsync(
        string clientId,
        string tokenHash,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var ended = await tokens.RevokeAsync(
            Id(clientId) ?? 0,
            tokenHash,
            CallerNetwork.HashForLog(context),
            cancellationToken
        );
        return !ended.IsRefused(out _);
    }

    private static long? Id(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
