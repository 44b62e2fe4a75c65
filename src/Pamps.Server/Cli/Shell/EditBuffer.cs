using System.Globalization;

namespace Pamps.Server.Cli.Shell;

/// <summary>The text being edited, of one or more lines, and the place of the cursor in it.</summary>
internal sealed class EditBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    private int LineStart => this.Cursor == 0 ? 0 : this.Text.LastIndexOf('\n', this.Cursor - 1) + 1;

    private int LineEnd => this.Text.IndexOf('\n', this.Cursor) is var end and >= 0 ? end : this.Text.Length;

    public void Replace(string text)
    {
        this.Text = text;
        this.Cursor = text.Length;
    }

    public void Insert(string text)
    {
        this.Text = this.Text.Insert(this.Cursor, text);
        this.Cursor += text.Length;
    }

    public void Left() => this.Cursor = this.Before();

    public void Right() => this.Cursor = this.After();

    public void Home() => this.Cursor = this.LineStart;

    public void End() => this.Cursor = this.LineEnd;

    public void ToEnd() => this.Cursor = this.Text.Length;

    public void WordLeft() => this.Cursor = this.WordStart();

    public void WordRight()
    {
        while (this.Cursor < this.Text.Length && !IsWord(this.Text[this.Cursor]))
        {
            this.Cursor++;
        }

        while (this.Cursor < this.Text.Length && IsWord(this.Text[this.Cursor]))
        {
            this.Cursor++;
        }
    }

    public void Backspace() => this.RemoveBack(this.Before());

    public void Delete() => this.Text = this.Text.Remove(this.Cursor, this.After() - this.Cursor);

    public void RemoveToLineStart() => this.RemoveBack(this.LineStart);

    public void RemoveToLineEnd() => this.Text = this.Text.Remove(this.Cursor, this.LineEnd - this.Cursor);

    public void RemoveWord() => this.RemoveBack(this.WordStart());

    /// <summary>Moves to the line above; false if there is none.</summary>
    public bool Up()
    {
        var start = this.LineStart;
        if (start == 0)
        {
            return false;
        }

        var column = this.Cursor - start;
        this.Cursor = start - 1;
        this.Cursor = Math.Min(this.LineStart + column, start - 1);
        return true;
    }

    /// <summary>Moves to the line below; false if there is none.</summary>
    public bool Down()
    {
        var end = this.LineEnd;
        if (end == this.Text.Length)
        {
            return false;
        }

        var column = this.Cursor - this.LineStart;
        this.Cursor = end + 1;
        this.Cursor = Math.Min(this.Cursor + column, this.LineEnd);
        return true;
    }

    private void RemoveBack(int start)
    {
        this.Text = this.Text.Remove(start, this.Cursor - start);
        this.Cursor = start;
    }

    private int After() => this.Cursor + StringInfo.GetNextTextElementLength(this.Text.AsSpan(this.Cursor));

    private int Before()
    {
        // An element such as a letter with its accents never crosses a line, so the line is where to begin.
        var place = this.Cursor == this.LineStart ? Math.Max(0, this.Cursor - 1) : this.LineStart;
        while (place < this.Cursor)
        {
            var next = place + StringInfo.GetNextTextElementLength(this.Text.AsSpan(place));
            if (next >= this.Cursor)
            {
                break;
            }

            place = next;
        }

        return place;
    }

    private int WordStart()
    {
        var place = this.Cursor;
        while (place > 0 && !IsWord(this.Text[place - 1]))
        {
            place--;
        }

        while (place > 0 && IsWord(this.Text[place - 1]))
        {
            place--;
        }

        return place;
    }

    private static bool IsWord(char one) => char.IsLetterOrDigit(one) || one == '_';
}
