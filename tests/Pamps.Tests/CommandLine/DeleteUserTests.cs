using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class DeleteUserTests
{
    [Theory, OnEachDatabase]
    public async Task Deleting_asks_whoever_is_there_and_does_nothing_after_a_no(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using (var pamps = await workplace.ServeHereAsync(database))
        {
            foreach (var name in new[] { "ana", "beto", "caro" })
            {
                using var user = new Client(pamps, name, id: 0);
                await user.RegisterAsync();
                await user.WriteAsync("so that something hangs on the account");
            }
        }

        foreach (var no in new[] { "n\n", "\n", "maybe\n" })
        {
            var kept = await workplace.RunWithInputAsync(no, "delete-user", "ana");
            Assert.Equal(1, kept.ExitCode);
            Assert.Contains("Delete ana", kept.Output, StringComparison.Ordinal);
        }
        Assert.Equal(["ana", "beto", "caro"], await workplace.UsernamesAsync());

        var yes = await workplace.RunWithInputAsync("y\n", "delete-user", "ana");
        Assert.EndsWith("deleted ana user\n", yes.Succeeded(), StringComparison.Ordinal);
        var forced = await workplace.RunAsync("delete-user", "--force", "beto");
        Assert.Equal("deleted beto user\n", forced.Succeeded());
        var script = await workplace.RunAsync("delete-user", "caro");
        Assert.Equal("deleted caro user\n", script.Succeeded());
        Assert.Empty(await workplace.UsernamesAsync());

        var gone = (await workplace.RunAsync("delete-user", "-f", "ana")).Refused();
        Assert.Equal("pamps: User not found", gone);
    }
}
