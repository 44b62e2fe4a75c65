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
            var name = result.Tokens[0].Value;
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
            var name = parsed.GetRequiredValue(shell);
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
}
