namespace Pamps.Server.Cli.Shell;

/// <summary>Reads one submission, of one or more lines, with editing and history.</summary>
internal sealed class LineEditor(Keyboard keyboard, EditorScreen screen, History history)
{
    private const string Indent = "    ";

    private EditBuffer buffer = new();
    private string draft = "";
    private int place;

    /// <summary>The text submitted; empty if it was given up, null at the end of the input.</summary>
    public string? Read(Func<string, bool> isComplete)
    {
        this.buffer = new EditBuffer();
        this.place = history.Count;
        while (true)
        {
            // What comes in a rush, as a paste without marks does, is drawn once at its end.
            if (!keyboard.HasMore)
            {
                screen.Draw(this.buffer);
            }

            var press = keyboard.Read();
            if (press.IsInterrupt)
            {
                screen.Finish(this.buffer, "^C");
                return "";
            }

            if (press is { Control: true, Key.Key: ConsoleKey.D } && this.buffer.Text.Length == 0)
            {
                screen.Finish(this.buffer);
                return null;
            }

            if (IsEnter(press) && !press.Alt && isComplete(this.buffer.Text))
            {
                screen.Finish(this.buffer);
                return this.buffer.Text;
            }

            this.Apply(press);
        }
    }

    private static bool IsEnter(KeyPress press) =>
        press.Key.Key == ConsoleKey.Enter || press.Key.KeyChar is '\r' or '\n';

    private void Apply(KeyPress press)
    {
        if (press.Pasted is not null)
        {
            this.Paste(press.Pasted);
        }
        else if (IsEnter(press))
        {
            this.buffer.Insert("\n");
        }
        else if (press.Control || press.Alt)
        {
            this.ApplyChord(press.Key.Key);
        }
        else
        {
            this.ApplyKey(press.Key);
        }
    }

    private void Paste(string text)
    {
        var plain = text.Replace("\t", Indent, StringComparison.Ordinal);
        // The line break that ends a copied block would leave an empty line to submit.
        this.buffer.Insert(plain.TrimEnd('\n'));
    }

    private void ApplyKey(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                this.buffer.Left();
                break;
            case ConsoleKey.RightArrow:
                this.buffer.Right();
                break;
            case ConsoleKey.UpArrow:
                this.Older();
                break;
            case ConsoleKey.DownArrow:
                this.Newer();
                break;
            case ConsoleKey.Home:
                this.buffer.Home();
                break;
            case ConsoleKey.End:
                this.buffer.End();
                break;
            case ConsoleKey.Backspace:
                this.buffer.Backspace();
                break;
            case ConsoleKey.Delete:
                this.buffer.Delete();
                break;
            case ConsoleKey.Tab:
                this.buffer.Insert(Indent);
                break;
            default:
                this.buffer.Insert(char.IsControl(key.KeyChar) ? "" : key.KeyChar.ToString());
                break;
        }
    }

    private void ApplyChord(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A:
                this.buffer.Home();
                break;
            case ConsoleKey.E:
                this.buffer.End();
                break;
            case ConsoleKey.B or ConsoleKey.LeftArrow:
                this.buffer.WordLeft();
                break;
            case ConsoleKey.F or ConsoleKey.RightArrow:
                this.buffer.WordRight();
                break;
            case ConsoleKey.P:
                this.Older();
                break;
            case ConsoleKey.N:
                this.Newer();
                break;
            case ConsoleKey.D:
                this.buffer.Delete();
                break;
            case ConsoleKey.H:
                this.buffer.Backspace();
                break;
            case ConsoleKey.U:
                this.buffer.RemoveToLineStart();
                break;
            case ConsoleKey.K:
                this.buffer.RemoveToLineEnd();
                break;
            case ConsoleKey.W or ConsoleKey.Backspace:
                this.buffer.RemoveWord();
                break;
            case ConsoleKey.L:
                screen.Clear();
                break;
        }
    }

    private void Older()
    {
        if (!this.buffer.Up() && this.place > 0)
        {
            this.draft = this.place == history.Count ? this.buffer.Text : this.draft;
            this.place--;
            this.buffer.Replace(history[this.place]);
        }
    }

    private void Newer()
    {
        if (!this.buffer.Down() && this.place < history.Count)
        {
            this.place++;
            this.buffer.Replace(this.place == history.Count ? this.draft : history[this.place]);
        }
    }
}
