using System.CommandLine;
using System.Globalization;
using Pamps.Operations.Maintenance;

namespace Pamps.Server.Cli;

/// <summary><c>pamps db index [--all]</c>: what an upgrade does by itself, by hand.</summary>
internal static class DbIndexCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Read every post anew, those indexed too" };
        var command = new Command(
            "index",
            "Find mentions, hashtags and words in posts of older versions, and words of users"
        )
        {
            all,
        };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    services => RunAsync(services.GetRequiredService<IndexTexts>(), parse.GetValue(all), ct),
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    /// <summary>Indexes with progress bars, and says what was done.</summary>
    public static async Task<int> RunAsync(IndexTexts index, bool all, CancellationToken ct)
    {
        var summary = await ProgressBars.ShowAsync(bars => index.RunAsync(all, bars, ct));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Indexed {summary.Users:N0} users and {summary.Posts:N0} posts."
            )
        );
        return 0;
    }
}
