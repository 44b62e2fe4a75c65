using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pamps.Auth;

/// <summary>
/// The JSON body of <see cref="PampsTokenEndpoints.MapPampsJsonSignIn"/>. It is for describing the
/// endpoint; the endpoint reads the body itself.
/// </summary>
/// <param name="Username">A user name or e-mail address; required.</param>
/// <param name="Password">The password; required.</param>
/// <param name="Otp">A code of the authenticator app, or a recovery code; where the account asks for one.</param>
/// <param name="Passkey">
/// In place of a code, in a browser that was asked for it: what <c>toJSON()</c> of its answer gives (<c>AuthenticationResponseJSON</c>
/// of Web Authentication).
/// </param>
public sealed record SignInRequest(
    [property: JsonPropertyName("username"), JsonRequired] string Username,
    [property: JsonPropertyName("password"), JsonRequired] string Password,
    [property: JsonPropertyName("otp")] string? Otp = null,
    [property: JsonPropertyName("passkey")] JsonElement? Passkey = null
)
{
    /// <summary>Says nothing of the body, which has secrets.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(SignInRequest);
}
