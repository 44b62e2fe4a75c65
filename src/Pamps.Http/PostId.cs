using System.Globalization;
using Pamps.Core;
using Pamps.Core.Results;

namespace Pamps.Http;

/// <summary>The id of a post in a path; of a login too.</summary>
internal readonly record struct PostId(long Value) : ICheckedInput
{
    public IReadOnlyDictionary<string, FieldError>? Wrong =>
        Value > 0
            ? null
            : new Dictionary<string, FieldError>
            {
                ["id"] = new("not_an_id", "An id is a positive whole number of at most 53 bits."),
            };

    /// <summary>Always succeeds: a wrong id says so itself, with our words and status.</summary>
    public static bool TryParse(string? text, out PostId id)
    {
        id = new PostId(ParseOrZero(text));
        return true;
    }

    /// <summary>The id, or 0 when the text is not one.</summary>
    /// <remarks>Digits alone: .NET's own parsing lets a number end in NULs.</remarks>
    public static long ParseOrZero(string? text) =>
        text is not null
        && !text.EndsWith('\0')
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id <= Ids.Max
            ? id
            : 0;
}
