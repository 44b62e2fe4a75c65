using System.Text.Json.Serialization;

namespace Pamps.Auth;

/// <summary>The JSON body of <c>POST /refresh_token</c> and <c>POST /logout</c>.</summary>
/// <param name="RefreshToken">The refresh token; required.</param>
public sealed record RefreshRequest(
    [property: JsonPropertyName("refresh_token"), JsonRequired] string RefreshToken
)
{
    /// <summary>Says nothing of the token, which is a secret.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(RefreshRequest);
}
