using Pamps.Core;
using Pamps.Tests.Accounts;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Limits;

/// <summary>What an account may have in total.</summary>
public sealed class TotalLimitTests
{
    private const int Most = 4;

    [Theory, OnEachDatabase]
    public async Task The_last_is_made_one_more_is_refused_and_one_that_is_taken_away_makes_room(
        Database database
    )
    {
        await using var pamps = await Limited.StartAsync(database, change: Few);
        using var star = await UnlimitedAsync(pamps);
        foreach (var kind in await KindsAsync(pamps, star, Most + 2))
        {
            using var ana = await pamps.RegisterAsync("ana");
            var made = new List<Answer>();
            for (var i = 0; i < Most; i++)
            {
                made.Add(await kind.MakeAsync(ana, i));
                IsMade(made[^1]);
            }
            var before = await pamps.CountAsync(kind.Table);

            IsFull(await kind.MakeAsync(ana, Most), kind);
            IsFull(await kind.MakeAsync(ana, Most, ("Idempotency-Key", "one_more")), kind);
            Assert.Equal(before, await pamps.CountAsync(kind.Table));

            // What is gone cannot make room twice.
            var undone = await Together.AtOnceAsync(_ => kind.UndoAsync(ana, 0, made[0]), 4);
            Assert.Contains(undone, x => x.Status == NoContent);
            IsMade(await kind.MakeAsync(ana, Most));
            IsFull(await kind.MakeAsync(ana, Most + 1), kind);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_storm_at_two_instances_with_one_left_one_gets_through(Database database)
    {
        await using var first = await Limited.StartAsync(database, change: Few);
        await using var second = await first.StartAnotherAsync(x => Limited.Limit(x, Few));
        using var star = await UnlimitedAsync(first);
        foreach (var kind in await KindsAsync(first, star, Most + Together.Many))
        {
            foreach (var isFirst in new[] { true, false })
            {
                // Of whom nothing is counted yet, and of whom it is.
                using var ana = await first.RegisterAsync("ana");
                using var there = ana.At(second);
                for (var i = 1; i < Most; i++)
                {
                    IsMade(await kind.MakeAsync(ana, i));
                }
                if (isFirst)
                {
                    await first.ExecuteAsync($"DELETE FROM allowance WHERE owner = {ana.Id}");
                }

                var answers = await Together.AtOnceAsync(i =>
                    kind.MakeAsync(i % 2 == 0 ? ana : there, Most + i, ("Idempotency-Key", $"{i}"))
                );

                IsMade(Assert.Single(answers, x => x.Status != TooManyRequests));
                Assert.All(answers.Where(x => x.Status == TooManyRequests), x => IsFull(x, kind));
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_full_goes_on_with_what_makes_no_more(Database database)
    {
        await using var pamps = await Limited.StartAsync(database, change: x => Limit(x, 1));
        using var star = await UnlimitedAsync(pamps);
        using var ana = await pamps.RegisterAsync("ana");
        var key = ("Idempotency-Key", "once");
        var kinds = await KindsAsync(pamps, star, 2);
        foreach (var kind in kinds)
        {
            IsMade(await kind.MakeAsync(ana, 0, key with { Item2 = kind.Name }));
        }

        foreach (var kind in kinds)
        {
            IsMade(await kind.MakeAsync(ana, 0, key with { Item2 = kind.Name }));
            IsFull(await kind.MakeAsync(ana, 1), kind);
            if (kind.Name != "posts")
            {
                var again = await kind.MakeAsync(ana, 0);
                Assert.True(again.Status is OK or Accepted, again.Body);
            }
        }
        var post = (await ana.GetAsync($"/post/user/{ana.Username}/")).Ids[0];
        Assert.Equal(OK, (await ana.PatchAsync($"/post/{post}/", new { text = "anew" })).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Posts_of_every_visibility_count_and_those_that_a_moderator_deletes_count_no_more(
        Database database
    )
    {
        await using var pamps = await Limited.StartAsync(database, change: Few);
        using var super = await UnlimitedAsync(pamps);
        using var ana = await pamps.RegisterAsync("ana");
        var posts = new List<long>();
        foreach (var visibility in new[] { "public", "unlisted", "followers", "direct" })
        {
            posts.Add((long)(await ana.PostAsync("/post/", new { text = "x", visibility }))["id"]!);
        }
        (await ana.PostAsync("/post/", new { text = "x", parent_id = posts[0] })).Refused(TooManyRequests);

        Assert.Equal(NoContent, (await super.DeleteAsync($"/post/{posts[0]}/")).Status);
        Assert.Equal(NoContent, (await ana.DeleteAsync($"/post/{posts[^1]}/")).Status);

        await ana.WriteAsync("one");
        await ana.WriteAsync("two");
        (await ana.PostAsync("/post/", new { text = "three" })).Refused(TooManyRequests);
        // Who has no limit deletes and writes beyond it.
        for (var i = 0; i <= Most; i++)
        {
            await super.WriteAsync($"{i}");
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_nobody_told_of_is_counted_within_a_day_and_once_a_day(Database database)
    {
        var time = new FakeTime();
        await using var pamps = await Limited.StartAsync(database, time, Few);
        using var star = await UnlimitedAsync(pamps);
        using var ana = await pamps.RegisterAsync("ana");
        for (var i = 0; i < Most; i++)
        {
            var post = await star.WriteAsync($"{i}");
            Assert.Equal(Created, (await ana.PostAsync($"/post/{post}/like/")).Status);
            await star.DeleteAsync($"/post/{post}/");
            await ana.WriteAsync($"{i}");
        }
        var more = await star.WriteAsync("more");
        Assert.Equal("no_more_likes", (string)(await ana.PostAsync($"/post/{more}/like/"))["code"]!);
        // As a version does that knows of no total.
        await pamps.ExecuteAsync(
            $"DELETE FROM post WHERE id = (SELECT min(id) FROM post WHERE user_id = {ana.Id})"
        );
        Assert.Equal("no_more_posts", (string)(await ana.PostAsync("/post/", new { text = "x" }))["code"]!);

        time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(Created, (await ana.PostAsync($"/post/{more}/like/")).Status);
        await ana.WriteAsync("counted anew");
        (await ana.PostAsync("/post/", new { text = "x" })).Refused(TooManyRequests);

        time.Advance(TimeSpan.FromHours(25));
        var before = await CountedUntilAsync();
        (await ana.PostAsync("/post/", new { text = "x" })).Refused(TooManyRequests);
        var counted = await CountedUntilAsync();
        Assert.True(counted > before, "A refusal kept no count.");
        time.Advance(TimeSpan.FromHours(1));
        (await ana.PostAsync("/post/", new { text = "x" })).Refused(TooManyRequests);
        Assert.Equal(counted, await CountedUntilAsync());

        Task<long> CountedUntilAsync() =>
            pamps.ScalarAsync<long>($"SELECT total_until FROM allowance WHERE owner = {ana.Id} AND deed = 2");
    }

    [Theory, OnEachDatabase]
    public async Task A_lower_limit_refuses_until_enough_is_deleted(Database database)
    {
        await using var pamps = await Limited.StartAsync(database, change: x => Limit(x, 0));
        await using var lower = await pamps.StartAnotherAsync(x => Limited.Limit(x, Few));
        using var ana = await pamps.RegisterAsync("ana");
        using var there = ana.At(lower);
        var posts = new List<long>();
        for (var i = 0; i < Most + 1; i++)
        {
            posts.Add(await ana.WriteAsync($"{i}"));
        }

        (await there.PostAsync("/post/", new { text = "x" })).Refused(TooManyRequests);
        Assert.Equal(NoContent, (await there.DeleteAsync($"/post/{posts[0]}/")).Status);
        (await there.PostAsync("/post/", new { text = "x" })).Refused(TooManyRequests);
        Assert.Equal(NoContent, (await ana.DeleteAsync($"/post/{posts[1]}/")).Status);

        await there.WriteAsync("the last");
        (await there.PostAsync("/post/", new { text = "x" })).Refused(TooManyRequests);
        await ana.WriteAsync("without a limit");
    }

    [Theory, OnEachDatabase]
    public async Task Imports_are_not_refused_and_what_they_bring_counts(Database database)
    {
        var workplace = (await Workplace.OnAsync(database)).With("PAMPS_LIMITS__TOTAL_POSTS", "1");
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            Limited.Limit(x, Few);
            x.Db.Uri = workplace.Uri;
        });
        using var ana = await pamps.RegisterAsync("ana");
        using var beto = await pamps.RegisterAsync("beto");
        for (var i = 0; i < Most; i++)
        {
            await beto.PostAsync($"/post/{await ana.WriteAsync($"{i}")}/like/");
            await beto.WriteAsync($"{i}");
        }
        var file = Path.Combine(workplace.Folder, "beto.zip");
        (await workplace.RunAsync("export", beto.Username, file)).Succeeded();
        using var caio = await pamps.RegisterAsync("caio");
        var others = (await caio.GetAsync($"/post/user/{beto.Username}/")).Ids;
        await caio.WriteAsync("before");
        await caio.PostAsync($"/post/{others[0]}/like/");

        var said = (await workplace.RunAsync("import", file, "--as", caio.Username)).Succeeded();

        Assert.Contains($"{Most} of {Most} posts, {Most} of {Most} likes", said, StringComparison.Ordinal);
        Assert.Equal("no_more_posts", (string)(await caio.PostAsync("/post/", new { text = "x" }))["code"]!);
        Assert.Equal("no_more_likes", (string)(await caio.PostAsync($"/post/{others[1]}/like/"))["code"]!);
    }

    private static void Few(LimitOptions limits) => Limit(limits, Most);

    private static void Limit(LimitOptions limits, int most) =>
        limits.TotalPosts =
            limits.TotalLikes =
            limits.TotalBookmarks =
            limits.TotalFollows =
            limits.TotalBlocks =
            limits.TotalMutes =
                most;

    private static async Task<Client> UnlimitedAsync(PampsServer pamps)
    {
        var super = await pamps.RegisterSuperuserAsync();
        await super.SignInAsync();
        return super;
    }

    /// <summary>Done, or asked for.</summary>
    private static void IsMade(Answer answer) =>
        Assert.True(answer.Status is Created or Accepted, $"{answer.Status}: {answer.Body}");

    private static void IsFull(Answer answer, Kind kind)
    {
        answer.Refused(TooManyRequests);
        Assert.Equal($"no_more_{kind.Name}", (string)answer["code"]!);
        var most = ((string)answer.Header("RateLimit-Policy")!).Split("q=")[1];
        Assert.Equal($"\"total_{kind.Name}\";q={most}", answer.Header("RateLimit-Policy"));
        Assert.Equal($"\"total_{kind.Name}\";r=0", answer.Header("RateLimit"));
        // No time helps.
        Assert.Null(answer.Header("Retry-After"));
    }

    private sealed record Kind(
        string Name,
        string Table,
        Func<Client, int, (string, string)[], Task<Answer>> Make,
        Func<Client, int, Answer, Task<Answer>> UndoAsync
    )
    {
        public Task<Answer> MakeAsync(Client who, int i, params (string, string)[] headers) =>
            Make(who, i, headers);
    }

    /// <summary>The kinds of what is limited, with so many others to do it to; every second of them has to be asked.</summary>
    private static async Task<Kind[]> KindsAsync(PampsServer pamps, Client star, int count)
    {
        var posts = await Task.WhenAll(Enumerable.Range(0, count).Select(x => star.WriteAsync($"{x}")));
        var users = await pamps.AddUsersAsync(3 * count);
        await pamps.ExecuteAsync(
            $"UPDATE \"user\" SET locked = true WHERE id IN ({string.Join(", ", users.Where((_, i) => i % 2 == 0))})"
        );
        return
        [
            new(
                "posts",
                "post",
                (who, i, headers) =>
                    who.PostAsync(
                        "/post/",
                        new { text = $"{i}", visibility = i % 2 == 0 ? "public" : "direct" },
                        headers
                    ),
                (who, _, made) => who.DeleteAsync($"/post/{made["id"]}/")
            ),
            new(
                "likes",
                "\"like\"",
                (who, i, headers) => who.PostAsync($"/post/{posts[i]}/like/", null, headers),
                (who, i, _) => who.DeleteAsync($"/post/{posts[i]}/like/")
            ),
            new(
                "bookmarks",
                "bookmark",
                (who, i, headers) => who.PostAsync($"/post/{posts[i]}/bookmark/", null, headers),
                (who, i, _) => who.DeleteAsync($"/post/{posts[i]}/bookmark/")
            ),
            Relation(
                "follows",
                "follow",
                "(SELECT id FROM social UNION ALL SELECT id FROM follow_request) x",
                users[..count]
            ),
            Relation("blocks", "block", "block", users[count..(2 * count)]),
            Relation("mutes", "mute", "mute", users[(2 * count)..]),
        ];

        static Kind Relation(string name, string path, string table, List<long> to) =>
            new(
                name,
                table,
                (who, i, headers) => who.PostAsync($"/user/{path}/{to[i]}/", null, headers),
                (who, i, _) => who.DeleteAsync($"/user/{path}/{to[i]}/")
            );
    }
}
