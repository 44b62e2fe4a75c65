using System.Text.Json.Serialization;

namespace Pamps.Auth;

/// <summary>The answer to a browser that signs in or refreshes; its refresh token is in a cookie.</summary>
/// <param name="AccessToken">To call the API with.</param>
/// <param name="TokenType">Always <c>bearer</c>.</param>
/// <param name="ExpiresIn">Seconds that the access token is good for.</param>
public sealed record SessionAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] long ExpiresIn
)
{
    /// <summary>Says nothing of the token, which is a secret.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(SessionAnswer);
}
