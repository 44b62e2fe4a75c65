using System.Diagnostics;

namespace Pamps.Tests.CommandLine;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task A_script_is_printed_for_each_shell(string shell)
    {
        var script = (await Workplace.Bare().RunAsync("completion", shell)).Succeeded();
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
        Assert.Contains("pamps", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Installing_twice_leaves_one_file_in_its_place()
    {
        var workplace = Workplace.Bare();
        workplace
            .With("HOME", workplace.Folder)
            .With("XDG_DATA_HOME", Path.Combine(workplace.Folder, "share"));

        (await workplace.RunAsync("completion", "bash", "--install")).Succeeded();
        var said = (await workplace.RunAsync("completion", "bash", "--install")).Succeeded();

        var file = Path.Combine(workplace.Folder, "share", "bash-completion", "completions", "pamps");
        Assert.Contains(file, said, StringComparison.Ordinal);
        var printed = (await workplace.RunAsync("completion", "bash")).Succeeded();
        Assert.Equal(
            printed.Trim(),
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim()
        );
    }

    [Fact]
    public async Task Bash_takes_the_script_and_the_program_knows_what_could_follow()
    {
        var workplace = Workplace.Bare();
        var script = (await workplace.RunAsync("completion", "bash")).Succeeded();
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true }
        )!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, bash.ExitCode);

        var commands = (await workplace.RunAsync("[suggest:7]", "pamps d")).Succeeded();
        Assert.Contains("delete-user", commands, StringComparison.Ordinal);
        var inner = (await workplace.RunAsync("[suggest:9]", "pamps db ")).Succeeded();
        Assert.Contains("verify", inner, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_loads_the_script_of_bash_it_is_said_what_does()
    {
        var workplace = Workplace.Bare();
        var packages = Path.Combine(workplace.Folder, "packages");
        workplace.With("HOME", workplace.Folder).With("XDG_DATA_DIRS", packages);
        workplace.With("XDG_DATA_HOME", Path.Combine(workplace.Folder, "share"));

        var said = (await workplace.RunAsync("completion", "bash", "--install")).Succeeded();

        var file = Path.Combine(workplace.Folder, "share", "bash-completion", "completions", "pamps");
        Assert.Contains("bash-completion", said.Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains($"add to ~/.bashrc: . '{file}'", said, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(packages, "bash-completion"));
        await File.WriteAllTextAsync(
            Path.Combine(packages, "bash-completion", "bash_completion"),
            "",
            TestContext.Current.CancellationToken
        );
        said = (await workplace.RunAsync("completion", "bash", "--install")).Succeeded();
        Assert.Equal($"Wrote {file}\n", said);
    }
}
