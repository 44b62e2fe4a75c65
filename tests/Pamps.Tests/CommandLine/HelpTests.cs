using System.CommandLine;
using Cli = Pamps.Server.Cli.CommandLine;

namespace Pamps.Tests.CommandLine;

public sealed class HelpTests
{
    [Fact]
    public async Task Every_command_explains_itself()
    {
        var workplace = Workplace.Bare();
        foreach (var command in Walk(Cli.Describe(), []))
        {
            var help = (await workplace.RunAsync([.. command.Path, "--help"])).Succeeded();
            Assert.Contains(command.Command.Description!, help, StringComparison.Ordinal);
            Assert.Contains("Usage:", help, StringComparison.Ordinal);
            foreach (var option in command.Command.Options.Where(x => !x.Hidden))
            {
                Assert.Contains(option.Name, help, StringComparison.Ordinal);
                Assert.NotEmpty(option.Description!);
            }
            foreach (var argument in command.Command.Arguments)
            {
                Assert.Contains(argument.Description!, help, StringComparison.Ordinal);
            }
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(workplace.Folder));
    }

    [Fact]
    public async Task The_version_is_the_assemblys()
    {
        var version = typeof(Cli).Assembly.GetName().Version!;
        var printed = (await Workplace.Bare().RunAsync("--version")).Succeeded();
        Assert.Equal($"{version.Major}.{version.Minor}.{version.Build}\n", printed);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("db", "frobnicate")]
    [InlineData("serve", "--frobnicate")]
    public async Task What_does_not_exist_is_named(params string[] arguments)
    {
        var ran = await Workplace.Bare().RunAsync(arguments);
        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("frobnicate", ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.All, StringComparison.Ordinal);
    }

    private static IEnumerable<(string[] Path, Command Command)> Walk(Command command, string[] path) =>
        command.Subcommands.SelectMany(x => Walk(x, [.. path, x.Name])).Prepend((path, command));
}
