using System.Text.Json.Serialization;

namespace Pamps.Auth;

/// <summary>
/// The form of <c>POST /token</c>, the password grant of RFC 6749 section 4.3.2. It is for describing
/// the endpoint; the endpoint reads the form itself.
/// </summary>
/// <param name="Username">A user name or e-mail address; required.</param>
/// <param name="Password">The password; required.</param>
/// <param name="GrantType">Empty or <c>password</c>.</param>
/// <param name="Scope">Ignored.</param>
/// <param name="ClientId">Ignored.</param>
/// <param name="ClientSecret">Ignored.</param>
/// <param name="Otp">A code of the authenticator app, or a recovery code; where the account asks for one.</param>
public sealed record TokenForm(
    [property: JsonPropertyName("username")] string Username,
    [property: JsonPropertyName("password")] string Password,
    [property: JsonPropertyName("grant_type")] string? GrantType = null,
    [property: JsonPropertyName("scope")] string? Scope = null,
    [property: JsonPropertyName("client_id")] string? ClientId = null,
    [property: JsonPropertyName("client_secret")] string? ClientSecret = null,
    [property: JsonPropertyName("otp")] string? Otp = null
)
{
    /// <summary>Says nothing of the form, which has secrets.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(TokenForm);
}
