using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Pamps.Auth;

/// <summary>
/// What a program sends: as a form, as RFC 6749 has it, as a form of several parts, or as JSON, since the apps of the Mastodon world send
/// each of them to the same door.
/// </summary>
internal sealed class OAuthParameters
{
    private readonly Dictionary<string, List<string>> values = new(StringComparer.Ordinal);

    private OAuthParameters() { }

    /// <summary>Reads the body; null when it is none of those, or broken.</summary>
    public static async Task<OAuthParameters?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var read = new OAuthParameters();
        try
        {
            if (request.HasFormContentType)
            {
                foreach (var (name, texts) in await request.ReadFormAsync(ct))
                {
                    read.Add(name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name, texts);
                }
                return read;
            }
            if (request.HasJsonContentType())
            {
                using var json = await JsonDocument.ParseAsync(request.Body, default, ct);
                return read.TryAdd(json.RootElement) ? read : null;
            }
            return request.ContentType is null ? read : null;
        }
        // A body over the host's limit is an IOException too, and the host's to answer.
        catch (Exception broken)
            when (broken
                    is JsonException
                        or InvalidDataException
                        or InvalidOperationException
                        or IOException
                        and not BadHttpRequestException
            )
        {
            return null;
        }
    }

    /// <summary>The one value; null when there is none, or it is empty (RFC 6749 section 3.1: as if it were left out).</summary>
    public string? One(string name) =>
        values.TryGetValue(name, out var all) && all is [{ Length: > 0 } only] ? only : null;

    /// <summary>All values.</summary>
    public IReadOnlyList<string> All(string name) => values.GetValueOrDefault(name) ?? [];

    /// <summary>One that is there more than once, which section 3.2 forbids; null when none is.</summary>
    public string? Repeated(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (All(name).Count > 1)
            {
                return name;
            }
        }
        return null;
    }

    private bool TryAdd(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return false;
        }
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                Add(member.Name, member.Value.EnumerateArray().Select(TextOf));
            }
            else
            {
                Add(member.Name, [TextOf(member.Value)]);
            }
        }
        return true;
    }

    private static string? TextOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

    private void Add(string name, IEnumerable<string?> texts)
    {
        if (!values.TryGetValue(name, out var all))
        {
            values[name] = all = [];
        }
        all.AddRange(texts.OfType<string>());
    }
}
