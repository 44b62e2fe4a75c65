using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pamps.Faults.Tests.Hostile;

/// <summary>A request that no honest client sends, or nearly.</summary>
internal sealed record Odd(string Method, string Path, string? MediaType, byte[]? Body, string? Key);

/// <summary>
/// Makes requests from the description of the API, and breaks them: types, lengths, characters, numbers, media types,
/// names twice, depth. The same seed makes the same requests.
/// </summary>
internal sealed class Mutator(JsonNode document, int seed)
{
    private static readonly string[] Texts =
    [
        "",
        " ",
        "null",
        "0",
        "-1",
        "1.5",
        "9007199254740993",
        "9223372036854775808",
        "1e400",
        "../../etc/passwd",
        "%00",
        "\0",
        "\ud800",
        "\u202e\u200d\ufeff",
        "👩‍👩‍👧‍👦",
        "' OR 1=1 --",
        "\"; DROP TABLE post; --",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "%",
        "_",
        "*",
        "\"",
        "from:",
        "#",
        "@",
        "İıſK",
        new('a', 600),
        new('é', 5_000),
        string.Concat(Enumerable.Repeat("a\u0301\u0323", 300)),
        string.Concat(Enumerable.Repeat("\"a", 300)),
    ];

    private static readonly string[] Raw =
    [
        "",
        "{",
        "[]",
        "null",
        "\"",
        "{\"text\":}",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":\"\\u0000\"}",
        "{\"text\":1e999}",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "\ufeff{\"text\":\"a\"}",
        string.Concat(Enumerable.Repeat("[", 10_000)),
        string.Concat(Enumerable.Repeat("{\"text\":", 5_000)),
    ];

    private static readonly string[] MediaTypes =
    [
        "application/json",
        "application/json",
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "application/json; charset=utf-16",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "nonsense",
    ];

    private readonly Random random = new(seed);
    private readonly List<(string Path, string Method, JsonNode Operation)> operations =
    [
        .. document["paths"]!
            .AsObject()
            // A stream lasts; it has tests of its own.
            .Where(x => x.Key != "/stream/")
            .SelectMany(x => x.Value!.AsObject().Select(y => (x.Key, y.Key.ToUpperInvariant(), y.Value!))),
    ];

    public Odd Next()
    {
        var (path, method, operation) = Any(operations);
        var query = new List<string>();
        string? key = null;
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = (string)parameter!["name"]!;
            var text = Text();
            switch ((string)parameter["in"]!)
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Escape(text), StringComparison.Ordinal);
                    break;
                case "query" when random.Next(2) == 0:
                    query.AddRange(Enumerable.Repeat($"{name}={Escape(text)}", 1 + random.Next(2)));
                    break;
                case "header" when name == "Idempotency-Key" && random.Next(2) == 0:
                    key = new string([.. text.Where(x => x is > ' ' and <= '~')]);
                    break;
            }
        }
        if (query.Count > 0)
        {
            path += "?" + string.Join('&', query);
        }
        if (random.Next(20) == 0)
        {
            method = Any(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO"]);
        }
        if (operation["requestBody"]?["content"]?.AsObject().First() is not { } content)
        {
            return new Odd(method, path, null, null, key);
        }
        var type = random.Next(4) == 0 ? Any(MediaTypes) : content.Key;
        return new Odd(method, path, type, Body(content.Key, content.Value!["schema"]!), key);
    }

    private static string Escape(string text)
    {
        // What is no text cannot be escaped as such, and is sent as the bytes that it would be.
        var escaped = new StringBuilder();
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            escaped.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
        }
        return escaped.ToString();
    }

    private byte[] Body(string mediaType, JsonNode schema)
    {
        if (random.Next(5) == 0)
        {
            return Encoding.UTF8.GetBytes(Any(Raw));
        }
        var fields = Resolve(schema)["properties"]?.AsObject().Select(x => (x.Key, Value(x.Value!))).ToList()
            ?? [];
        if (fields.Count > 0 && random.Next(3) == 0)
        {
            fields.RemoveAt(random.Next(fields.Count));
        }
        if (fields.Count > 0 && random.Next(4) == 0)
        {
            fields.Add((Any(fields).Key, Odd()));
        }
        var text = mediaType.Contains("json", StringComparison.Ordinal)
            ? $"{{{string.Join(',', fields.Select(x => $"{JsonSerializer.Serialize(x.Key)}:{x.Item2}"))}}}"
            : string.Join('&', fields.Select(x => $"{x.Key}={Escape(x.Item2.Trim('"'))}"));
        var body = Encoding.UTF8.GetBytes(text);
        if (body.Length > 0 && random.Next(10) == 0)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }
        return body;
    }

    private JsonNode Resolve(JsonNode schema) =>
        (string?)schema["$ref"] is { } name
            ? document["components"]!["schemas"]![name.Split('/')[^1]]!
            : schema;

    /// <summary>Half of the values are honest, so that the others are looked at too.</summary>
    private string Value(JsonNode schema)
    {
        if (random.Next(2) == 0)
        {
            return Odd();
        }
        var type = schema["type"]?.ToJsonString() ?? "";
        return type.Contains("integer", StringComparison.Ordinal)
                ? random.Next(100).ToString(CultureInfo.InvariantCulture)
            : type.Contains("boolean", StringComparison.Ordinal) ? "true"
            : JsonSerializer.Serialize($"word{random.Next(1_000_000)}");
    }

    private string Odd() =>
        random.Next(8) switch
        {
            0 => "null",
            1 => Any(["-1", "0", "1.5", "1e400", "9007199254740993", "99999999999999999999999999", "-0"]),
            2 => "true",
            3 => "[[[[]]]]",
            4 => "{\"a\":{\"b\":[1,2,{}]}}",
            _ => JsonSerializer.Serialize(Text()),
        };

    private string Text() => random.Next(3) == 0 ? $"word{random.Next(1000)}" : Any(Texts);

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
