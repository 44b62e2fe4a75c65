using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class ResetDbTests
{
    [Theory, OnEachDatabase]
    public async Task Resetting_asks_first_and_drops_everything_after_a_yes(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await MakeAnaAsync(workplace);

        Assert.Equal(1, (await workplace.RunWithInputAsync("n\n", "reset-db")).ExitCode);
        var nobody = (await workplace.RunAsync("reset-db")).Refused();
        Assert.Contains("--force", nobody, StringComparison.Ordinal);
        Assert.Equal(["ana"], await workplace.UsernamesAsync());

        var yes = (await workplace.RunWithInputAsync("y\n", "reset-db")).Succeeded();
        Assert.Contains("dropped all tables", yes, StringComparison.Ordinal);
        var status = await workplace.RunAsync("db", "status");
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("pending", status.Output, StringComparison.Ordinal);

        await MakeAnaAsync(workplace);
        (await workplace.RunAsync("reset-db", "-f")).Succeeded();
        Assert.Empty(await workplace.UsernamesAsync());
    }

    private static async Task MakeAnaAsync(Workplace workplace) =>
        (
            await workplace.RunAsync("create-user", "ana@example.org", "ana", Client.DefaultPassword)
        ).Succeeded();
}
