using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>Whom a login belongs to is remembered for a moment, and never beyond its end.</summary>
public sealed class KnownLoginsTests
{
    [Theory, OnEachDatabase]
    public async Task What_another_instance_revokes_is_soon_refused_here_too(Database database)
    {
        await using var first = await PampsServer.StartAsync(database, ServerInstances.ShareKey);
        await using var second = await first.StartAnotherAsync();
        using var user = await first.RegisterAsync();
        using var there = user.At(second);
        Assert.Equal(OK, (await there.GetAsync("/user/me/")).Status);

        var logins = (await user.GetAsync("/user/me/sessions/")).Ids;
        Assert.Equal(NoContent, (await user.DeleteAsync($"/user/me/sessions/{logins[0]}/")).Status);

        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        var refused = false;
        for (var i = 0; i < 100 && !refused; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            refused = (await there.GetAsync("/user/me/")).Status == Unauthorized;
        }
        Assert.True(refused, "The other instance still takes the token.");
    }

    [Theory, OnEachDatabase]
    public async Task A_login_that_is_remembered_ends_when_its_time_is_over(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await PampsServer.StartAsync(
            database,
            // The access token outlives the login, so that it is the login that ends.
            x =>
            {
                x.Security.AccessTokenExpireMinutes = 60;
                x.Security.RefreshTokenExpireMinutes = 30;
            },
            services: time.Use
        );
        using var user = await pamps.RegisterAsync();
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);

        time.Advance(TimeSpan.FromMinutes(31));

        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task Of_requests_at_once_none_that_follows_the_sign_out_is_let_in(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        for (var i = 0; i < 20; i++)
        {
            using var user = await pamps.RegisterAsync();
            var login = (await user.GetAsync("/user/me/sessions/")).Ids[0];
            using var stop = new CancellationTokenSource();
            // Others keep the memory warm while the login ends.
            var others = Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await user.GetAsync("/user/me/");
                    }
                })
                .ToList();
            await user.DeleteAsync($"/user/me/sessions/{login}/");
            var after = await user.GetAsync("/user/me/");
            await stop.CancelAsync();
            await Task.WhenAll(others);
            after.Refused(Unauthorized);
            (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        }
    }
}
