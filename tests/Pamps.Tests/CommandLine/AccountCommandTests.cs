using System.Net;
using Pamps.Tests.Accounts;
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
            var command in new string[][]
            {
                ["reset-password", "nobody"],
                ["reset-password", "nobody", "--set-password"],
                ["set-role", "nobody", "user"],
            }
        )
        {
            var refused = (await workplace.RunWithInputAsync("a new password\n", command)).Refused();
            Assert.Equal("pamps: User not found", refused);
        }
        var weak = (
            await workplace.RunWithInputAsync("x\n", "reset-password", "ana", "--set-password")
        ).Refused();
        Assert.Contains("A password has", weak, StringComparison.Ordinal);
        var king = await workplace.RunAsync("set-role", "ana", "king");
        Assert.Equal(1, king.ExitCode);
        Assert.Contains("king", king.Errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/user/me/")).Status);

        var reset = await workplace.RunWithInputAsync(
            "a new password\n",
            "reset-password",
            "ANA",
            "--set-password"
        );
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

    [Theory, OnEachDatabase]
    public async Task A_link_for_a_new_password_is_printed_alone_and_works_once_at_a_server_beside(
        Database database
    )
    {
        var workplace = (await Workplace.OnAsync(database)).With("PAMPS_SECURITY__SECRET_KEY", Key);
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            x.Db.Uri = workplace.Uri;
            x.Security.SecretKey = Key;
        });
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.RegisterAsync();

        var local = await workplace.RunAsync("reset-password", "ANA");
        Assert.Matches(@"^http://127\.0\.0\.1:8000/reset-password#[\w-]{64}\n$", local.Succeeded());
        Assert.Contains("PAMPS_SITE__ADDRESS is not set", local.Errors, StringComparison.Ordinal);
        workplace.With("PAMPS_SITE__ADDRESS", "https://bücher.example:8443/");
        var named = await workplace.RunAsync("reset-password", "ana");
        Assert.Matches(
            @"^https://xn--bcher-kva\.example:8443/reset-password#[\w-]{64}\n$",
            named.Succeeded()
        );
        Assert.DoesNotContain("PAMPS_SITE__ADDRESS", named.Errors, StringComparison.Ordinal);
        Assert.Contains("give ana a new password, once", named.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenOf(named), named.Errors, StringComparison.Ordinal);
        // Until it is used all stays as it was.
        Assert.Equal(HttpStatusCode.OK, (await ana.GetAsync("/user/me/")).Status);

        var body = new { token = TokenOf(named), password = "a new password" };
        Assert.Equal(HttpStatusCode.OK, (await ana.PostAsync("/user/password/reset/", body)).Status);
        await ana.SignInAsync("a new password");
        var other = new { token = TokenOf(local), password = "another password" };
        (await ana.PostAsync("/user/password/reset/", other)).Refused(HttpStatusCode.UnprocessableEntity);
        var audit = await workplace.RunAsync("audit", "--kind", "reset_link_made", "--by", "operator");
        Assert.Contains("ana", audit.Succeeded(), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Who_has_lost_the_app_signs_in_with_the_password_alone_when_the_operator_says_so(
        Database database
    )
    {
        var workplace = await Workplace.OnAsync(database);
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x => x.Db.Uri = workplace.Uri,
            services: time.Use
        );
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.RegisterAsync();
        (await workplace.RunAsync("remove-second-factor", "nobody")).Refused();
        (await workplace.RunAsync("remove-second-factor", "ana")).Refused();
        await AuthenticatorApp.SetUpAsync(ana, time);
        // A password that the operator sets is no way around it.
        (
            await workplace.RunWithInputAsync("a new password\n", "reset-password", "ana", "--set-password")
        ).Succeeded();
        (await ana.TrySignInAsync("ana", "a new password")).Refused(HttpStatusCode.Unauthorized);

        Assert.Equal(
            "ana signs in with the password alone\n",
            (await workplace.RunAsync("remove-second-factor", "ANA")).Succeeded()
        );
        await ana.SignInAsync("a new password");
        var audit = await workplace.RunAsync("audit", "--kind", "second_factor_removed", "--by", "operator");
        Assert.Contains("ana", audit.Succeeded(), StringComparison.Ordinal);
    }

    private const string Key = "the same key for the command and for the server beside it";

    private static string TokenOf(Ran ran) => ran.Output.Trim().Split('#')[1];
}
