using System.Text.Json.Serialization;

namespace Pamps.Auth;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(TokenForm))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(PasskeyOptionsAnswer))]
[JsonSerializable(typeof(PasskeySignInRequest))]
[JsonSerializable(typeof(OAuthApplicationForm))]
[JsonSerializable(typeof(OAuthApplicationAnswer))]
[JsonSerializable(typeof(OAuthTokenForm))]
[JsonSerializable(typeof(OAuthTokenAnswer))]
[JsonSerializable(typeof(OAuthRevocationForm))]
[JsonSerializable(typeof(OAuthRevocationAnswer))]
[JsonSerializable(typeof(OAuthErrorAnswer))]
[JsonSerializable(typeof(OAuthMetadataAnswer))]
[JsonSerializable(typeof(ConsentRequest))]
[JsonSerializable(typeof(ConsentAnswer))]
[JsonSerializable(typeof(ConsentGivenAnswer))]
internal sealed partial class PampsAuthJson : JsonSerializerContext;
