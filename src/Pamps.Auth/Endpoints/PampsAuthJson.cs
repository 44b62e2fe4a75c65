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
internal sealed partial class PampsAuthJson : JsonSerializerContext;
