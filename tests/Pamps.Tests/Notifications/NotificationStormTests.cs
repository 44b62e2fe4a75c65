using System.Collections.Concurrent;
using System.Diagnostics;
using Pamps.Tests.Host;
using Pamps.Tests.Posts;

namespace Pamps.Tests.Notifications;

/// <summary>Many who do and undo the same things at once.</summary>
public sealed class NotificationStormTests
{
    private static async Task<List<Client>> RegisterAsync(PampsServer pamps, int count)
    {
        var clients = new List<Client>();
        for (var i = 0; i < count; i++)
        {
            clients.Add(await pamps.RegisterAsync());
        }
        return clients;
    }

    [Theory, OnEachDatabase]
    public async Task Who_likes_and_follows_in_the_end_is_told_once_and_nobody_else(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var author = await pamps.RegisterAsync();
        var post = await author.WriteAsync("hello");
        var fans = await RegisterAsync(pamps, 4);
        string[] paths = [$"/post/{post}/like/", $"/user/follow/{author.Id}/"];

        var requests =
            from step in Enumerable.Range(0, 12)
            from fan in fans
            from path in paths
            select (Func<Task<Answer>>)(() => step % 2 == 0 ? fan.PostAsync(path) : fan.DeleteAsync(path));
        var answers = await Whole.AtOnceAsync(requests);

        Assert.All(answers, x => Assert.InRange((int)x.Status, 200, 299));
        var likers = (await author.GetAsync($"/post/{post}/likes/")).Items.Select(x =>
            (string)x!["username"]!
        );
        var followers = (await author.GetAsync($"/user/{author.Username}/followers/")).Items.Select(x =>
            (string)x!["username"]!
        );
        var expected = likers
            .Select(x => new Told("like", x, post))
            .Concat(followers.Select(x => new Told("follow", x, null)));
        var told = await Told.OfAsync(author);
        Assert.Equal(Sorted(expected), Sorted(told));

        // And with something to count for certain.
        await Whole.AtOnceAsync(
            fans.SelectMany(x => paths.Select(path => (Func<Task<Answer>>)(() => x.PostAsync(path))))
        );
        Assert.Equal(8, (await Told.OfAsync(author)).Count);
        Assert.Equal(8, await Told.UnreadAsync(author));
        await Whole.AssertAsync(pamps);
        fans.ForEach(x => x.Dispose());

        static IEnumerable<string> Sorted(IEnumerable<Told> told) => told.Select(x => x.ToString()).Order();
    }

    [Theory, OnEachDatabase]
    public async Task Those_who_name_answer_like_edit_and_delete_each_other_do_not_wait_in_a_circle(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var clients = await RegisterAsync(pamps, 8);
        var posts = new ConcurrentQueue<(Client Author, long Id)>();
        foreach (var client in clients)
        {
            posts.Enqueue((client, await client.WriteAsync("hello")));
        }
        var answers = new ConcurrentBag<Answer>();
        var slowest = new ConcurrentBag<TimeSpan>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 480),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (step, stop) =>
            {
                var client = clients[step % 8];
                // Everybody names the same people, each in an order of their own.
                var names = clients.Select((x, i) => (x.Username, (i * 5 + step) % 8)).OrderBy(x => x.Item2);
                var text = string.Join(' ', names.Take(1 + (step % 6)).Select(x => $"@{x.Username}"));
                var (author, post) = posts.ElementAt(step % Math.Min(posts.Count, 5));
                var started = Stopwatch.GetTimestamp();
                var answer = await (
                    (step * 7 / 3 % 8) switch
                    {
                        0 => client.PostAsync($"/post/{post}/like/"),
                        1 => client.DeleteAsync($"/post/{post}/like/"),
                        2 or 3 => author.PatchAsync($"/post/{post}/", new { text }),
                        4 => author.DeleteAsync($"/post/{post}/"),
                        5 => Told.ReadAsync(client, post),
                        _ => client.PostAsync("/post/", new { text, parent_id = post }),
                    }
                );
                slowest.Add(Stopwatch.GetElapsedTime(started));
                answers.Add(answer);
                if (answer.Status == System.Net.HttpStatusCode.Created && answer["text"] is not null)
                {
                    posts.Enqueue((client, (long)answer["id"]!));
                    posts.TryDequeue(out _);
                }
            }
        );

        Assert.All(answers, x => Assert.True((int)x.Status < 500, x.Body));
        await Whole.AssertAsync(pamps);
        await AssertNoDeadlockAsync(pamps, database);
        clients.ForEach(x => x.Dispose());
    }

    /// <summary>PostgreSQL counts those it had to break.</summary>
    private static async Task AssertNoDeadlockAsync(PampsServer pamps, Database database)
    {
        if (database == Database.Postgres)
        {
            await pamps.ExecuteAsync(
                """
                DO $$ BEGIN
                    PERFORM pg_stat_force_next_flush();
                    ASSERT (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()) = 0;
                END $$
                """
            );
        }
    }
}
