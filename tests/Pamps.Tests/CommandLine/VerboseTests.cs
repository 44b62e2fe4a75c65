using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class VerboseTests
{
    [Fact]
    public async Task A_fault_is_one_line_and_shows_its_stack_only_when_asked()
    {
        var workplace = await Workplace.OnAsync(Database.Sqlite);
        await File.WriteAllTextAsync(
            workplace.Uri["sqlite:///".Length..],
            "This is not a database at all.",
            TestContext.Current.CancellationToken
        );

        (await workplace.RunAsync("user-list")).Refused();
        var verbose = await workplace.RunAsync("user-list", "--verbose");
        Assert.Equal(1, verbose.ExitCode);
        Assert.Contains("   at ", verbose.Errors, StringComparison.Ordinal);
    }
}
