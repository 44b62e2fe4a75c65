using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.CommandLine;

public sealed class CreateUserTests
{
    [Theory, OnEachDatabase]
    public async Task Users_made_at_the_command_line_can_sign_in_and_superusers_may_do_more(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        var admin = await workplace.RunAsync(
            "create-user",
            "admin@example.org",
            "admin",
            Client.DefaultPassword,
            "--superuser"
        );
        Assert.Equal("created admin user\n", admin.Succeeded());
        var piped = await workplace.RunWithInputAsync(
            "a password through a pipe\n",
            "create-user",
            "ana@example.org",
            "ana"
        );
        Assert.Equal("created ana user\n", piped.Succeeded());
        Assert.Empty(piped.Errors);

        await using var pamps = await workplace.ServeHereAsync(database);
        using var superuser = new Client(pamps, "admin", id: 0);
        using var ordinary = new Client(pamps, "ana", id: 0);
        await superuser.SignInAsync();
        await ordinary.SignInAsync("a password through a pipe");
        (await ordinary.PatchAsync("/user/admin/", new { active = false })).Refused(HttpStatusCode.Forbidden);
        var changed = await superuser.PatchAsync("/user/ana/", new { superuser = true });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
    }

    [Theory, OnEachDatabase]
    public async Task Refusals_are_one_line_and_make_nobody(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        (
            await workplace.RunAsync("create-user", "ana@example.org", "ana", Client.DefaultPassword)
        ).Succeeded();

        (string[] Arguments, string Line)[] refused =
        [
            (["new@example.org", "ANA", Client.DefaultPassword], "Username already taken"),
            (["ANA@example.org", "other", Client.DefaultPassword], "Email already registered"),
            (["nobody", "x", "short"], "short"),
            (["new@example.org", "new"], ""),
        ];
        foreach (var (arguments, line) in refused)
        {
            var said = (await workplace.RunAsync(["create-user", .. arguments])).Refused();
            Assert.StartsWith("pamps: ", said, StringComparison.Ordinal);
            if (line == "short")
            {
                // The password itself is nobody's business.
                Assert.DoesNotContain("'short'", said, StringComparison.Ordinal);
                continue;
            }
            Assert.Contains(line, said, StringComparison.Ordinal);
        }
        Assert.Equal(["ana"], await workplace.UsernamesAsync());
    }

    [Fact]
    public async Task Missing_arguments_are_named()
    {
        var ran = await Workplace.Bare().RunAsync("create-user", "ana@example.org");
        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("create-user", ran.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.All, StringComparison.Ordinal);
    }
}
