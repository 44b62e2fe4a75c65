namespace Pamps.Auth;

/// <summary>What a good access token says.</summary>
/// <param name="Username"><c>sub</c>: the name that the account had when it was issued.</param>
/// <param name="LoginId"><c>sid</c>: the login it belongs to.</param>
/// <param name="Fresh"><c>fresh</c>: whether it came from a password.</param>
/// <param name="Jti"><c>jti</c>: what no other token has.</param>
/// <param name="ExpiresUtc"><c>exp</c>: when it runs out.</param>
public sealed record AccessToken(string Username, long LoginId, bool Fresh, string Jti, DateTime ExpiresUtc);
