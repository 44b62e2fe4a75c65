using System.Text;

namespace Pamps.Core.Text;

/// <summary>What the tokenizer knows of the world's scripts.</summary>
internal static class Scripts
{
    /// <summary>
    /// Scripts written without spaces between words, and Korean, whose words carry their endings. Each character is
    /// a word of its own there, and what is searched for is a phrase of them.
    /// </summary>
    private static readonly (int First, int Last)[] Unspaced =
    [
        (0x0E00, 0x0EFF), // Thai, Lao
        (0x1000, 0x109F), // Burmese
        (0x1100, 0x11FF), // Hangul's parts
        (0x1780, 0x17FF), // Khmer
        (0x1950, 0x19DF), // Tai Le, New Tai Lue
        (0x1A20, 0x1AAF), // Tai Tham
        (0x3005, 0x3007), // Han: repeat, closing mark, zero
        (0x3021, 0x31FF), // Han numerals, Hiragana, Katakana, Bopomofo, Hangul's parts
        (0x3400, 0x4DBF), // Han
        (0x4E00, 0xA4CF), // Han, Yi
        (0xA960, 0xA97F), // Hangul's parts
        (0xA9E0, 0xA9FF), // Burmese
        (0xAA60, 0xAADF), // Burmese, Tai Viet
        (0xAC00, 0xD7FF), // Hangul
        (0xF900, 0xFAFF), // Han
        (0x1AFF0, 0x1B16F), // Kana
        (0x20000, 0x3FFFF), // Han
    ];

    /// <summary>Marks that a word is written with or without, and is the same word.</summary>
    private static readonly (int First, int Last)[] Optional =
    [
        (0x0300, 0x036F), // accents
        (0x0483, 0x0489), // Old Cyrillic
        (0x0591, 0x05C7), // Hebrew points
        (0x0610, 0x061A), // Arabic signs of honour
        (0x064B, 0x065F), // Arabic vowels, hamza and madda
        (0x0670, 0x0670),
        (0x06D6, 0x06ED), // Arabic signs of recitation
        (0x0711, 0x0711), // Syriac vowels
        (0x0730, 0x074A),
        (0x08CA, 0x08FF), // Arabic of other languages
        (0x093C, 0x093C), // Devanagari's dot for sounds from abroad
        (0x1AB0, 0x1AFF), // more accents
        (0x1DC0, 0x1DFF),
        (0x20D0, 0x20FF),
        (0xFE20, 0xFE2F), // halves of accents
    ];

    public static bool IsUnspaced(Rune rune) => IsIn(Unspaced, rune.Value);

    /// <summary>Whether the mark is left out, after the character that it follows.</summary>
    public static bool IsOptionalMark(Rune mark, Rune previous) =>
        IsIn(Optional, mark.Value) && !IsLetterOfItsOwn(previous, mark);

    /// <summary>Cyrillic й, ў and ї are letters, and no variants of и, у and і.</summary>
    private static bool IsLetterOfItsOwn(Rune letter, Rune mark) =>
        (letter.Value, mark.Value) is ('и' or 'у', 0x0306) or ('і', 0x0308);

    private static bool IsIn((int First, int Last)[] ranges, int value)
    {
        foreach (var (first, last) in ranges)
        {
            if (value <= last)
            {
                return value >= first;
            }
        }
        return false;
    }
}
