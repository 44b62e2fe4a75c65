using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Limits;

/// <summary>What an account may write in a time.</summary>
public sealed class WriteLimitTests
{
    private const int Left = 10;
    private const int Storm = 40;
    private const int Hundred = 100;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, OnEachDatabase]
    public async Task Of_a_storm_with_ten_left_ten_get_through_and_the_others_hear_when_to_come_again(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var star = await pamps.RegisterAsync("star");
        var users = await pamps.AddUsersAsync(Storm + 3);
        var posts = await Task.WhenAll(users.Select(x => star.WriteAsync($"{x}")));
        foreach (var (name, deed, most, window, done, table) in Kinds)
        {
            using var ana = await pamps.RegisterAsync("ana");
            var own = name == "edits" ? await ana.WriteAsync("my own") : 0;
            Assert.Equal(done, (await OneAsync(Storm)).Status);
            await pamps.LeaveAsync(time, Left, window, most, $"owner = {ana.Id} AND deed = {deed}");
            var before = await pamps.CountAsync(table);

            var answers = await Together.AtOnceAsync(OneAsync, Storm);

            answers.Split(Left, done, others: TooManyRequests);
            Assert.All(answers.Where(x => x.Status != done), x =>
                x.IsTooMany($"too_many_{name}", name, most, window)
            );
            Assert.Equal(before + Left, await pamps.CountAsync(table));
            Assert.Equal(OK, (await ana.GetAsync("/user/me/")).Status);
            Assert.Equal(Created, (await star.PostAsync("/post/", new { text = "as ever" })).Status);
            time.Advance(window / most);
            Assert.Equal(done, (await OneAsync(Storm + 1)).Status);
            (await OneAsync(Storm + 2)).IsTooMany($"too_many_{name}", name, most, window);

            Task<Answer> OneAsync(int i) =>
                name switch
                {
                    "posts" => ana.PostAsync("/post/", new { text = $"{i}" }),
                    "edits" => ana.PatchAsync($"/post/{own}/", new { text = $"{i}" }),
                    "likes" => ana.PostAsync($"/post/{posts[i]}/like/"),
                    "follows" => ana.PostAsync($"/user/follow/{users[i]}/"),
                    _ => ana.PostAsync($"/user/mute/{users[i]}/"),
                };
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_changes_nothing_or_is_repeated_counts_for_nothing_and_goes_on_when_all_is_spent(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var star = await pamps.RegisterAsync("star");
        using var ana = await pamps.RegisterAsync("ana");
        var post = await star.WriteAsync("likeable");
        var key = ("Idempotency-Key", "once");
        var first = await ana.PostAsync("/post/", new { text = "once" }, key);
        Assert.Equal(Created, (await ana.PostAsync($"/post/{post}/like/")).Status);
        var before = await SpentAsync();

        Assert.Equal(OK, (await ana.PostAsync($"/post/{post}/like/")).Status);
        Assert.Equal(first.Body, (await ana.PostAsync("/post/", new { text = "once" }, key)).Body);
        (await ana.PostAsync("/post/1/like/")).Refused(NotFound);
        (await ana.PatchAsync("/post/1/", new { text = "no" })).Refused(NotFound);
        Assert.Equal(before, await SpentAsync());

        await pamps.LeaveAsync(time, 0, 3 * Hour, 300, $"owner = {ana.Id} AND deed = 2");
        await pamps.LeaveAsync(time, 0, Hour, 1000, $"owner = {ana.Id} AND deed = 4");
        Assert.Equal(OK, (await ana.PostAsync($"/post/{post}/like/")).Status);
        Assert.Equal(first.Body, (await ana.PostAsync("/post/", new { text = "once" }, key)).Body);
        (await ana.PostAsync("/post/", new { text = "more" }, ("Idempotency-Key", "more"))).Refused(
            TooManyRequests
        );
        Assert.Equal(1, await pamps.CountAsync("idempotency"));

        Task<string> SpentAsync() =>
            pamps.ScalarAsync<string>(
                $"SELECT count(*) || ' ' || sum(spent_until) FROM allowance WHERE owner = {ana.Id}"
            );
    }

    [Theory, OnEachDatabase]
    public async Task Superusers_have_no_limit_and_nobody_has_one_of_ending_logins_and_accounts(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time, OneOfEach);
        using var super = await pamps.RegisterSuperuserAsync();
        await super.SignInAsync();
        Assert.All(await Together.AtOnceAsync(i => super.PostAsync("/post/", new { text = $"{i}" })), x =>
            Assert.Equal(Created, x.Status)
        );

        using var ana = await pamps.RegisterAsync("ana");
        using var elsewhere = await ana.OtherProgramAsync();
        Assert.Equal(OK, (await ana.PatchAsync("/user/me/", new { bio = "one" })).Status);
        (await ana.PatchAsync("/user/me/", new { bio = "two" })).Refused(TooManyRequests);
        Assert.Equal("one", (string)(await ana.GetAsync("/user/me/"))["bio"]!);
        foreach (var login in (await ana.GetAsync("/user/me/sessions/")).Items)
        {
            if (!(bool)login!["current"]!)
            {
                Assert.Equal(NoContent, (await ana.DeleteAsync($"/user/me/sessions/{login["id"]}/")).Status);
            }
        }
        var change = new { current_password = Client.DefaultPassword, new_password = "another horse" };
        Assert.Equal(NoContent, (await ana.PostAsync("/user/me/password/", change)).Status);
        await ana.SignInAsync("another horse");
        Assert.Equal(NoContent, (await ana.DeleteAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task An_account_is_signed_in_to_so_often_in_an_hour_by_whatever_way(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var ana = await pamps.RegisterAsync("ana");
        using var other = await pamps.RegisterAsync();
        using var browser = new Browser(pamps);
        await pamps.LeaveAsync(time, left: 1, Hour, 300, $"owner = {ana.Id} AND deed = 12");
        var body = new { username = ana.Username, password = Client.DefaultPassword };

        // A wrong password is not counted.
        (await SecurityLogs.SignInAsync(ana, ana.Username, "wrong", "192.0.2.1")).Refused(Unauthorized);
        var answers = await Together.AtOnceAsync(
            _ => browser.SendAsync(HttpMethod.Post, "/session/", body),
            4
        );
        answers.Split(1, OK, others: TooManyRequests);
        var refused = await browser.SendAsync(HttpMethod.Post, "/session/", body);
        Assert.Equal("too_many_sign_ins", (string)refused["code"]!);
        Assert.Equal("12", refused.Header("Retry-After"));
        await other.SignInAsync();
        time.Advance(TimeSpan.FromSeconds(12));
        await ana.SignInAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Who_does_much_is_counted_ahead_and_may_do_all_that_is_allowed_and_no_more(
        Database database
    )
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time, x => x.PostsPer3Hours = Hundred);
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        var once = ("Idempotency-Key", "once");
        var first = await ana.PostAsync("/post/", new { text = "once" }, once);
        var changes = 0;
        var spent = await SpentAsync();
        for (var i = 1; i < Hundred; i++)
        {
            // These count for nothing, whether or not one is counted ahead.
            (await ana.PostAsync("/post/", new { text = "" })).Refused(UnprocessableEntity);
            (await ana.PostAsync("/post/", new { text = "no", parent_id = 1 })).Blames("parent_id");
            Assert.Equal(first.Body, (await ana.PostAsync("/post/", new { text = "once" }, once)).Body);
            await ana.WriteAsync($"{i}");
            var now = await SpentAsync();
            changes += now == spent ? 0 : 1;
            spent = now;
        }

        (await ana.PostAsync("/post/", new { text = "one too many" })).IsTooMany(
            "too_many_posts",
            "posts",
            Hundred,
            3 * Hour
        );
        Assert.InRange(changes, 40, 70);
        await beto.WriteAsync("as ever");
        // Nothing that was counted ahead is left when all would be allowed again anyway.
        time.Advance(3 * Hour);
        await ana.WriteAsync("rested");
        Assert.True(await SpentAsync() > spent);

        Task<long> SpentAsync() =>
            pamps.ScalarAsync<long>($"SELECT spent_until FROM allowance WHERE owner = {ana.Id} AND deed = 2");
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_storm_from_the_start_no_more_get_through_than_may_and_hardly_fewer(
        Database database
    )
    {
        var time = new FakeTime();
        await using var first = await Limited.StartAsync(database, time, x => x.PostsPer3Hours = Hundred);
        await using var second = await first.StartAnotherAsync(
            x => Limited.Limit(x, limits => limits.PostsPer3Hours = Hundred),
            time.Use
        );
        using var ana = await first.RegisterAsync("ana");
        using var there = ana.At(second);

        var answers = await Together.AtOnceAsync(
            i => (i % 2 == 0 ? ana : there).PostAsync("/post/", new { text = $"{i}" }),
            Hundred + Left
        );

        var done = answers.Count(x => x.Status == Created);
        answers.Split(done, Created, others: TooManyRequests);
        // What one instance has counted ahead the other cannot use: of a hundred no more than five at once, of which one is done.
        Assert.InRange(done, Hundred - (2 * 4), Hundred);
    }

    [Theory, OnEachDatabase]
    public async Task Two_instances_count_together(Database database)
    {
        var time = new FakeTime();
        await using var first = await Limited.StartAsync(database, time);
        await using var second = await first.StartAnotherAsync(x => Limited.Limit(x), time.Use);
        using var ana = await first.RegisterAsync("ana");
        using var there = ana.At(second);
        await ana.WriteAsync("one");
        await first.LeaveAsync(time, Left, 3 * Hour, 300, $"owner = {ana.Id}");

        var answers = await Together.AtOnceAsync(
            i => (i % 2 == 0 ? ana : there).PostAsync("/post/", new { text = $"{i}" }),
            Storm
        );

        answers.Split(Left, Created, others: TooManyRequests);
    }

    [Theory, OnEachDatabase]
    public async Task A_limit_of_0_is_none(Database database)
    {
        await using var pamps = await Limited.StartAsync(database, change: None);
        using var ana = await pamps.RegisterAsync("ana");

        await ana.WriteAsync("one");

        Assert.Equal(0, await pamps.CountAsync("allowance"));
    }

    [Theory, OnEachDatabase]
    public async Task Allowances_that_are_whole_again_are_swept_and_others_stay(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time);
        using var ana = await pamps.RegisterAsync("ana");
        await pamps.ExecuteAsync(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
            INSERT INTO allowance (owner, deed, spent_until, may_be_spent_until) SELECT i, 2, 1, 1 FROM n
            """
        );
        await ana.WriteAsync("one");

        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ana.Id, await pamps.ScalarAsync<long>("SELECT owner FROM allowance"));
    }

    private static readonly (
        string Name,
        int Deed,
        int Most,
        TimeSpan Window,
        HttpStatusCode Done,
        string Table
    )[] Kinds =
    [
        ("posts", 2, 300, 3 * Hour, Created, "post"),
        ("edits", 3, 300, Hour, OK, "event WHERE kind = 2"),
        ("likes", 4, 1000, Hour, Created, "\"like\""),
        ("follows", 5, 400, 24 * Hour, Created, "social"),
        ("changes", 1, 2000, Hour, Created, "mute"),
    ];

    private static void OneOfEach(Core.LimitOptions limits) =>
        limits.PostsPer3Hours = limits.EditsPerHour = limits.LikesPerHour = limits.OtherWritesPerHour = 1;

    private static void None(Core.LimitOptions limits) =>
        limits.PostsPer3Hours =
            limits.EditsPerHour =
            limits.LikesPerHour =
            limits.OtherWritesPerHour =
            limits.SignInsPerHour =
            limits.TotalPosts =
                0;
}
