using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Core.Results;
using Pamps.Core.Text;

namespace Pamps.Core.Users;

/// <summary>One of the facts that a person shows of themselves, such as where they live.</summary>
/// <param name="Name">What it is: 1 to 30 characters, in one line.</param>
/// <param name="Value">The fact: 1 to 200 characters, in one line.</param>
public sealed record ProfileField(string Name, string Value)
{
    /// <summary>The most that a profile has.</summary>
    public const int Most = 4;

    /// <summary>The most characters of a name.</summary>
    public const int MaxNameLength = 30;

    /// <summary>The most characters of a value.</summary>
    public const int MaxValueLength = 200;

    private static readonly Error TooMany = Error.Invalid(
        "fields",
        "too_many_fields",
        string.Create(CultureInfo.InvariantCulture, $"A profile has at most {Most} fields."),
        most: Most
    );

    /// <summary>The fields as they are kept, or what is wrong with each of them.</summary>
    internal static Result<IReadOnlyList<ProfileField>> Check(IReadOnlyList<GivenField?>? fields)
    {
        if (fields is null)
        {
            return Array.Empty<ProfileField>();
        }
        if (fields.Count > Most)
        {
            return TooMany;
        }
        var errors = new FieldErrors();
        var kept = new List<ProfileField>();
        for (var i = 0; i < fields.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"fields[{i}]");
            var name = Take(".name", fields[i]?.Name, MaxNameLength);
            var value = Take(".value", fields[i]?.Value, MaxValueLength);
            if (name is not null && value is not null)
            {
                kept.Add(new(name, value));
            }

            string? Take(string part, string? text, int most) =>
                errors.Take(place + part, OneLine.Normalize(place + part, text, 1, most));
        }
        return errors.Any(out var error) ? error : kept;
    }
}

/// <summary>What somebody gives as a field of their profile.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The fact.</param>
public sealed record GivenField(string? Name, string? Value);

/// <summary>The fields of a profile as they are kept with it.</summary>
/// <param name="Json">An array in Core's own form; null for none.</param>
public readonly record struct FieldsJson(string? Json)
{
    private static readonly FieldsJsonContext Context = new(KeptJson.NewOptions());

    /// <summary>The fields, in their order.</summary>
    public IReadOnlyList<ProfileField> Read() =>
        Json is null ? [] : JsonSerializer.Deserialize(Json, Context.ProfileFieldArray) ?? [];

    /// <summary>These fields, as they are kept.</summary>
    internal static FieldsJson Of(IReadOnlyList<ProfileField>? fields) =>
        new(
            fields is { Count: > 0 } ? JsonSerializer.Serialize([.. fields], Context.ProfileFieldArray) : null
        );
}

[JsonSerializable(typeof(ProfileField[]))]
internal sealed partial class FieldsJsonContext : JsonSerializerContext;
