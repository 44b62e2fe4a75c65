namespace Pamps.Auth;

/// <summary>
/// A refresh token to be: the login store keeps it before the token can be written, as only then the
/// id of the login is known.
/// </summary>
/// <param name="Jti">128 random bits in base64url.</param>
/// <param name="ExpiresUtc">When the token runs out, in whole seconds.</param>
/// <param name="BeganUtc">When the password was given that its login began with, in whole seconds.</param>
public sealed record RefreshSeed(string Jti, DateTime ExpiresUtc, DateTime BeganUtc);
