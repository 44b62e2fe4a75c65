using System.Net;

namespace Pamps.Auth.Tests;

public class RefreshTests
{
    [Fact]
    public async Task A_refresh_token_gives_a_pair_that_works_and_is_spent()
    {
        await using var host = await TestHost.StartAsync();
        var first = await host.SignInAsync();
        var second = await host.RefreshAsync(first.Refresh);
        var third = await host.RefreshAsync(second.Refresh);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal("no-store", second.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.OK, third.Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", third.Access)).Status);
    }

    [Fact]
    public async Task A_spent_refresh_token_ends_all_tokens_of_its_login_and_no_other()
    {
        await using var host = await TestHost.StartAsync();
        var other = await host.SignInAsync();
        var first = await host.SignInAsync();
        var second = await host.RefreshAsync(first.Refresh);
        var reused = await host.RefreshAsync(first.Refresh);
        Assert.Equal(HttpStatusCode.Unauthorized, reused.Status);
        Assert.Equal("Could not validate credentials", reused.Detail);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(second.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", first.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", second.Access)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", other.Access)).Status);
    }

    [Fact]
    public async Task Of_many_refreshes_of_one_token_at_once_exactly_one_wins()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => host.RefreshAsync(pair.Refresh)))
        );
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refresh_token_follows_its_account()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        host.Accounts.Put(host.Accounts.Find(1)! with { Username = "anna" });
        var renamed = await host.RefreshAsync(pair.Refresh);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", renamed.Access)).Status);
        host.Accounts.Put(host.Accounts.Find(1)! with { Active = false });
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(renamed.Refresh)).Status);
    }

    [Fact]
    public async Task A_login_ends_after_its_lifetime_however_often_it_is_refreshed()
    {
        await using var host = await TestHost.StartAsync(it => it.LoginLifetime = TimeSpan.FromHours(15));
        var pair = await host.SignInAsync();
        host.Time.Advance(TimeSpan.FromHours(9));
        pair = await host.RefreshAsync(pair.Refresh);
        Assert.Equal(
            6 * 3600,
            (long)Forge.Payload(pair.Refresh)["exp"]! - host.Time.GetUtcNow().ToUnixTimeSeconds()
        );
        host.Time.Advance(TimeSpan.FromHours(5.9));
        pair = await host.RefreshAsync(pair.Refresh);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", pair.Access)).Status);

        host.Time.Advance(TimeSpan.FromHours(0.1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", pair.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(pair.Refresh)).Status);
    }

    [Fact]
    public async Task A_token_that_does_not_say_when_its_login_began_counts_from_its_own_time()
    {
        await using var host = await TestHost.StartAsync(it => it.LoginLifetime = TimeSpan.FromHours(15));
        var payload = Forge.Payload((await host.SignInAsync()).Refresh);
        Assert.True(payload.Remove("auth_time"));
        host.Time.Advance(TimeSpan.FromHours(1));

        var refreshed = Forge.Payload((await host.RefreshAsync(Forge.Signed(payload))).Refresh);

        Assert.Equal((long)payload["iat"]!, (long)refreshed["auth_time"]!);
    }

    [Fact]
    public async Task A_refresh_token_runs_out()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        host.Time.Advance(TimeSpan.FromMinutes(600));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(pair.Refresh)).Status);
    }
}
