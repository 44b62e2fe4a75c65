using System.Net;

namespace Pamps.Auth.Tests;

public class ThrottleTests
{
    private const string Here = "203.0.113.7";

    [Fact]
    public async Task An_account_has_ten_failures_in_fifteen_minutes()
    {
        await using var host = await TestHost.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            var wrong = await host.SignInAsync(i % 2 == 0 ? "ana" : " ANA ", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
            host.Time.Pass(TimeSpan.FromMinutes(1));
        }

        var answer = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("t", answer.Json.GetProperty("trace_id").GetString());
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("cleo")).Status);
        host.Time.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync()).Status);
    }

    [Fact]
    public async Task A_failure_counts_for_the_window_and_no_longer()
    {
        await using var host = await TestHost.StartAsync(it => it.SignInFailuresPerAccount = 2);
        await host.SignInAsync("ana", "wrong");
        host.Time.Pass(TimeSpan.FromMinutes(10));
        await host.SignInAsync("ana", "wrong");
        host.Time.Pass(TimeSpan.FromMinutes(5));
        var wrong = await host.SignInAsync("ana", "wrong");
        var throttled = await host.SignInAsync("ana", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal(TimeSpan.FromMinutes(10), throttled.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task An_unknown_name_is_throttled_like_any_other()
    {
        await using var host = await TestHost.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await host.SignInAsync("nobody", "wrong");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.SignInAsync("nobody")).Status);
    }

    [Fact]
    public async Task Parallel_guesses_do_not_slip_under_the_limit()
    {
        await using var host = await TestHost.StartAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => host.SignInAsync("ana", "wrong")))
        );
        Assert.Equal(10, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(6, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Successes_do_not_count_and_clear_the_account_but_not_the_address()
    {
        await using var host = await TestHost.StartAsync(it => it.SignInFailuresPerAddress = 18);
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync(from: Here)).Status);
        }

        for (var i = 0; i < 18; i++)
        {
            var wrong = await host.SignInAsync("ana", "wrong", Here);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
            if (i == 8)
            {
                Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync(from: Here)).Status);
            }
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.SignInAsync("cleo", from: Here)).Status);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.8")]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", "::ffff:203.0.113.8")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")]
    public async Task An_address_has_fifty_failures_under_any_names(string from, string same, string other)
    {
        await using var host = await TestHost.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            var wrong = await host.SignInAsync($"name{i}", "wrong", from);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        }

        var answer = await host.SignInAsync(from: same);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal(TimeSpan.FromMinutes(15), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync(from: other)).Status);
    }

    [Fact]
    public void Memory_is_bounded_and_the_oldest_are_forgotten()
    {
        var throttle = new SignInThrottle(
            Settings.Of(it => it.SignInFailuresPerAccount = 1),
            new ManualTime()
        );
        for (var i = 0; i <= 100_000; i++)
        {
            using var attempt = throttle.Begin($"name{i}", null);
            Assert.True(attempt.Allowed);
        }

        Assert.False(throttle.Begin("name1", null).Allowed);
        Assert.True(throttle.Begin("name0", null).Allowed);
    }

    [Fact]
    public void Right_passwords_at_once_close_nothing_for_long()
    {
        var throttle = new SignInThrottle(
            Settings.Of(it => it.SignInFailuresPerAccount = 2),
            new ManualTime()
        );
        var first = throttle.Begin("ana", null);
        var second = throttle.Begin("ana", null);

        // Guesses could hide among them, so a third waits; but only until it is known that they were right.
        var third = throttle.Begin("ana", null);
        Assert.False(third.Allowed);
        Assert.InRange(third.RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
        first.Succeeded();
        second.TakeBack();
        first.Dispose();
        second.Dispose();

        Assert.True(throttle.Begin("ana", null).Allowed);
    }
}
