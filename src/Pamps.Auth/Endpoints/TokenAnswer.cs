using System.Text.Json.Serialization;

namespace Pamps.Auth;

/// <summary>The answer to a sign-in or refresh, as RFC 6749 section 5.1 has it.</summary>
/// <param name="AccessToken">To call the API with.</param>
/// <param name="RefreshToken">To get the next pair with, once.</param>
/// <param name="TokenType">Always <c>bearer</c>.</param>
/// <param name="ExpiresIn">Seconds that the access token is good for.</param>
public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] long ExpiresIn
)
{
    /// <summary>Says nothing of the tokens, which are secrets.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(TokenAnswer);
}
