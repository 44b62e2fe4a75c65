using System.Globalization;
using System.Text;
using Pamps.Core.Results;

namespace Pamps.Core.Text;

/// <summary>
/// The rules for what stands in one line beside other people's, such as a name: what nobody sees is taken out of it, so that no two look
/// alike by that, and nothing turns round what stands behind it.
/// </summary>
internal static class OneLine
{
    /// <summary>What is taken out does not count, and yet is not without end.</summary>
    private const int MostGiven = 4;

    /// <summary>The most signs above and below one character, as in what is drawn of a text (docs/decisions/0015).</summary>
    private const int MostMarks = 4;

    /// <summary>How much is looked at of what a stranger wrote: far more than is shown.</summary>
    private const int MostRead = 10_000;

    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The text in the form it is kept in, or why it is refused. One of which nothing is seen is empty.</summary>
    /// <param name="field">The field that is to blame.</param>
    /// <param name="text">What was given.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public static Result<string> Normalize(string field, string? text, int minLength, int maxLength)
    {
        var normal = PlainText.Normalize(field, text, 0, maxLength * MostGiven);
        if (normal.IsRefused(out var error))
        {
            return error.Fields![field].Code == "too_long" ? PlainText.TooLong(field, maxLength) : error;
        }
        var line = PlainText.Normalize(field, SeenOf(normal.Value), minLength, maxLength);
        return line.IsRefused(out _) || !HasTooManyMarks(line.Value)
            ? line
            : Error.Invalid(
                field,
                "too_many_marks",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A character has at most {MostMarks} marks above and below it."
                ),
                most: MostMarks
            );
    }

    /// <summary>
    /// What a stranger wrote, made to be such a line: what would be refused is left out, and the rest cut at so many characters.
    /// </summary>
    /// <returns>Null when nothing is left that is seen.</returns>
    public static string? Fit(string? text, int maxLength)
    {
        if (text is null)
        {
            return null;
        }
        var sound = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MostRead))
        {
            // U+FFFE cannot be normalized.
            sound.Append(rune.Value == 0xFFFE ? Rune.ReplacementChar.ToString() : rune.ToString());
        }
        var line = WithFewMarks(SeenOf(sound.ToString().Normalize(NormalizationForm.FormC)));
        var runes = line.EnumerateRunes().ToList();
        if (runes.TrueForAll(Unseen.Is))
        {
            return null;
        }
        return runes.Count <= maxLength ? line : string.Concat(runes.Take(maxLength - 1)).TrimEnd() + "…";
    }

    private static string WithFewMarks(string text)
    {
        var kept = new StringBuilder(text.Length);
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            marks =
                IsMark(rune) ? marks + 1
                : Unseen.IsIgnorable(rune) ? marks
                : 0;
            if (marks <= MostMarks)
            {
                kept.Append(rune.ToString());
            }
        }
        return kept.ToString();
    }

    private static string SeenOf(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Unseen.IsBlank(rune))
            {
                seen.Append(' ');
            }
            else if (!Unseen.Is(rune) || IsPartOfSign(rune))
            {
                seen.Append(rune.ToString());
            }
        }
        return string.Join(' ', seen.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What emoji are put together of, and letters of some scripts are joined or kept apart by.</summary>
    private static bool IsPartOfSign(Rune rune) =>
        rune.Value
            is ZeroWidthNonJoiner
                or ZeroWidthJoiner
                or (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0020 and <= 0xE007F);

    private static bool HasTooManyMarks(string text)
    {
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsMark(rune))
            {
                marks++;
            }
            else if (!Unseen.IsIgnorable(rune))
            {
                marks = 0;
            }
            if (marks > MostMarks)
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;
}
