using System.Diagnostics;
using System.Text.RegularExpressions;
using Pamps.Tests.Host;

namespace Pamps.Tests;

/// <summary>What the READMEs tell people to type.</summary>
public sealed partial class ReadmeTourTests
{
    [Theory, OnEachDatabase]
    public async Task The_tour_of_the_README_runs_line_by_line(Database database) =>
        await RunTourAsync(database, "README.md", "## A tour with curl", "Good morning, Pamps!");

    [Theory, OnEachDatabase]
    public async Task The_tour_of_the_Portuguese_README_runs_line_by_line(Database database) =>
        await RunTourAsync(database, "README.pt-BR.md", "## Um passeio com curl", "Bom dia, Pamps!");

    private static async Task RunTourAsync(Database database, string file, string heading, string text)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, file));
        var tour = BashBlock()
            .Match(readme[readme.IndexOf(heading, StringComparison.Ordinal)..])
            .Groups[1]
            .Value;
        var script = tour.Replace(
            "http://127.0.0.1:8000/",
            pamps.Address.ToString(),
            StringComparison.Ordinal
        );

        // "--fail" makes curl end with an error where the server refuses.
        using var bash = Process.Start(
            new ProcessStartInfo(
                "bash",
                [
                    "-euo",
                    "pipefail",
                    "-c",
                    script.Replace("curl -s", "curl -s --fail", StringComparison.Ordinal),
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        var errors = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.True(bash.ExitCode == 0, errors + output);
        Assert.Contains($"\"text\":\"{text}\"", output, StringComparison.Ordinal);
        Assert.Contains("\"likes_count\":1,\"replies_count\":1", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "\"followers_count\":1,\"following_count\":0,\"followed\":null,\"locked\":false,\"fields\":[],\"header\":null,\"requested\":null,"
                + "\"follows_you\":null,\"blocked\":null,\"muted\":null}",
            output,
            StringComparison.Ordinal
        );
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex BashBlock();
}
