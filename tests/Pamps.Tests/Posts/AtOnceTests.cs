using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Limits;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Posts;

/// <summary>
/// Posts after the first of a day, which PostgreSQL is given in one statement: what is in their way is found as ever, and then
/// nothing is written.
/// </summary>
public sealed class AtOnceTests
{
    private const int Most = 300;

    private static readonly TimeSpan Window = TimeSpan.FromHours(3);

    [Theory, OnEachDatabase]
    public async Task With_one_key_it_is_written_once_also_of_many_at_once(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var ana = await StartAsync(pamps, time);

        var answers = await Together.AtOnceAsync(_ => PostAsync("one", "key"), 12);

        Assert.Single(answers.Select(x => x.Body).Distinct());
        Assert.All(answers, x => Assert.Equal(Created, x.Status));
        Assert.Equal(answers[0].Body, (await PostAsync("one", "key")).Body);
        (await PostAsync("another", "key")).Blames("Idempotency-Key");
        Assert.Equal(2, await pamps.CountAsync("post"));
        Assert.Equal(2, (long)(await ana.GetAsync($"/user/{ana.Username}/"))["posts_count"]!);
        Assert.Equal(2, await TotalAsync(pamps));

        Task<Answer> PostAsync(string text, string key) =>
            ana.PostAsync("/post/", new { text }, ("Idempotency-Key", key));
    }

    [Theory, OnEachDatabase]
    public async Task Of_an_author_who_is_gone_meanwhile_nothing_is_written(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var ana = await StartAsync(pamps, time);
        await pamps.ExecuteAsync("UPDATE \"user\" SET suspended_at = CURRENT_TIMESTAMP");

        (await ana.PostAsync("/post/", new { text = "late" })).Refused(Unauthorized);

        Assert.Equal(1, await pamps.CountAsync("post"));
        Assert.Equal(1, await pamps.CountAsync("post_search"));
        Assert.Equal(1, await TotalAsync(pamps));
    }

    [Theory, OnEachDatabase]
    public async Task Of_one_too_many_nothing_is_written_and_it_is_said_when_to_come_again(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var ana = await StartAsync(pamps, time);
        await pamps.LeaveAsync(time, left: 1, Window, Most, $"owner = {ana.Id} AND deed = 2");
        await ana.WriteAsync("the last");

        (await ana.PostAsync("/post/", new { text = "too many" })).IsTooMany(
            "too_many_posts",
            "posts",
            Most,
            Window
        );
        time.Advance(Window);
        await pamps.ExecuteAsync("UPDATE allowance SET may_be_total = 250000, total = 250000 WHERE deed = 2");
        var full = await ana.PostAsync("/post/", new { text = "too many" });

        Assert.Equal((TooManyRequests, "no_more_posts"), (full.Status, (string)full["code"]!));
        Assert.Equal(2, await pamps.CountAsync("post"));
        Assert.Equal(2, (long)(await ana.GetAsync($"/user/{ana.Username}/"))["posts_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_count_that_is_lost_is_made_anew(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var ana = await StartAsync(pamps, time);
        await pamps.ExecuteAsync("DELETE FROM allowance");

        await ana.WriteAsync("second");

        Assert.Equal(2, await TotalAsync(pamps));
        time.Advance(TimeSpan.FromMinutes(10));
        await ana.WriteAsync("third");
        Assert.Equal(3, await TotalAsync(pamps));
    }

    /// <summary>Somebody who has posted today, a while ago.</summary>
    private static async Task<Client> StartAsync(PampsServer pamps, FakeTime time)
    {
        var ana = await pamps.RegisterAsync("ana");
        await ana.WriteAsync("first");
        time.Advance(TimeSpan.FromMinutes(10));
        return ana;
    }

    private static Task<long> TotalAsync(PampsServer pamps) =>
        pamps.ScalarAsync<long>("SELECT total FROM allowance WHERE deed = 2");
}
