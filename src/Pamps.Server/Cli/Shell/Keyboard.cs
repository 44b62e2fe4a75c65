using System.Text;

namespace Pamps.Server.Cli.Shell;

/// <summary>One key, or a whole text that the terminal says was pasted.</summary>
internal readonly record struct KeyPress(ConsoleKeyInfo Key, string? Pasted)
{
    public bool Control => Key.Modifiers.HasFlag(ConsoleModifiers.Control);

    public bool Alt => Key.Modifiers.HasFlag(ConsoleModifiers.Alt);

    public bool IsInterrupt => Key.Key == ConsoleKey.C && Control;
}

/// <summary>The keys typed, also those typed ahead while code was running.</summary>
internal sealed class Keyboard
{
    private const string PasteBegins = "200~";
    private const string PasteEnds = "\e[201~";

    private readonly Queue<ConsoleKeyInfo> ahead = new();

    public bool HasMore => ahead.Count > 0 || Console.KeyAvailable;

    /// <summary>Whether Ctrl+C was pressed; whatever else was is kept for later.</summary>
    public bool TakeInterrupt()
    {
        while (Console.KeyAvailable)
        {
            var key = Console.ReadKey(intercept: true);
            if (new KeyPress(key, null).IsInterrupt)
            {
                ahead.Clear();
                return true;
            }

            ahead.Enqueue(key);
        }

        return false;
    }

    public KeyPress Read()
    {
        var key = Next();
        if (!BeginsSequence(key))
        {
            return new KeyPress(key, null);
        }

        return ReadSequence() == PasteBegins ? new KeyPress(default, ReadPaste()) : default;
    }

    private ConsoleKeyInfo Next() => ahead.TryDequeue(out var key) ? key : Console.ReadKey(intercept: true);

    private bool BeginsSequence(ConsoleKeyInfo key)
    {
        // The console hands over a sequence it does not know as its characters.
        if (key is { KeyChar: '[', Modifiers: ConsoleModifiers.Alt })
        {
            return true;
        }

        return key.Key == ConsoleKey.Escape && HasMore && Next().KeyChar == '[';
    }

    private string ReadSequence()
    {
        var text = new StringBuilder();
        do
        {
            text.Append(Next().KeyChar);
        } while (text[^1] is < '@' or > '~' && HasMore);
        return text.ToString();
    }

    private string ReadPaste()
    {
        var text = new StringBuilder();
        while (!EndsWith(text, PasteEnds))
        {
            var key = Next();
            if (key.Modifiers.HasFlag(ConsoleModifiers.Alt) && key.Key != ConsoleKey.Escape)
            {
                text.Append('\e');
            }

            text.Append(key.KeyChar == '\r' ? '\n' : key.KeyChar);
        }

        text.Length -= PasteEnds.Length;
        return text.ToString();
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;
}
