using System.Net;
using Pamps.Faults.Tests.Host;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;

namespace Pamps.Faults.Tests.Upgrades;

/// <summary>A rolling restart: the schema is this version's already, and instances of the version before still serve.</summary>
public sealed class SideBySideTests
{
    [Theory, OnEachDatabase, Trait("Needs", "history")]
    public async Task The_version_before_goes_on_serving_beside_this_one_on_the_new_schema(Database database)
    {
        var workplace = (await Workplace.OnAsync(database)).With(
            "PAMPS_SECURITY__SECRET_KEY",
            "the same for every instance of a server"
        );
        await using var before = await RunningServer.StartAsync(
            workplace.WithProgram(await PreviousVersion.ProgramAsync())
        );
        using var ana = await before.RegisterAsync("ana");
        var early = await ana.WriteAsync("written on the #old schema");
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(before, stop.Token);

        var upgraded = (await workplace.RunAsync("db", "upgrade")).Succeeded();

        Assert.Contains("Applied migration ", upgraded, StringComparison.Ordinal);
        await using var now = await RunningServer.StartAsync(workplace);
        await stop.CancelAsync();
        Assert.True(await writing > 0, "Nobody wrote while the schema changed.");
        Assert.False(before.Process.HasEnded);
        using var beto = await now.RegisterAsync("beto");
        using var anaNow = new Client(now.Address, "ana", id: 0);
        anaNow.UseAccessToken(ana.AccessToken);
        using var betoBefore = new Client(before.Address, "beto", id: 0);
        await betoBefore.SignInAsync();
        await LiveAsync(ana, beto, early);
        await LiveAsync(anaNow, betoBefore, early);
        await LiveAsync(beto, anaNow, early);
        await LiveAsync(betoBefore, ana, early);
        foreach (var server in new[] { before, now })
        {
            using var late = await server.RegisterAsync(server == now ? "late_now" : "late_before");
            await LiveAsync(late, ana, early);
        }
        await ShareAccountsAsync(workplace, before.Address, now.Address);
        await ShareAccountsAsync(workplace, now.Address, before.Address);
        await now.AssertConsistentAsync();

        // Who starts anew must be of this version.
        await before.StopAsync();
        var line = (await before.Workplace.RunAsync("serve", "--port", "0")).Refused();
        Assert.Contains("Run a newer pamps", line, StringComparison.Ordinal);
    }

    /// <summary>Writes through one server until stopped; answers how many posts. None is refused.</summary>
    private static async Task<int> WriteAsync(RunningServer server, CancellationToken stop)
    {
        using var caio = await server.RegisterAsync("caio");
        var written = 0;
        while (!stop.IsCancellationRequested)
        {
            await caio.WriteAsync($"#meanwhile {++written}");
        }
        return written;
    }

    /// <summary>Posts, replies, edits, likes, follows, reads and deletes as one, while the other looks on.</summary>
    private static async Task LiveAsync(Client one, Client other, long early)
    {
        var post = await one.WriteAsync($"Good morning @{other.Username} #day");
        var reply = await other.WriteAsync("Good morning", post);
        AssertDone(await other.PostAsync($"/post/{post}/like/"));
        AssertDone(await one.PostAsync($"/post/{early}/like/"));
        AssertDone(await one.PostAsync($"/user/follow/{other.Username}/"));
        AssertDone(await one.PatchAsync($"/post/{post}/", new { text = "Good evening #night" }));
        var read = await other.GetAsync($"/post/{post}/");
        Assert.Equal("Good evening #night", (string)read["text"]!);
        Assert.Equal(1, (int)read["likes_count"]!);
        Assert.Equal(1, (int)read["replies_count"]!);
        Assert.Contains(post, (await other.GetAsync($"/post/user/{one.Username}/")).Ids);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/user/timeline/")).Status);
        AssertDone(await one.DeleteAsync($"/post/{post}/"));
        AssertDone(await other.DeleteAsync($"/post/{reply}/"));
        AssertDone(await one.DeleteAsync($"/user/follow/{other.Username}/"));
    }

    /// <summary>A password, a closed account and a role that one server was told hold at the other.</summary>
    private static async Task ShareAccountsAsync(Workplace workplace, Uri one, Uri other)
    {
        const string password = "another long password";
        var name = $"shared_{one.Port}";
        using var user = new Client(one, name, id: 0);
        await user.RegisterAsync();
        using var boss = new Client(one, $"boss_{one.Port}", id: 0);
        (
            await workplace.RunAsync(
                "create-user",
                $"{boss.Username}@example.org",
                boss.Username,
                Client.DefaultPassword,
                "--superuser"
            )
        ).Succeeded();
        await boss.SignInAsync();
        using var there = new Client(other, name, id: 0);

        AssertDone(
            await user.PostAsync(
                "/user/me/password/",
                new { current_password = Client.DefaultPassword, new_password = password }
            )
        );
        (await there.TrySignInAsync(name, Client.DefaultPassword)).Refused(HttpStatusCode.Unauthorized);
        await there.SignInAsync(password);
        AssertDone(await boss.PatchAsync($"/user/{name}/", new { active = false }));
        Assert.NotEqual(HttpStatusCode.OK, (await there.TrySignInAsync(name, password)).Status);
        AssertDone(await boss.PatchAsync($"/user/{name}/", new { active = true, superuser = true }));
        await there.SignInAsync(password);
        AssertDone(await there.PatchAsync($"/user/{boss.Username}/", new { superuser = false }));
        (await boss.PatchAsync($"/user/{name}/", new { active = false })).Refused(HttpStatusCode.Forbidden);
    }

    private static void AssertDone(Answer answer) =>
        Assert.True((int)answer.Status is >= 200 and < 300, $"{answer.Status}: {answer.Body}");
}
