using System.CommandLine;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary>Asks before something is lost.</summary>
internal static class Confirmation
{
    public static Option<bool> Option() => new("--force", "-f") { Description = "Run with no confirmation" };

    /// <summary>
    /// Asks. A pipe may answer with a line; where no answer can be had, nothing happens.
    /// </summary>
    public static async Task<bool> AskAsync(string question, CancellationToken ct)
    {
        if (!Console.IsInputRedirected)
        {
            return await Terminal.AskAsync(
                new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false },
                ct
            );
        }
        Console.Write($"{question} [y/N] ");
        var answer = await Console.In.ReadLineAsync(ct);
        Console.WriteLine();
        return answer is null
            ? throw new UserErrorException("Nobody is there to confirm; --force runs without a confirmation.")
            : answer.Trim() is "y" or "Y" or "yes";
    }
}
