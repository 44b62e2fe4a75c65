using System.Globalization;
using System.Text;

namespace Pamps.Core.Text;

/// <summary>Which characters words are made of, in any script.</summary>
internal static class Words
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>The character that begins at a place, or U+FFFD for half of a surrogate pair; U+0000 at the end.</summary>
    public static Rune RuneAt(string text, int place, out int units)
    {
        if (place >= text.Length)
        {
            units = 0;
            return default;
        }
        Rune.DecodeFromUtf16(text.AsSpan(place), out var rune, out units);
        return rune;
    }

    public static Rune RuneAt(string text, int place) => RuneAt(text, place, out _);

    /// <summary>Whether a character is part of a word: a letter, a mark, a digit or an underscore.</summary>
    public static bool IsWord(Rune rune) =>
        rune.IsAscii
            ? char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_'
            : Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
                || (Rune.IsLetter(rune) && !Unseen.IsIgnorable(rune))
                || IsMark(rune);

    /// <summary>
    /// A mark that goes with a letter and is seen. Those that make an emoji of what stands before (U+FE0F, the key around a
    /// digit) are none: a heart is no word.
    /// </summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
        && !Unseen.IsIgnorable(rune);

    /// <summary>The place after all at a place that is within words and unseen.</summary>
    public static int SkipUnseen(string text, int place)
    {
        while (Unseen.IsWithinWords(RuneAt(text, place, out var units)))
        {
            place += units;
        }
        return place;
    }

    /// <summary>The last character before a place that is not within words and unseen; U+0000 at the beginning.</summary>
    public static Rune SeenBefore(string text, int place)
    {
        while (place > 0)
        {
            Rune.DecodeLastFromUtf16(text.AsSpan(0, place), out var rune, out var units);
            if (!Unseen.IsWithinWords(rune))
            {
                return rune;
            }
            place -= units;
        }
        return default;
    }

    /// <summary>Whether a character would make another word of an ASCII name before it, as an accent does.</summary>
    /// <remarks>Other scripts do not: in Japanese or Hindi what belongs to a name follows it without a space.</remarks>
    public static bool ContinuesName(Rune rune) =>
        rune.Value is >= 0xC0 and <= 0x24F or >= 0x1E00 and <= 0x1EFF ? Rune.IsLetter(rune) : IsMark(rune);

    /// <summary>
    /// Whether a joiner or non-joiner belongs to the word around it: between letters of the scripts whose spelling needs
    /// them (Unicode Standard Annex 31, section 2.3).
    /// </summary>
    public static bool IsJoinerInWord(Rune before, Rune rune, Rune after) =>
        rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner && Joins(before) && Joins(after) && IsWord(after);

    /// <summary>From Arabic to Sinhala, Myanmar, Khmer, Mongolian, and what was added to them later.</summary>
    private static bool Joins(Rune rune) =>
        rune.Value
            is >= 0x0600
                and <= 0x0DFF
                or >= 0x1000
                and <= 0x109F
                or >= 0x1780
                and <= 0x18AF
                or >= 0xA8E0
                and <= 0xA8FF
                or >= 0xFB50
                and <= 0xFDFF
                or >= 0xFE70
                and <= 0xFEFC
                or >= 0x11000
                and <= 0x11FFF;
}
