namespace Pamps.Auth;

/// <summary>What a refresh token with a good signature says; whether it is still the good one of its
/// login, only the <see cref="ILoginStore"/> knows.</summary>
/// <param name="Username"><c>sub</c>: the name that the account had when it was issued.</param>
/// <param name="LoginId"><c>sid</c>: the login it belongs to.</param>
/// <param name="Jti"><c>jti</c>: what no other token has.</param>
/// <param name="ExpiresUtc"><c>exp</c>: when it runs out.</param>
/// <param name="IssuedUtc"><c>iat</c>: when it was issued.</param>
/// <param name="BeganUtc">
/// <c>auth_time</c>: when the password was given that its login began with; null where an earlier version did not say.
/// </param>
public sealed record RefreshToken(
    string Username,
    long LoginId,
    string Jti,
    DateTime ExpiresUtc,
    DateTime IssuedUtc,
    DateTime? BeganUtc
);
