using System.Globalization;
using System.Text;

namespace Pamps.Core.Text;

/// <summary>Characters that nobody sees where they stand, and so can hide nothing and tell nothing apart.</summary>
public static class Unseen
{
    /// <summary>
    /// Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, the same from version 14 to 17. What is not assigned
    /// yet is among it, so that it need not follow new versions.
    /// </summary>
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x00AD, 0x00AD), // soft hyphen
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x115F, 0x1160), // Hangul fillers
        (0x17B4, 0x17B5), // Khmer vowels that are not written
        (0x180B, 0x180F), // Mongolian variants
        (0x200B, 0x200F), // spaces of no width, joiners, directions
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164), // Hangul filler
        (0xFE00, 0xFE0F), // variants
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0), // Hangul filler
        (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3),
        (0x1D173, 0x1D17A),
        (0xE0000, 0xE0FFF), // tags, variants
    ];

    /// <summary>Whether nobody sees it by itself: a space, a control, an ignorable character, or one that is drawn as nothing.</summary>
    public static bool Is(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || IsBlank(rune)
        || IsIgnorable(rune);

    /// <summary>Whether it parts words as a space does: it takes a space's room, or is the space of no width.</summary>
    public static bool IsBlank(Rune rune) =>
        rune.Value
            is 0x115F
                or 0x1160
                or 0x3164
                or 0xFFA0
                // Braille's pattern without dots, music's note without a head.
                or 0x2800
                or 0x1D159
                or 0x200B;

    /// <summary>Whether a word is the same with it and without: it has no width and parts nothing.</summary>
    public static bool IsWithinWords(Rune rune) => IsIgnorable(rune) && !IsBlank(rune);

    /// <summary>Whether Unicode lets it be drawn as nothing.</summary>
    public static bool IsIgnorable(Rune rune)
    {
        if (rune.Value < Ignorable[0].First)
        {
            return false;
        }
        foreach (var (first, last) in Ignorable)
        {
            if (rune.Value <= last)
            {
                return rune.Value >= first;
            }
        }
        return false;
    }

    /// <summary>The text without what is within its words and unseen.</summary>
    public static string RemoveFrom(string text)
    {
        if (!text.EnumerateRunes().Any(IsWithinWords))
        {
            return text;
        }
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(x => !IsWithinWords(x)))
        {
            seen.Append(rune.ToString());
        }
        return seen.ToString();
    }
}
