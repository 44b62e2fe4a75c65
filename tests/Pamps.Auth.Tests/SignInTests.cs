using System.Net;

namespace Pamps.Auth.Tests;

public class SignInTests
{
    [Fact]
    public async Task The_right_password_gives_two_tokens_that_nobody_may_store()
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal(1800, answer.Json.GetProperty("expires_in").GetInt64());
        Assert.NotEqual(answer.Access, answer.Refresh);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/me", answer.Access)).Status);
    }

    [Fact]
    public async Task Unknown_wrong_and_inactive_are_answered_with_the_same_words()
    {
        await using var host = await TestHost.StartAsync();
        Answer[] answers =
        [
            await host.SignInAsync("ana", "wrong"),
            await host.SignInAsync("nobody", TestHost.Password),
            await host.SignInAsync("bea", TestHost.Password),
            await host.SendAsync(
                new(HttpMethod.Post, "/token")
                {
                    Content = new MultipartFormDataContent
                    {
                        { new StringContent("ana\0"), "username" },
                        { new StringContent(TestHost.Password), "password" },
                    },
                }
            ),
        ];
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.All(answers, answer => Assert.Equal("Bearer", answer.Challenge));
        Assert.Equal("Incorrect username or password", answers[0].Detail);
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
    }

    [Fact]
    public async Task A_hash_of_too_few_rounds_is_replaced_once()
    {
        await using var host = await TestHost.StartAsync(it => it.PasswordIterations = 3000);
        using var weak = new PasswordHashing(Settings.Of());
        var old = await weak.HashAsync(TestHost.Password, TestContext.Current.CancellationToken);
        host.Accounts.Put(host.Accounts.Find(1)! with { PasswordHash = old });
        await host.SignInAsync("ana", "wrong");
        Assert.Equal(old, host.Accounts.Find(1)!.PasswordHash);
        var first = await host.SignInAsync();
        var strong = host.Accounts.Find(1)!.PasswordHash;
        var second = await host.SignInAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.NotEqual(old, strong);
        Assert.Equal(strong, host.Accounts.Find(1)!.PasswordHash);
    }

    [Fact]
    public async Task The_hash_of_an_account_that_may_not_sign_in_is_left_alone()
    {
        await using var host = await TestHost.StartAsync(it => it.PasswordIterations = 3000);
        using var weak = new PasswordHashing(Settings.Of());
        var old = await weak.HashAsync(TestHost.Password, TestContext.Current.CancellationToken);
        host.Accounts.Put(host.Accounts.Find(2)! with { PasswordHash = old });
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.SignInAsync("bea")).Status);
        Assert.Equal(old, host.Accounts.Find(2)!.PasswordHash);
    }

    [Fact]
    public async Task Sign_ins_that_all_find_the_hash_too_old_all_succeed()
    {
        await using var host = await TestHost.StartAsync(it =>
        {
            it.PasswordIterations = 3000;
            it.ParallelHashes = 8;
        });
        using var weak = new PasswordHashing(Settings.Of());
        var old = await weak.HashAsync(TestHost.Password, TestContext.Current.CancellationToken);
        host.Accounts.Put(host.Accounts.Find(1)! with { PasswordHash = old });
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.SignInAsync()));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }
}
