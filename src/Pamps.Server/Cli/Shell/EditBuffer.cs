using System.Globalization;

namespace Pamps.Server.Cli.Shell;

/// <summary>The text being edited, of one or more lines, and the place of the cursor in it.</summary>
internal sealed class EditBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    private int LineStart => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd => Text.IndexOf('\n', Cursor) is var end and >= 0 ? end : Text.Length;

    public void Replace(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void Left() => Cursor = Before();

    public void Right() => Cursor = After();

    public void Home() => Cursor = LineStart;

    public void End() => Cursor = LineEnd;

    public void ToEnd() => Cursor = Text.Length;

    public void WordLeft() => Cursor = WordStart();

    public void WordRight()
    {
        while (Cursor < Text.Length && !IsWord(Text[Cursor]))
        {
            Cursor++;
        }

        while (Cursor < Text.Length && IsWord(Text[Cursor]))
        {
            Cursor++;
        }
    }

    public void Backspace() => RemoveBack(Before());

    public void Delete() => Text = Text.Remove(Cursor, After() - Cursor);

    public void RemoveToLineStart() => RemoveBack(LineStart);

    public void RemoveToLineEnd() => Text = Text.Remove(Cursor, LineEnd - Cursor);

    public void RemoveWord() => RemoveBack(WordStart());

    /// <summary>Moves to the line above; false if there is none.</summary>
    public bool Up()
    {
        var start = LineStart;
        if (start == 0)
        {
            return false;
        }

        var column = Cursor - start;
        Cursor = start - 1;
        Cursor = Math.Min(LineStart + column, start - 1);
        return true;
    }

    /// <summary>Moves to the line below; false if there is none.</summary>
    public bool Down()
    {
        var end = LineEnd;
        if (end == Text.Length)
        {
            return false;
        }

        var column = Cursor - LineStart;
        Cursor = end + 1;
        Cursor = Math.Min(Cursor + column, LineEnd);
        return true;
    }

    private void RemoveBack(int start)
    {
        Text = Text.Remove(start, Cursor - start);
        Cursor = start;
    }

    private int After() => Cursor + StringInfo.GetNextTextElementLength(Text.AsSpan(Cursor));

    private int Before()
    {
        // An element such as a letter with its accents never crosses a line, so the line is where to begin.
        var place = Cursor == LineStart ? Math.Max(0, Cursor - 1) : LineStart;
        while (place < Cursor)
        {
            var next = place + StringInfo.GetNextTextElementLength(Text.AsSpan(place));
            if (next >= Cursor)
            {
                break;
            }

            place = next;
        }

        return place;
    }

    private int WordStart()
    {
        var place = Cursor;
        while (place > 0 && !IsWord(Text[place - 1]))
        {
            place--;
        }

        while (place > 0 && IsWord(Text[place - 1]))
        {
            place--;
        }

        return place;
    }

    private static bool IsWord(char one) => char.IsLetterOrDigit(one) || one == '_';
}
