using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Pamps.Server.Cli.Shell;

/// <summary>The rows of the screen that a buffer fills at a width, and where its cursor is among them.</summary>
internal sealed record EditorLayout(IReadOnlyList<string> Rows, int CursorRow, int CursorColumn)
{
    private const string First = ">>> ";
    private const string Following = "... ";

    public static EditorLayout Of(string text, int cursor, int width)
    {
        var rows = new List<string>();
        var row = new StringBuilder(First);
        var column = First.Length;
        (int Row, int Column) place = default;
        for (var index = 0; index <= text.Length; )
        {
            if (index == cursor)
            {
                place = (rows.Count, column);
            }

            if (index == text.Length)
            {
                break;
            }

            var length = StringInfo.GetNextTextElementLength(text.AsSpan(index));
            var element = text.Substring(index, length);
            var isBreak = element is "\n";
            var cells = isBreak ? 0 : CellsOf(element);
            if (!isBreak)
            {
                row.Append(Visible(element));
                column += cells;
            }

            index += length;
            // The row is broken here and not by the terminal, whose ways at the last column differ.
            if (isBreak || column + 1 >= width)
            {
                rows.Add(row.ToString());
                row.Clear().Append(isBreak ? Following : "");
                column = row.Length;
            }
        }

        rows.Add(row.ToString());
        return new EditorLayout(rows, place.Row, place.Column);
    }

    private static string Visible(string element) => char.IsControl(element[0]) ? "?" : element;

    private static int CellsOf(string element) =>
        element is [>= ' ' and <= '~'] ? 1 : Math.Clamp(new Segment(Visible(element)).CellCount(), 1, 2);
}
