using System.Globalization;
using System.Text;

namespace Pamps.Core.Text;

/// <summary>
/// Splits a text into the words by which it is found. The same in every database, since neither database's own
/// parser sees the text.
/// </summary>
public static class Tokenizer
{
    /// <summary>The most characters of a word; the rest of a longer one is not looked at.</summary>
    public const int MaxLength = 64;

    /// <summary>The most words of a text; PostgreSQL counts no further than 16,383.</summary>
    public const int MaxCount = 10_000;

    /// <summary>
    /// The text's words, in order: runs of letters, digits and their marks, folded (see <see cref="Folding"/>).
    /// They hold no ASCII but letters and digits. Any string will do.
    /// </summary>
    public static IReadOnlyList<string> WordsOf(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var length = 0;
        var isUnspaced = false;
        foreach (var rune in Folding.Fold(text).EnumerateRunes())
        {
            switch (KindOf(rune))
            {
                case Kind.Letter when isUnspaced || Scripts.IsUnspaced(rune):
                    End();
                    Append(rune);
                    isUnspaced = Scripts.IsUnspaced(rune);
                    break;
                case Kind.Letter:
                case Kind.Mark when length > 0:
                case Kind.Joiner when length > 0 && !isUnspaced:
                    Append(rune);
                    break;
                default:
                    End();
                    break;
            }
        }
        End();
        return words;

        void Append(Rune rune)
        {
            if (length++ < MaxLength)
            {
                Span<char> characters = stackalloc char[2];
                word.Append(characters[..rune.EncodeToUtf16(characters)]);
            }
        }

        void End()
        {
            if (length > 0 && words.Count < MaxCount)
            {
                // One that ends a word joins nothing.
                words.Add(word.ToString().TrimEnd(Folding.Joiner));
            }
            word.Clear();
            (length, isUnspaced) = (0, false);
        }
    }

    /// <summary>Whether it is a character of a script in which each is a word.</summary>
    internal static bool IsUnspaced(string word) => Scripts.IsUnspaced(Rune.GetRuneAt(word, 0));

    internal static int LengthOf(string word) => word.EnumerateRunes().Count();

    private static Kind KindOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber => Kind.Letter,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Kind.Mark,
            UnicodeCategory.ConnectorPunctuation => Kind.Joiner,
            _ => Kind.Other,
        };

    private enum Kind
    {
        Letter,
        Mark,
        Joiner,
        Other,
    }
}
