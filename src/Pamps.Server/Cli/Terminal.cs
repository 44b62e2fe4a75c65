using Spectre.Console;

namespace Pamps.Server.Cli;

internal static class Terminal
{
    /// <summary>The console; in a pipe so wide that no line is broken.</summary>
    public static IAnsiConsole Open()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 400;
        }
        return AnsiConsole.Console;
    }

    /// <summary>Asks the person at the terminal.</summary>
    public static Task<T> AskAsync<T>(IPrompt<T> prompt, CancellationToken ct) =>
        prompt.ShowAsync(AnsiConsole.Console, ct);
}
