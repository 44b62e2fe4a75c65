using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>
/// Where programs, and what people allow them, live. A host without one has no OAuth but the password form; it may be a scoped service.
/// Secrets, codes and tokens come hashed.
/// </summary>
/// <remarks>Every method must be atomic: several run at once for the same code.</remarks>
public interface IOAuthStore
{
    /// <summary>The address of this server, with which its answers begin: <c>iss</c> (RFC 9207), without a slash at its end.</summary>
    /// <param name="request">The request.</param>
    /// <returns>As <c>https://example.org</c>.</returns>
    string IssuerOf(HttpRequest request);

    /// <summary>Keeps a program, unless too many were registered from there.</summary>
    /// <param name="application">The program; its id is the store's to give.</param>
    /// <param name="context">The request, for where it comes from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The id, or after how long there is one more.</returns>
    Task<OAuthRegistration> RegisterAsync(
        OAuthApplication application,
        HttpContext context,
        CancellationToken cancellationToken
    );

    /// <summary>Finds a program.</summary>
    /// <param name="clientId">What a stranger says that its id is.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when there is none.</returns>
    Task<OAuthApplication?> FindApplicationAsync(string clientId, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what a person allows a program, as a code that it may exchange. What ends the person's logins ends it.
    /// </summary>
    /// <param name="person">Who allows it.</param>
    /// <param name="code">What, and until when the code is good.</param>
    /// <param name="context">The request, for where it comes from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when the person's login has ended meanwhile, or the program is gone.</returns>
    Task<bool> KeepCodeAsync(
        SignedIn person,
        OAuthCode code,
        HttpContext context,
        CancellationToken cancellationToken
    );

    /// <summary>Finds a code, also one that was used, as long as its token is good.</summary>
    /// <param name="codeHash">The hash of the code.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when there is none, or it is too old.</returns>
    Task<OAuthCode?> FindCodeAsync(string codeHash, CancellationToken cancellationToken);

    /// <summary>Exchanges a code for a token, once. The second time it ends the token of the first.</summary>
    /// <param name="codeHash">The hash of the code.</param>
    /// <param name="tokenHash">The hash of the token.</param>
    /// <param name="expiresUtc">When the token runs out.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>True for exactly one caller a code.</returns>
    Task<bool> UseCodeAsync(
        string codeHash,
        string tokenHash,
        DateTime expiresUtc,
        CancellationToken cancellationToken
    );

    /// <summary>Keeps a token of a program itself, for which nobody has allowed anything.</summary>
    /// <param name="clientId">The program.</param>
    /// <param name="tokenHash">The hash of the token.</param>
    /// <param name="scopes">What it may.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when the program is gone.</returns>
    Task<bool> KeepTokenAsync(
        string clientId,
        string tokenHash,
        IReadOnlyList<string> scopes,
        CancellationToken cancellationToken
    );

    /// <summary>Finds a token. It is called once a request that shows one.</summary>
    /// <param name="tokenHash">The hash of the token.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Null when there is none that is good, or its account is gone or not active.</returns>
    Task<OAuthToken?> FindTokenAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>Ends a token of a program, which the program itself asks for; does nothing when there is none.</summary>
    /// <param name="clientId">The program.</param>
    /// <param name="tokenHash">The hash of the token.</param>
    /// <param name="context">The request, for where it comes from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>False when it is another program's.</returns>
    Task<bool> RevokeAsync(
        string clientId,
        string tokenHash,
        HttpContext context,
        CancellationToken cancellationToken
    );
}

/// <summary>A program that asks people to be let in (RFC 6749 section 2).</summary>
/// <param name="ClientId">Its id; empty until the store has given one.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Website">Where people read of it, an address of http or https; or null.</param>
/// <param name="RedirectUris">Where it may be led back to.</param>
/// <param name="Scopes">The most that it may ask for.</param>
/// <param name="SecretHash">The hash of its secret; null for a public client, which keeps none (section 2.1).</param>
public sealed record OAuthApplication(
    string ClientId,
    string Name,
    string? Website,
    IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string> Scopes,
    string? SecretHash
)
{
    /// <summary>Leaves the hash out of logs and messages.</summary>
    /// <returns>The name and the id.</returns>
    public override string ToString() => $"{Name} ({ClientId})";
}

/// <summary>What became of a registration.</summary>
/// <param name="ClientId">The program's id; null when too many were registered from there.</param>
/// <param name="RetryAfter">After how long there is one more.</param>
public sealed record OAuthRegistration(string? ClientId, TimeSpan RetryAfter = default);

/// <summary>What a person allows a program, as long as it has not asked for the token.</summary>
/// <param name="ClientId">The program.</param>
/// <param name="CodeHash">The hash of the code.</param>
/// <param name="RedirectUri">Where the code was sent.</param>
/// <param name="Scopes">What was allowed.</param>
/// <param name="Challenge">The challenge of <c>S256</c> (RFC 7636); null when none was given.</param>
/// <param name="ExpiresUtc">Until when the code is good.</param>
public sealed record OAuthCode(
    string ClientId,
    string CodeHash,
    string RedirectUri,
    IReadOnlyList<string> Scopes,
    string? Challenge,
    DateTime ExpiresUtc
);

/// <summary>A token that is good.</summary>
/// <param name="Person">
/// Whose it is, as the account is now, with the login that ends when the token does; null for one of a program itself. Whoever gives it
/// leaves out what programs may not do for the person: it says of nobody that they are a superuser.
/// </param>
/// <param name="Scopes">What was allowed.</param>
public sealed record OAuthToken(SignedIn? Person, IReadOnlyList<string> Scopes);
