using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pamps.Auth;

/// <summary>What a browser is asked at a sign-in with a passkey.</summary>
/// <param name="Options">
/// What <c>PublicKeyCredential.parseRequestOptionsFromJSON</c> takes (<c>PublicKeyCredentialRequestOptionsJSON</c> of Web Authentication).
/// </param>
public sealed record PasskeyOptionsAnswer([property: JsonPropertyName("options")] JsonElement Options);

/// <summary>The JSON body of a sign-in with a passkey. It is for describing the endpoint, which reads the body itself.</summary>
/// <param name="Credential">
/// What <c>toJSON()</c> of the browser's answer gives (<c>AuthenticationResponseJSON</c> of Web Authentication); required.
/// </param>
public sealed record PasskeySignInRequest(
    [property: JsonPropertyName("credential"), JsonRequired] JsonElement Credential
)
{
    /// <summary>Says nothing of the body.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PasskeySignInRequest);
}
