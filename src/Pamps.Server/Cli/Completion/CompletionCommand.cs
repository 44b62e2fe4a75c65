using System.CommandLine;

namespace Pamps.Server.Cli.Completion;

/// <summary><c>completion SHELL</c>: prints, or puts in place, what makes a shell complete this program's words.</summary>
internal static class CompletionCommand
{
    public static Command Create(RootCommand root)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        shell.Validators.Add(result =>
        {
            var name = Known(result.Tokens[0].Value);
            if (!CompletionScripts.Shells.Contains(name))
            {
                result.AddError($"Unknown shell '{name}': choose bash, zsh, fish or pwsh.");
            }
        });
        var install = new Option<bool>("--install")
        {
            Description = "Put the script where the shell looks for it",
        };
        var command = new Command("completion", "Print a script that completes commands in a shell")
        {
            shell,
            install,
        };
        command.SetAction(parsed =>
        {
            var name = Known(parsed.GetRequiredValue(shell));
            var script = CompletionScripts.For(name, root.Name);
            if (!parsed.GetValue(install))
            {
                parsed.InvocationConfiguration.Output.Write(script);
                return 0;
            }

            return CompletionInstaller.Install(name, root.Name, script, parsed.InvocationConfiguration);
        });
        return command;
    }

    /// <summary>
    /// The command that Typer's options mean, which the workshop's command line had: <c>--install-completion</c> and
    /// <c>--show-completion</c>, with a shell or for the one that is used.
    /// </summary>
    public static IReadOnlyList<string> Translate(IReadOnlyList<string> args)
    {
        // What stands in brackets is told the program, whatever the command.
        if (args.Count > 0 && args[0].StartsWith('['))
        {
            return [args[0], .. Translate([.. args.Skip(1)])];
        }
        var (isInstall, isShow) = (
            args.Count > 0 && args[0] == "--install-completion",
            args.Count > 0 && args[0] == "--show-completion"
        );
        if ((!isInstall && !isShow) || args.Count > 2)
        {
            return args;
        }
        var shell =
            args.Count == 2
                ? args[1]
                : Path.GetFileName(Environment.GetEnvironmentVariable("SHELL")) ?? "bash";
        return isInstall ? ["completion", shell, "--install"] : ["completion", shell];
    }

    private static string Known(string shell) => shell == "powershell" ? "pwsh" : shell;
}
