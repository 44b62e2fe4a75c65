using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pamps.Tests.Accounts;

/// <summary>Reads tokens and writes false ones by hand.</summary>
internal static class Forge
{
    public static JsonObject Payload(string token) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    /// <summary>The token with another claim under the old signature.</summary>
    public static string Changed(string token, string claim, JsonNode? value)
    {
        var (parts, payload) = (token.Split('.'), Payload(token));
        payload[claim] = value;
        return $"{parts[0]}.{Encode(payload)}.{parts[2]}";
    }

    public static string Unsigned(string token, string algorithm = "none") =>
        $"{Head(algorithm)}.{token.Split('.')[1]}.";

    public static string Signed(JsonObject payload, string key, string algorithm = "HS256")
    {
        var text = $"{Head(algorithm)}.{Encode(payload)}";
        var (secret, data) = (Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));
        var hash =
            algorithm == "HS512" ? HMACSHA512.HashData(secret, data) : HMACSHA256.HashData(secret, data);
        return $"{text}.{Base64Url.EncodeToString(hash)}";
    }

    private static string Head(string algorithm) =>
        Encode(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" });

    private static string Encode(JsonObject json) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
