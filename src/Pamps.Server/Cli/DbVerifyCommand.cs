using System.CommandLine;
using System.Globalization;
using Pamps.Operations.Maintenance;
using Spectre.Console;

namespace Pamps.Server.Cli;

/// <summary><c>pamps db verify [--repair]</c>: exit code 1 when something is wrong and stays so.</summary>
internal static class DbVerifyCommand
{
    public static Command Create()
    {
        var repair = new Option<bool>("--repair") { Description = "Set wrong counters right" };
        var command = new Command("verify", "Check counters and references") { repair };
        command.SetAction(
            (parse, ct) =>
                PampsCommand.RunAsync(
                    services => RunAsync(services.GetRequiredService<Verify>(), parse.GetValue(repair), ct),
                    needsSchema: true,
                    ct
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(Verify verify, bool repair, CancellationToken ct)
    {
        var console = Terminal.Open();
        var findings = await console
            .Progress()
            .AutoClear(true)
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("Checking", maxValue: Verify.Steps);
                return await verify.RunAsync(repair, new Steps(task), ct);
            });

        var table = new Table().AddColumn("rule").AddColumn("rows that break it").AddColumn("");
        foreach (var finding in findings)
        {
            var outcome =
                finding.Broken == 0 ? "[green]good[/]"
                : repair && finding.CanRepair ? "[yellow]repaired[/]"
                : "[red]wrong[/]";
            table.AddRow(
                Markup.Escape(finding.Name),
                finding.Broken.ToString("N0", CultureInfo.InvariantCulture),
                outcome
            );
        }
        console.Write(table);
        return findings.Any(x => x.Broken > 0 && !(repair && x.CanRepair)) ? 1 : 0;
    }

    private sealed class Steps(ProgressTask task) : IProgress<Finding>
    {
        public void Report(Finding value) => task.Increment(1);
    }
}
