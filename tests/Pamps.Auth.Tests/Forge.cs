using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pamps.Auth.Tests;

/// <summary>Writes tokens by hand, good and bad, without the library under test.</summary>
internal static class Forge
{
    public static JsonObject Payload(string token) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    public static string Changed(string token, string claim, JsonNode? value)
    {
        var payload = Payload(token);
        payload[claim] = value;
        var parts = token.Split('.');
        return $"{parts[0]}.{Encode(payload)}.{parts[2]}";
    }

    public static string Unsigned(JsonObject payload) => $"{Head("none")}.{Encode(payload)}.";

    public static string Signed(JsonObject payload, string algorithm = "HS256", string key = Settings.Key)
    {
        var text = $"{Head(algorithm)}.{Encode(payload)}";
        var (secret, data) = (Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text));
        var hash = algorithm switch
        {
            "HS384" => HMACSHA384.HashData(secret, data),
            "HS512" => HMACSHA512.HashData(secret, data),
            _ => HMACSHA256.HashData(secret, data),
        };
        return $"{text}.{Base64Url.EncodeToString(hash)}";
    }

    private static string Head(string algorithm) =>
        Encode(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" });

    private static string Encode(JsonObject json) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
