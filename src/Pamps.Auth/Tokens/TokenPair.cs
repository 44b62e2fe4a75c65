namespace Pamps.Auth;

/// <summary>The two tokens of one sign-in or refresh.</summary>
/// <param name="AccessToken">A signed JWT to call the API with.</param>
/// <param name="RefreshToken">A signed JWT that gets the next pair, once.</param>
/// <param name="RefreshJti">The <c>jti</c> of the refresh token.</param>
/// <param name="AccessExpiresUtc">When the access token runs out.</param>
/// <param name="RefreshExpiresUtc">When the refresh token runs out.</param>
public sealed record TokenPair(
    string AccessToken,
    string RefreshToken,
    string RefreshJti,
    DateTime AccessExpiresUtc,
    DateTime RefreshExpiresUtc
)
{
    /// <summary>Names the pair without its tokens, which are secrets.</summary>
    /// <returns>The <c>jti</c> of the refresh token.</returns>
    public override string ToString() => $"TokenPair {RefreshJti}";
}
