namespace Pamps.Auth;

/// <summary>An access token without a refresh token beside it.</summary>
/// <param name="Token">A signed JWT to call the API with.</param>
/// <param name="ExpiresUtc">When it runs out.</param>
public sealed record IssuedAccess(string Token, DateTime ExpiresUtc)
{
    /// <summary>Says nothing of the token, which is a secret.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(IssuedAccess);
}
