using System.Text;

namespace Pamps.Server.Cli.Shell;

/// <summary>Draws the buffer over what it drew before.</summary>
internal sealed class EditorScreen
{
    private const int UsualWidth = 80;

    // Values alone belong on a redirected standard output.
    private readonly TextWriter output = Console.IsOutputRedirected ? Console.Error : Console.Out;
    private int cursorRow;

    public static int Width => Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;

    private static int Height => Console.WindowHeight > 0 ? Console.WindowHeight : int.MaxValue;

    /// <summary>Asks the terminal to say where pasted text begins and ends, or no longer to.</summary>
    public void MarkPastes(bool on) => output.Write(on ? "\e[?2004h" : "\e[?2004l");

    public void Draw(EditBuffer buffer)
    {
        var layout = EditorLayout.Of(buffer.Text, buffer.Cursor, Width);
        // Rows that have left the screen cannot be drawn over, so only the part around the cursor is shown.
        var top = Math.Max(0, layout.CursorRow - Height + 1);
        var bottom = (int)Math.Min(layout.Rows.Count, (long)top + Height);
        var text = FromTheTop().AppendJoin("\r\n", layout.Rows.Take(top..bottom));
        Move(text, bottom - 1 - layout.CursorRow, 'A');
        text.Append('\r');
        Move(text, layout.CursorColumn, 'C');
        output.Write(text);
        cursorRow = layout.CursorRow - top;
    }

    /// <summary>Draws the whole text for the last time and leaves the cursor below it.</summary>
    public void Finish(EditBuffer buffer, string after = "")
    {
        var layout = EditorLayout.Of(buffer.Text, buffer.Text.Length, Width);
        var text = FromTheTop().AppendJoin("\r\n", layout.Rows).Append(after).Append("\r\n");
        output.Write(text);
        cursorRow = 0;
    }

    /// <summary>Writes names below the text, which is drawn anew below them.</summary>
    public void List(EditBuffer buffer, IEnumerable<string> names)
    {
        Finish(buffer);
        output.Write(string.Join("  ", names) + "\r\n");
    }

    /// <summary>Goes to a fresh row if code has left the cursor in the middle of one.</summary>
    public void LeaveRow()
    {
        // A row of blanks runs over into the next row unless it began at the left edge.
        output.Write(new string(' ', Width));
        output.Write("\r\e[J");
    }

    public void Clear()
    {
        output.Write("\e[H\e[2J");
        cursorRow = 0;
    }

    private StringBuilder FromTheTop()
    {
        var text = new StringBuilder();
        Move(text, cursorRow, 'A');
        return text.Append("\r\e[J");
    }

    private static void Move(StringBuilder text, int count, char direction)
    {
        if (count > 0)
        {
            text.Append("\e[").Append(count).Append(direction);
        }
    }
}
