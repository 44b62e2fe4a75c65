using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>
/// Who makes a request. An endpoint takes it as a parameter; without a good token it is null, so an
/// endpoint that does not require authorization declares it nullable.
/// </summary>
/// <param name="AccountId">The account.</param>
/// <param name="Username">Its name as it is now.</param>
/// <param name="Superuser">Whether it may do everything.</param>
/// <param name="LoginId">The login that the token belongs to.</param>
/// <param name="Fresh">Whether the token came from a password and not from a refresh token.</param>
public sealed record SignedIn(
    long AccountId,
    string Username,
    bool Superuser,
    long LoginId,
    bool Fresh = false
)
{
    /// <summary>The host's own word for what the account may do, as its store of logins gives it; or null.</summary>
    public string? Role { get; init; }

    /// <summary>A number of the host's own about the account, as its store of logins gives it with each look; 0 where it gives none.</summary>
    public long Mark { get; init; }

    /// <summary>What the person allowed the program that asks for them (<see cref="OAuthScopes"/>); null when they ask themselves.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>When the token of the request runs out, UTC: for answers that last longer than a moment.</summary>
    public DateTime ExpiresUtc { get; init; }

    /// <summary>Binds an endpoint's parameter; the framework calls it.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Who makes the request; null when nobody is signed in.</returns>
    public static ValueTask<SignedIn?> BindAsync(HttpContext context) => new(context.GetSignedIn());
}
