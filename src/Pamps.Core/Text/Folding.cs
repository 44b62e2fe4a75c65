using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Pamps.Core.Text;

/// <summary>
/// Makes alike what people do not tell apart when they search: case, accents, vowel marks, full and half width,
/// digits of other scripts.
/// </summary>
internal static class Folding
{
    /// <summary>What an underscore becomes, since SQLite's tokenizer would split words at it: a tie below.</summary>
    public const char Joiner = '\u203F';

    private static readonly Rune JoinerRune = new(Joiner);
    private static readonly Rune Space = new(' ');

    /// <summary>Letters that Unicode does not take apart, as people type them who do not have them.</summary>
    private static readonly FrozenDictionary<int, string> Plain = new Dictionary<int, string>
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['ł'] = "l",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ħ'] = "h",
        ['ŧ'] = "t",
        ['ŋ'] = "n",
        ['ı'] = "i",
        // Devanagari: the nasal sign, written either way.
        ['\u0901'] = "\u0902",
        // Arabic and Persian: endings and letters that keyboards disagree on.
        ['\u0629'] = "\u0647",
        ['\u0649'] = "\u064A",
        ['\u06CC'] = "\u064A",
        ['\u06A9'] = "\u0643",
    }.ToFrozenDictionary();

    /// <summary>The text folded, in normal form C. What can be part of no word may have become a space.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant().Replace('_', Joiner);
        }
        var folded = new StringBuilder(text.Length);
        var previous = Space;
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (FoldOne(rune, previous) is not { } known)
            {
                continue;
            }
            if (Plain.TryGetValue(known.Value, out var plain))
            {
                folded.Append(plain);
            }
            else
            {
                folded.Append(known.ToString());
            }
            previous = known;
        }
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>The text with a space for each half of a surrogate pair and the like, at which normalization throws.</summary>
    public static string WellFormed(string text)
    {
        var runes = text.EnumerateRunes();
        if (!runes.Any(IsNoCharacter))
        {
            return text;
        }
        var kept = new StringBuilder(text.Length);
        foreach (var rune in runes)
        {
            kept.Append((IsNoCharacter(rune) ? Space : rune).ToString());
        }
        return kept.ToString();
    }

    private static bool IsNoCharacter(Rune rune) =>
        rune == Rune.ReplacementChar
        || (rune.Value & 0xFFFE) == 0xFFFE
        || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>The folded character, or null for what words are written with or without.</summary>
    private static Rune? FoldOne(Rune rune, Rune previous)
    {
        // A joiner or a soft hyphen lies within a word; a space of no width, or a filler, parts two.
        if (Unseen.IsBlank(rune))
        {
            return Space;
        }
        if (Unseen.IsIgnorable(rune))
        {
            return null;
        }
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format or UnicodeCategory.EnclosingMark:
                return null;
            case UnicodeCategory.NonSpacingMark when Scripts.IsOptionalMark(rune, previous):
                return null;
            case UnicodeCategory.ConnectorPunctuation:
                return JoinerRune;
            case UnicodeCategory.DecimalDigitNumber:
                return new Rune((char)('0' + (int)Rune.GetNumericValue(rune)));
            case UnicodeCategory.ModifierLetter when rune.Value == 0x0640:
                // Arabic's line that stretches a word.
                return null;
            default:
                // Up and down again, which makes the two small sigmas one.
                return Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        }
    }
}
