using System.Net;

namespace Pamps.Auth.Tests;

public class SignOutTests
{
    [Fact]
    public async Task Signing_out_ends_every_token_of_the_login_and_may_be_repeated()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        var other = await host.SignInAsync();
        var answer = await host.SignOutAsync(pair.Refresh);
        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", pair.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.RefreshAsync(pair.Refresh)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await host.SignOutAsync(pair.Refresh)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", other.Access)).Status);
    }

    [Fact]
    public async Task Signing_out_needs_a_good_refresh_token()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SignOutAsync(pair.Access)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", pair.Access)).Status);
        host.Time.Advance(TimeSpan.FromMinutes(600));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SignOutAsync(pair.Refresh)).Status);
    }
}
