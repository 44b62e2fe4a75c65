using System.Globalization;
using System.Text;
using Pamps.Core.Text;

namespace Pamps.Core.Filters;

/// <summary>A text as filters compare it: folded as search folds it, with one space where there was any.</summary>
internal static class FilterText
{
    /// <summary>The text; empty when nothing of it is seen.</summary>
    public static string Of(string text)
    {
        var folded = Folding.Fold(text).AsSpan().Trim();
        if (!NeedsSpaces(folded))
        {
            return folded.ToString();
        }
        var spaced = new StringBuilder(folded.Length);
        foreach (var x in folded)
        {
            if (!char.IsWhiteSpace(x))
            {
                spaced.Append(x);
            }
            else if (spaced[^1] != ' ')
            {
                spaced.Append(' ');
            }
        }
        return spaced.ToString();
    }

    /// <summary>Whether a keyword is in a text; both folded.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keyword">The keyword; not empty.</param>
    /// <param name="wholeWord">Whether it must not be within a longer word.</param>
    public static bool Has(string text, string keyword, bool wholeWord)
    {
        for (
            var at = text.IndexOf(keyword, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(keyword, at + 1, StringComparison.Ordinal)
        )
        {
            if (!wholeWord || (BeginsWord(text, at) && EndsWord(text, at + keyword.Length)))
            {
                return true;
            }
        }
        return false;
    }

    private static bool BeginsWord(string text, int at) =>
        !GoesOn(Before(text, SkipTiesBack(text, at)), Words.RuneAt(text, at));

    private static bool EndsWord(string text, int end) =>
        !GoesOn(Words.RuneAt(text, SkipTies(text, end)), Before(text, end));

    /// <summary>
    /// Whether two neighbours are within one word. A sign at the edge of a keyword, as that of a hashtag, is in none; and of scripts that put no
    /// spaces between words each character is one, as it is in search.
    /// </summary>
    private static bool GoesOn(Rune outside, Rune inside) => IsOfWord(outside) && IsOfWord(inside);

    private static bool IsOfWord(Rune rune) =>
        (Words.IsWord(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.ConnectorPunctuation)
        && !Scripts.IsUnspaced(rune);

    private static Rune Before(string text, int end)
    {
        if (end == 0)
        {
            return default;
        }
        Rune.DecodeLastFromUtf16(text.AsSpan(0, end), out var rune, out _);
        return rune;
    }

    /// <summary>Underscores tie words together, and only around a word they set it off, as stars do.</summary>
    private static int SkipTies(string text, int place)
    {
        while (place < text.Length && text[place] == Folding.Joiner)
        {
            place++;
        }
        return place;
    }

    private static int SkipTiesBack(string text, int place)
    {
        while (place > 0 && text[place - 1] == Folding.Joiner)
        {
            place--;
        }
        return place;
    }

    private static bool NeedsSpaces(ReadOnlySpan<char> text)
    {
        var previous = 'x';
        foreach (var x in text)
        {
            if (char.IsWhiteSpace(x) && (x != ' ' || previous == ' '))
            {
                return true;
            }
            previous = x;
        }
        return false;
    }
}
