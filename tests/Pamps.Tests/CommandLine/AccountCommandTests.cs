using System.Net;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;

namespace Pamps.Tests.CommandLine;

/// <summary><c>reset-password</c> and <c>set-role</c>, beside a server that runs.</summary>
public sealed class AccountCommandTests
{
    [Theory, OnEachDatabase]
    public async Task A_forgotten_password_is_reset_and_roles_are_given_and_taken(Database database)
    {
        var workplace = await Workplace.OnAsync(database);
        await using var pamps = await workplace.ServeHereAsync(database);
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.RegisterAsync();

        foreach (
            var command in new string[][] { ["reset-password", "nobody"], ["set-role", "nobody", "user"] }
        )
        {
            var refused = (await workplace.RunWithInputAsync("a new password\n", command)).Refused();
            Assert.Equal("pamps: User not found", refused);
        }
        var weak = (await workplace.RunWithInputAsync("x\n", "reset-password", "ana")).Refused();
        Assert.Contains("A password has", weak, StringComparison.Ordinal);
        var king = await workplace.RunAsync("set-role", "ana", "king");
        Assert.Equal(1, king.ExitCode);
        Assert.Contains("king", king.Errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/user/me/")).Status);

        var reset = await workplace.RunWithInputAsync("a new password\n", "reset-password", "ANA");
        Assert.Equal("ana has a new password and is signed out everywhere\n", reset.Succeeded());
        await TestJobs.UntilAsync(async () =>
            (await ana.GetAsync("/user/me/")).Status == HttpStatusCode.Unauthorized
        );
        (await ana.PostAsync("/refresh_token", new { refresh_token = ana.RefreshToken })).Refused(
            HttpStatusCode.Unauthorized
        );
        (await ana.TrySignInAsync("ana", Client.DefaultPassword)).Refused(HttpStatusCode.Unauthorized);
        await ana.SignInAsync("a new password");

        Assert.Equal(
            "ana is a superuser\n",
            (await workplace.RunAsync("set-role", "Ana", "superuser")).Succeeded()
        );
        await TestJobs.UntilAsync(async () => (bool)(await ana.GetAsync("/user/me/"))["superuser"]!);
        // Who may take away the last superuser is whoever may make one again.
        Assert.Equal("ana is a user\n", (await workplace.RunAsync("set-role", "ana", "user")).Succeeded());
        await TestJobs.UntilAsync(async () => !(bool)(await ana.GetAsync("/user/me/"))["superuser"]!);
    }
}
