namespace Pamps.Server.Cli.Shell;

/// <summary>Reads one submission, of one or more lines, with editing and history.</summary>
internal sealed class LineEditor(
    Keyboard keyboard,
    EditorScreen screen,
    History history,
    NameCompletion completion
)
{
    private const string Indent = "    ";

    private EditBuffer buffer = new();
    private string draft = "";
    private int place;

    /// <summary>The text submitted; empty if it was given up, null at the end of the input.</summary>
    public string? Read(Func<string, bool> isComplete)
    {
        buffer = new EditBuffer();
        place = history.Count;
        while (true)
        {
            // What comes in a rush, as a paste without marks does, is drawn once at its end.
            if (!keyboard.HasMore)
            {
                screen.Draw(buffer);
            }

            var press = keyboard.Read();
            if (press.IsInterrupt)
            {
                screen.Finish(buffer, "^C");
                return "";
            }

            if (press is { Control: true, Key.Key: ConsoleKey.D } && buffer.Text.Length == 0)
            {
                screen.Finish(buffer);
                return null;
            }

            if (IsEnter(press) && !press.Alt && isComplete(buffer.Text))
            {
                screen.Finish(buffer);
                return buffer.Text;
            }

            Apply(press);
        }
    }

    private static bool IsEnter(KeyPress press) =>
        press.Key.Key == ConsoleKey.Enter || press.Key.KeyChar is '\r' or '\n';

    private void Apply(KeyPress press)
    {
        if (press.Pasted is not null)
        {
            Paste(press.Pasted);
        }
        else if (IsEnter(press))
        {
            buffer.Insert("\n");
        }
        else if (press.Control || press.Alt)
        {
            ApplyChord(press.Key.Key);
        }
        else
        {
            ApplyKey(press.Key);
        }
    }

    private void Paste(string text)
    {
        var plain = text.Replace("\t", Indent, StringComparison.Ordinal);
        // The line break that ends a copied block would leave an empty line to submit.
        buffer.Insert(plain.TrimEnd('\n'));
    }

    private void ApplyKey(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                buffer.Left();
                break;
            case ConsoleKey.RightArrow:
                buffer.Right();
                break;
            case ConsoleKey.UpArrow:
                Older();
                break;
            case ConsoleKey.DownArrow:
                Newer();
                break;
            case ConsoleKey.Home:
                buffer.Home();
                break;
            case ConsoleKey.End:
                buffer.End();
                break;
            case ConsoleKey.Backspace:
                buffer.Backspace();
                break;
            case ConsoleKey.Delete:
                buffer.Delete();
                break;
            case ConsoleKey.Tab:
                Complete();
                break;
            default:
                buffer.Insert(char.IsControl(key.KeyChar) ? "" : key.KeyChar.ToString());
                break;
        }
    }

    /// <summary>Completes the name before the cursor, as far as it is clear, and else lists what it can become.</summary>
    private void Complete()
    {
        var (begun, names) = completion.At(buffer.Text[..buffer.Cursor]);
        if (begun.Length == 0 && !buffer.Text[..buffer.Cursor].EndsWith('.'))
        {
            buffer.Insert(Indent);
        }
        else if (names.Count > 0)
        {
            var common = NameCompletion.CommonBeginning(names);
            if (common.Length > begun.Length)
            {
                buffer.Insert(common[begun.Length..]);
            }
            else if (names.Count > 1)
            {
                screen.List(buffer, names);
            }
        }
    }

    private void ApplyChord(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A:
                buffer.Home();
                break;
            case ConsoleKey.E:
                buffer.End();
                break;
            case ConsoleKey.B or ConsoleKey.LeftArrow:
                buffer.WordLeft();
                break;
            case ConsoleKey.F or ConsoleKey.RightArrow:
                buffer.WordRight();
                break;
            case ConsoleKey.P:
                Older();
                break;
            case ConsoleKey.N:
                Newer();
                break;
            case ConsoleKey.D:
                buffer.Delete();
                break;
            case ConsoleKey.H:
                buffer.Backspace();
                break;
            case ConsoleKey.U:
                buffer.RemoveToLineStart();
                break;
            case ConsoleKey.K:
                buffer.RemoveToLineEnd();
                break;
            case ConsoleKey.W or ConsoleKey.Backspace:
                buffer.RemoveWord();
                break;
            case ConsoleKey.L:
                screen.Clear();
                break;
        }
    }

    private void Older()
    {
        if (!buffer.Up() && place > 0)
        {
            draft = place == history.Count ? buffer.Text : draft;
            place--;
            buffer.Replace(history[place]);
        }
    }

    private void Newer()
    {
        if (!buffer.Down() && place < history.Count)
        {
            place++;
            buffer.Replace(place == history.Count ? draft : history[place]);
        }
    }
}
