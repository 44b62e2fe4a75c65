using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

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
            var wrong = await host.SignInAsync(i % 2 == 0 ? "ana" : "ANA", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
            host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var answer = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("t", answer.Json.GetProperty("trace_id").GetString());
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("cleo")).Status);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync()).Status);
    }

    [Fact]
    public async Task Who_has_shown_otherwise_that_an_account_is_theirs_is_forgiven_and_nobody_else()
    {
        await using var host = await TestHost.StartAsync(it => it.SignInFailuresPerAccount = 2);
        foreach (var name in new[] { "ana", "cleo" })
        {
            await host.SignInAsync(name, "wrong");
            await host.SignInAsync(name, "wrong");
            Assert.Equal(HttpStatusCode.TooManyRequests, (await host.SignInAsync(name)).Status);
        }

        await host.Get<SignInThrottle>()
            .ForgiveAsync(
                new PasswordTry("ana", Address: null) { AccountId = 1 },
                TestContext.Current.CancellationToken
            );

        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync()).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.SignInAsync("cleo")).Status);
    }

    [Fact]
    public async Task A_failure_counts_for_the_window_and_no_longer()
    {
        await using var host = await TestHost.StartAsync(it => it.SignInFailuresPerAccount = 2);
        await host.SignInAsync("ana", "wrong");
        host.Time.Advance(TimeSpan.FromMinutes(10));
        await host.SignInAsync("ana", "wrong");
        host.Time.Advance(TimeSpan.FromMinutes(5));
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
        var told = answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized);
        Assert.InRange(told, 1, 10);
        Assert.Equal(16 - told, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));

        // A failure that has just been counted may for a moment count as under way too, so one may have been turned away early.
        while ((await host.SignInAsync("ana", "wrong")).Status == HttpStatusCode.Unauthorized)
        {
            told++;
        }
        Assert.Equal(10, told);
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
    public async Task An_address_that_the_version_before_knew_is_known()
    {
        await using var host = await TestHost.StartAsync(it => it.SignInFailuresPerAddress = 1);
        // Ana at 203.0.113.7, as that version wrote it: a hash under the key that signs tokens.
        byte[] place =
        [
            .. "failed sign-in, account at\n"u8,
            .. BitConverter.GetBytes(2),
            .. "\u00001"u8,
            .. BitConverter.GetBytes(4),
            .. new byte[] { 203, 0, 113, 7 },
        ];
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Settings.Key), place);
        await host.Get<ISignInFailureStore>()
            .RememberAsync(Convert.ToBase64String(hash), TestContext.Current.CancellationToken);

        await host.SignInAsync("nobody", "wrong", Here);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.SignInAsync("cleo", from: Here)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync(from: Here)).Status);
    }

    [Fact]
    public async Task Memory_is_bounded_and_the_oldest_are_forgotten()
    {
        var throttle = Throttle(it => it.SignInFailuresPerAccount = 1);
        for (var i = 0; i <= 100_000; i++)
        {
            await using var attempt = await BeginAsync(throttle, $"name{i}");
            Assert.True(attempt.Allowed);
        }

        Assert.False((await BeginAsync(throttle, "name90000")).Allowed);
        Assert.True((await BeginAsync(throttle, "name0")).Allowed);
    }

    [Fact]
    public async Task Right_passwords_at_once_close_nothing_for_long()
    {
        var throttle = Throttle(it => it.SignInFailuresPerAccount = 2);
        var first = await BeginAsync(throttle, "ana");
        var second = await BeginAsync(throttle, "ana");

        // Guesses could hide among them, so a third waits; but only until it is known that they were right.
        var third = await BeginAsync(throttle, "ana");
        Assert.False(third.Allowed);
        Assert.InRange(third.RetryAfter, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
        await third.DisposeAsync();
        Assert.True(await first.SucceededAsync(TestContext.Current.CancellationToken));
        second.TakeBack();
        await first.DisposeAsync();
        await second.DisposeAsync();

        Assert.True((await BeginAsync(throttle, "ana")).Allowed);
    }

    [Fact]
    public async Task Processes_that_share_a_store_tell_no_more_guessers_apart_than_one_does()
    {
        var shared = Store();
        var throttles = Enumerable.Range(0, 3).Select(_ => Throttle(Limit, shared)).ToList();
        var attempts = new List<SignInAttempt>();
        foreach (var throttle in throttles)
        {
            attempts.Add(await BeginAsync(throttle, "ana"));
            attempts.Add(await BeginAsync(throttle, "ana"));
        }
        // Each process lets in two, as nothing has failed yet.
        Assert.All(attempts, x => Assert.True(x.Allowed));

        var told = new List<bool>();
        foreach (var attempt in attempts.Skip(1))
        {
            told.Add(await attempt.FailedAsync());
        }

        Assert.Equal([true, true, false, false, false], told);
        Assert.Equal(TimeSpan.FromMinutes(15), attempts[^1].RetryAfter);
        // Nor is the one told who guessed right behind them.
        Assert.False(await attempts[0].SucceededAsync(TestContext.Current.CancellationToken));
        static void Limit(PampsAuthOptions it) => it.SignInFailuresPerAccount = 2;
    }

    [Fact]
    public async Task A_flood_of_refusals_is_held_back_a_second_and_the_first_few_are_not()
    {
        var time = FakeTime.New();
        var throttle = Throttle(it => it.SignInFailuresPerAccount = 1, time: time);
        await (await BeginAsync(throttle, "ana")).FailedAsync();

        var flood = Enumerable.Range(0, 50).Select(_ => BeginAsync(throttle, "ana")).ToList();
        Assert.All(flood.Take(20), x => Assert.True(x.IsCompletedSuccessfully));
        Assert.All(flood.Skip(20), x => Assert.False(x.IsCompleted));
        // Nobody else waits for them.
        Assert.True((await BeginAsync(throttle, "cleo")).Allowed);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await Task.WhenAll(flood), x => Assert.False(x.Allowed));
        Assert.True(BeginAsync(throttle, "ana").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_refusal_that_nobody_waits_for_any_more_is_not_held()
    {
        var throttle = Throttle(it => it.SignInFailuresPerAccount = 1);
        await (await BeginAsync(throttle, "ana")).FailedAsync();
        using var gone = new CancellationTokenSource();
        var flood = Enumerable
            .Range(0, 21)
            .Select(_ => throttle.BeginAsync(new PasswordTry("ana", null), gone.Token))
            .ToList();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flood[^1]);
    }

    private static Task<SignInAttempt> BeginAsync(SignInThrottle throttle, string name) =>
        throttle.BeginAsync(new PasswordTry(name, null), TestContext.Current.CancellationToken);

    private static SignInThrottle Throttle(
        Action<PampsAuthOptions> configure,
        ISignInFailureStore? store = null,
        TimeProvider? time = null
    ) => new(Settings.Of(configure), store ?? Store(), time ?? FakeTime.New());

    private static ISignInFailureStore Store() =>
        new ServiceCollection()
            .AddSingleton<TimeProvider>(FakeTime.New())
            .AddPampsAuth(Settings.Quick)
            .Services.BuildServiceProvider()
            .GetRequiredService<ISignInFailureStore>();
}
