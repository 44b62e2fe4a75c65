using System.Text;

namespace Pamps.Pages.Html;

/// <summary>Cuts what people write to the length of a line.</summary>
internal static class TextCut
{
    /// <summary>The text in one line, at most so many code points long.</summary>
    public static string ToLine(this string text, int length)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.EnumerateRunes().Count() <= length)
        {
            return line;
        }
        var cut = new StringBuilder();
        foreach (var rune in line.EnumerateRunes().Take(length - 1))
        {
            cut.Append(rune.ToString());
        }
        return cut.ToString().TrimEnd() + "…";
    }

    /// <summary>The first line, at most so many code points long.</summary>
    public static string FirstLine(this string text, int length) => text.Split('\n', 2)[0].ToLine(length);
}
