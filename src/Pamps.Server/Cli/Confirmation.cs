using System.CommandLine;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary>Asks before something is lost.</summary>
internal static class Confirmation
{
    public static Option<bool> Option() => new("--force", "-f") { Description = "Run with no confirmation" };

    /// <summary>Asks. A pipe may answer with a line.</summary>
    /// <param name="question">What is about to be lost.</param>
    /// <param name="ct">Ctrl+C.</param>
    /// <param name="goOnAlone">
    /// Whether to go on where nobody is there to answer, as in a script; otherwise that is an error.
    /// </param>
    public static async Task<bool> AskAsync(string question, CancellationToken ct, bool goOnAlone = false)
    {
        if (!Console.IsInputRedirected)
        {
            return await Terminal.AskAsync(
                new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false },
                ct
            );
        }
        if (await Console.In.ReadLineAsync(ct) is not { } answer)
        {
            return goOnAlone
                ? true
                : throw new UserErrorException(
                    "Nobody is there to confirm; --force runs without a confirmation."
                );
        }
        Console.WriteLine($"{question} [y/N] {answer}");
        return answer.Trim() is "y" or "Y" or "yes";
    }
}
