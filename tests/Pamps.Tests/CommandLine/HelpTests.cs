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
                var isOptional = argument.Arity.MinimumNumberOfValues == 0;
                Assert.Equal(isOptional, help.Contains($"[<{argument.Name}>]", StringComparison.Ordinal));
                Assert.Equal(
                    isOptional,
                    argument.Description!.StartsWith("(optional) ", StringComparison.Ordinal)
                );
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
    [InlineData("Unrecognized command or argument 'frobnicate'. `pamps --help`", "frobnicate")]
    [InlineData("Unrecognized command or argument 'frobnicate'. `pamps db --help`", "db", "frobnicate")]
    [InlineData("Unrecognized command or argument '--frobnicate'.", "serve", "--frobnicate")]
    [InlineData("Unrecognized command or argument 'usr-list'. Did you mean user-list?", "usr-list")]
    [InlineData(
        "Unrecognized command or argument '--faild'. Did you mean --failed?",
        "jobs",
        "list",
        "--faild"
    )]
    [InlineData("Required command was not provided. `pamps db --help`", "db")]
    [InlineData(
        "Required argument 'USERNAME' missing for command: 'create-user'.",
        "create-user",
        "a@b.example"
    )]
    [InlineData("Unknown shell 'tcsh': choose bash", "completion", "tcsh")]
    public async Task A_mistyped_command_is_one_line_on_standard_error(string line, params string[] arguments)
    {
        var ran = await Workplace.Bare().RunAsync(arguments);
        Assert.StartsWith($"pamps: {line}", ran.Refused(), StringComparison.Ordinal);
        Assert.Empty(ran.Output);
    }

    private static IEnumerable<(string[] Path, Command Command)> Walk(Command command, string[] path) =>
        command.Subcommands.SelectMany(x => Walk(x, [.. path, x.Name])).Prepend((path, command));
}
