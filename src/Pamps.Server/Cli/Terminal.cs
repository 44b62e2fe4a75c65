using Spectre.Console;

namespace Pamps.Server.Cli;

internal static class Terminal
{
    private const int PipeWidth = 10_000;

    /// <summary>The console; in a pipe without colours, and so wide that no line is broken.</summary>
    public static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }
        var plain = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
        plain.Profile.Width = PipeWidth;
        return plain;
    }

    /// <summary>Asks the person at the terminal.</summary>
    public static Task<T> AskAsync<T>(IPrompt<T> prompt, CancellationToken ct) =>
        prompt.ShowAsync(AnsiConsole.Console, ct);
}
