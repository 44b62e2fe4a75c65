using System.Globalization;
using System.Text;
using Pamps.Core.Text;

namespace Pamps.Pages.Html;

/// <summary>
/// How a text is drawn so that it leaves room for others, as web/src/text/folding.ts does it; folding.json beside that holds
/// what both must agree on, and docs/decisions/0015 the reasons.
/// </summary>
internal static class Folding
{
    /// <summary>Code points in a line of a phone.</summary>
    private const int Row = 45;

    /// <summary>A longer text is folded, to fewer rows, so that what is left out is worth a tap.</summary>
    private const int MostRows = 16;
    private const int ShownRows = 12;

    /// <summary>More marks on one character than any language has would reach beyond their line.</summary>
    private const int MostMarks = 4;

    /// <summary>Blank lines that follow each other as one.</summary>
    public static string FoldBlankLines(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; )
        {
            var (lines, end) = CountLineEnds(text, i);
            if (lines > 2)
            {
                folded.Append("\n\n");
                i = end;
            }
            else
            {
                folded.Append(text[i++]);
            }
        }
        return folded.ToString();
    }

    /// <summary>Where to cut the text in a list, in code points; null when it is short enough.</summary>
    public static int? CutAt(string text)
    {
        var (rows, inLine, cut, points) = (1, 0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsLineEnd(rune))
            {
                rows++;
                inLine = 0;
            }
            // Marks stand above and below their letter.
            else if (!IsMark(rune) && ++inLine > Row)
            {
                rows++;
                inLine = 1;
            }
            if (rows <= ShownRows)
            {
                cut = points + 1;
            }
            points++;
        }
        return rows > MostRows ? cut : null;
    }

    /// <summary>The text in pieces, of which some are a character with more marks than fit its line.</summary>
    public static IEnumerable<(string Text, bool IsStacked)> SplitStacks(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var begin = 0;
        for (var i = 0; i < runes.Length; i++)
        {
            var end = i;
            while (end < runes.Length && IsMark(runes[end]))
            {
                end++;
            }
            if (end - i > MostMarks)
            {
                var stack = i > begin && !IsLineEnd(runes[i - 1]) ? i - 1 : i;
                if (stack > begin)
                {
                    yield return (Cut(begin, stack), false);
                }
                yield return (Cut(stack, end), true);
                begin = end;
            }
            i = Math.Max(i, end - 1);
        }
        if (begin < runes.Length)
        {
            yield return (Cut(begin, runes.Length), false);
        }

        string Cut(int from, int to) => string.Concat(runes[from..to].Select(x => x.ToString()));
    }

    /// <summary>How many line ends there are from here on before anything is seen, and where the last of them ends.</summary>
    private static (int Lines, int End) CountLineEnds(string text, int start)
    {
        var (lines, end) = (0, start);
        for (var i = start; i < text.Length; )
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                break;
            }
            i += rune.Utf16SequenceLength;
            if (IsLineEnd(rune))
            {
                lines++;
                end = i;
            }
            else if (lines == 0 || !Unseen.Is(rune))
            {
                break;
            }
        }
        return (lines, end);
    }

    private static bool IsLineEnd(Rune rune) => rune.Value is '\n' or '\u2028' or '\u2029';

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;
}
