using System.CommandLine;

namespace Pamps.Server.Cli.Completion;

/// <summary>Writes a completion script where its shell looks for one.</summary>
internal static class CompletionInstaller
{
    private const string UsualData = "/usr/local/share:/usr/share:/opt/homebrew/share";

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public static int Install(string shell, string program, string script, InvocationConfiguration console)
    {
        var path = PathFor(shell, program);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, shell == "pwsh" ? ProfileSection.Put(path, program, script) : script);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Could not write {path}: {failed.Message}", failed);
        }

        var needed = shell == "zsh" && !ZshLooksIn(Path.GetDirectoryName(path)!);
        console.Output.WriteLine($"Wrote {path}");
        if (needed)
        {
            console.Output.WriteLine(
                "Add to ~/.zshrc: fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit"
            );
        }

        if (shell == "bash" && !HasBashCompletion())
        {
            console.Output.WriteLine(
                $"The package bash-completion, which loads it, is not there. Install that, or add to ~/.bashrc: . '{path}'"
            );
        }
        return 0;
    }

    private static string PathFor(string shell, string program) =>
        shell switch
        {
            "bash" => Path.Combine(Data(), "bash-completion", "completions", program),
            "zsh" => Path.Combine(Home, ".zfunc", $"_{program}"),
            "fish" => Path.Combine(Configuration(), "fish", "completions", $"{program}.fish"),
            _ => Path.Combine(Configuration(), "powershell", "Microsoft.PowerShell_profile.ps1"),
        };

    /// <summary>Whether there is what reads the files of that folder (https://github.com/scop/bash-completion).</summary>
    private static bool HasBashCompletion() =>
        (Environment.GetEnvironmentVariable("XDG_DATA_DIRS") is { Length: > 0 } set ? set : UsualData)
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(x => File.Exists(Path.Combine(x, "bash-completion", "bash_completion")));

    private static string Data() => Folder("XDG_DATA_HOME", Path.Combine(Home, ".local", "share"));

    private static string Configuration() => Folder("XDG_CONFIG_HOME", Path.Combine(Home, ".config"));

    private static string Folder(string variable, string usual) =>
        Environment.GetEnvironmentVariable(variable) is { } set && Path.IsPathRooted(set) ? set : usual;

    // The search path belongs to the running zsh, so its start-up file is the best there is to ask.
    private static bool ZshLooksIn(string folder)
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("ZDOTDIR") ?? Home, ".zshrc");
        return File.Exists(file)
            && File.ReadLines(file)
                .Select(line => line.Trim())
                .Any(line =>
                    !line.StartsWith('#')
                    && line.Contains("fpath", StringComparison.OrdinalIgnoreCase)
                    && (
                        line.Contains(".zfunc", StringComparison.Ordinal)
                        || line.Contains(folder, StringComparison.Ordinal)
                    )
                );
    }
}
