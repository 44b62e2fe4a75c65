using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Moderation;

/// <summary>Which accounts came from where somebody's did.</summary>
public sealed class OtherAccountTests
{
    [Theory, OnEachDatabase]
    public async Task Moderators_see_who_below_them_came_from_the_same_networks_and_each_look_is_logged(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
            x.Http.TrustedProxies = "127.0.0.1, ::1"
        );
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var colleague = await pamps.RegisterModeratorAsync(boss);
        using var ana = await pamps.RegisterNamedAsync("ana");
        using var beto = await pamps.RegisterNamedAsync("beto");
        using var caio = await pamps.RegisterNamedAsync("caio");
        using var anyone = pamps.Anonymous();
        // All were made on this machine: only what comes now is looked at.
        await pamps.ExecuteAsync("DELETE FROM security_event");
        const string Path = "/moderation/user/ana/accounts/";
        Assert.Empty((await moderator.GetAsync(Path)).Items);

        await SignInAsync(ana, "198.51.100.1");
        await SignInAsync(ana, "203.0.113.7");
        await SignInAsync(beto, "198.51.100.1");
        await SignInAsync(caio, "192.0.2.9");
        await SignInAsync(colleague, "203.0.113.7");
        // A wrong password shows nothing of who typed it.
        await SecurityLogs.SignInAsync(anyone, "caio", "wrong", "203.0.113.7");
        var found = Assert.Single((await moderator.GetAsync(Path)).Items)!;
        Assert.Equal("beto", (string)found["person"]!["user"]!["username"]!);
        Assert.Equal(1, (int)found["networks_count"]!);
        Assert.Equal(2, (await boss.GetAsync(Path)).Items.Count);

        await SignInAsync(beto, "203.0.113.7");
        Assert.Equal(OK, (await moderator.ActAsync(beto, "suspend")).Status);
        found = Assert.Single((await moderator.GetAsync(Path)).Items)!;
        Assert.Equal(2, (int)found["networks_count"]!);
        Assert.NotNull(found["person"]!["suspended_at"]);

        (await anyone.GetAsync(Path)).Refused(Unauthorized);
        (await caio.GetAsync(Path)).Refused(Forbidden);
        (await moderator.GetAsync($"/moderation/user/{colleague.Username}/accounts/")).Refused(Forbidden);
        (await moderator.GetAsync($"/moderation/user/{moderator.Username}/accounts/")).Refused(Forbidden);
        (await moderator.GetAsync("/moderation/user/nobody_here/accounts/")).Refused(NotFound);
        // The same within an hour is one row.
        Assert.Equal(
            4,
            await pamps.ScalarAsync<long>(
                $"SELECT sum(count) FROM security_event WHERE kind = 'accounts_compared' AND user_id = {ana.Id}"
            )
        );

        async Task SignInAsync(Client user, string address) =>
            Assert.Equal(
                OK,
                (await SecurityLogs.SignInAsync(user, user.Username, Client.DefaultPassword, address)).Status
            );
    }
}
