using System.Net;

namespace Pamps.Auth.Tests;

public class FreshTests
{
    [Fact]
    public async Task A_token_from_a_password_is_fresh()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/fresh", pair.Access)).Status);
    }

    [Fact]
    public async Task A_refreshed_token_is_not_and_asks_for_the_password()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.RefreshAsync((await host.SignInAsync()).Refresh);
        var answer = await host.GetAsync("/fresh", pair.Access);
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.Status, answer.Challenge));
        Assert.Contains("password again", answer.Detail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", pair.Access)).Status);
    }

    [Fact]
    public async Task A_refreshed_token_of_a_superuser_is_enough()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.RefreshAsync((await host.SignInAsync("cleo")).Refresh);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/fresh", pair.Access)).Status);
    }

    [Fact]
    public async Task No_token_is_just_not_authenticated()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("Not authenticated", (await host.GetAsync("/fresh")).Detail);
    }
}
