using System.Net;

namespace Pamps.Auth.Tests;

public class BearerTests
{
    [Fact]
    public async Task An_endpoint_sees_who_calls_it()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync("cleo");
        var me = (await host.GetAsync("/me", pair.Access, "bearer")).Json;
        Assert.Equal(3, me.GetProperty("accountId").GetInt64());
        Assert.Equal("cleo", me.GetProperty("username").GetString());
        Assert.True(me.GetProperty("superuser").GetBoolean());
        Assert.True(me.GetProperty("fresh").GetBoolean());
        Assert.Equal("cleo", (await host.GetAsync("/open", pair.Access)).Text);
    }

    [Fact]
    public async Task An_open_endpoint_takes_a_bad_token_for_nobody()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal("nobody", (await host.GetAsync("/open")).Text);
        Assert.Equal("nobody", (await host.GetAsync("/open", "x")).Text);
    }

    [Theory]
    [InlineData(null, "Bearer", "Not authenticated")]
    [InlineData("eDp5", "Basic", "Not authenticated")]
    [InlineData("x", "Bearer", "Could not validate credentials")]
    [InlineData("", "Bearer", "Not authenticated")]
    public async Task A_closed_endpoint_says_whether_a_token_is_missing_or_bad(
        string? token,
        string scheme,
        string detail
    )
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.GetAsync("/me", token, scheme);
        Assert.Equal((HttpStatusCode.Unauthorized, detail), (answer.Status, answer.Detail));
        Assert.Equal(("Bearer", "application/problem+json"), (answer.Challenge, answer.ContentType));
        Assert.Equal("t", answer.Json.GetProperty("trace_id").GetString());
    }

    [Fact]
    public async Task Two_tokens_in_one_request_are_none()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {pair.Access}", "Bearer x"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_token_ends_with_its_name_or_its_account()
    {
        await using var host = await TestHost.StartAsync();
        var pair = await host.SignInAsync();
        var ana = host.Accounts.Find(1)!;
        host.Accounts.Put(ana with { Username = "anna" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", pair.Access)).Status);
        host.Accounts.Put(ana with { Active = false });
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", pair.Access)).Status);
        host.Accounts.Put(ana);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", pair.Access)).Status);
        host.Accounts.Remove(1);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/me", pair.Access)).Status);
    }

    [Fact]
    public async Task Who_may_not_is_answered_403()
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.GetAsync("/boss", (await host.SignInAsync()).Access);
        Assert.Equal((HttpStatusCode.Forbidden, ""), (answer.Status, answer.Challenge));
        Assert.Equal("application/problem+json", answer.ContentType);
        var boss = await host.GetAsync("/boss", (await host.SignInAsync("cleo")).Access);
        Assert.Equal(HttpStatusCode.OK, boss.Status);
    }
}
