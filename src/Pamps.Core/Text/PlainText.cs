using System.Globalization;
using System.Text;
using Pamps.Core.Results;

namespace Pamps.Core.Text;

/// <summary>
/// The rules for what people write: trimmed, in Unicode's normal form C, counted in code points, and free of
/// control characters but newline and tab. Lines end in a newline, however a system writes it. One of which nothing is seen is
/// empty.
/// </summary>
internal static class PlainText
{
    /// <summary>The text in the form it is kept in, or why it is refused.</summary>
    public static Result<string> Normalize(string field, string? text, int minLength, int maxLength)
    {
        if (text is null)
        {
            return Error.Invalid(field, "required", "A text is needed.");
        }

        text = text.Trim();

        // Far more than any normalization can shrink: refuse before spending time on it.
        if (text.Length > maxLength * 8L)
        {
            return TooLong(field, maxLength);
        }
        if (!IsWellFormed(text))
        {
            return Error.Invalid(field, "not_unicode", "The text is not well-formed Unicode.");
        }

        var normal = text.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Normalize(NormalizationForm.FormC)
            .Trim();
        if (normal.Any(x => char.IsControl(x) && x is not '\n' and not '\t'))
        {
            return Error.Invalid(
                field,
                "control_character",
                "The text holds a control character other than newline and tab."
            );
        }
        // A text of nothing but joiners and the like would be an empty line in everyone's timeline.
        if (normal.EnumerateRunes().All(Unseen.Is))
        {
            normal = "";
        }
        var length = normal.EnumerateRunes().Count();
        return length > maxLength ? TooLong(field, maxLength)
            : length < minLength ? Empty(field)
            : normal;
    }

    /// <summary>The refusal of a text that has nothing in it.</summary>
    public static Error Empty(string field) => Error.Invalid(field, "empty", "The text is empty.");

    /// <summary>The refusal of a text that is too long.</summary>
    public static Error TooLong(string field, int maxLength) =>
        Error.Invalid(
            field,
            "too_long",
            string.Create(CultureInfo.InvariantCulture, $"The text has more than {maxLength} characters."),
            most: maxLength
        );

    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            // U+FFFE is a byte order mark read the wrong way round; normalization throws at it.
            else if (char.IsSurrogate(text[i]) || text[i] == '\uFFFE')
            {
                return false;
            }
        }
        return true;
    }
}
