using System.Collections.Concurrent;
using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>Many who do everything to each other at once.</summary>
public sealed class StormTests
{
    [Theory, OnEachDatabase]
    public async Task Sixteen_who_follow_block_like_answer_and_delete_each_other_leave_everything_in_order(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var clients = new List<Client>();
        var posts = new ConcurrentQueue<long>();
        for (var i = 0; i < 16; i++)
        {
            clients.Add(await pamps.RegisterAsync());
            posts.Enqueue(await clients[i].WriteAsync("hello"));
        }
        var answers = new ConcurrentBag<Answer>();

        // Few targets, so that everybody is in everybody's way.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 640),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (step, stop) =>
            {
                var client = clients[step % 16];
                var other = clients[(step / 16 + step) % 5];
                var post = posts.ElementAt(step % Math.Min(posts.Count, 6));
                var answer = await (
                    (step * 7 / 3 % 13) switch
                    {
                        0 or 1 => client.PostAsync($"/user/follow/{other.Username}/"),
                        2 => client.DeleteAsync($"/user/follow/{other.Id}/"),
                        3 or 4 => client.PostAsync($"/post/{post}/like/"),
                        5 => client.DeleteAsync($"/post/{post}/like/"),
                        6 => client.DeleteAsync($"/post/{post}/"),
                        8 => client.PostAsync($"/user/block/{other.Username}/"),
                        9 or 10 => client.DeleteAsync($"/user/block/{other.Username}/"),
                        7 => client.PatchAsync($"/post/{post}/", new { text = $"edited {step}" }),
                        _ => client.PostAsync("/post/", new { text = $"{step}", parent_id = post }),
                    }
                );
                answers.Add(answer);
                if (answer.Status == HttpStatusCode.Created && answer["text"] is not null)
                {
                    posts.Enqueue((long)answer["id"]!);
                    if (step % 4 == 0)
                    {
                        posts.TryDequeue(out _);
                    }
                }
            }
        );

        Assert.All(answers, x => Assert.True((int)x.Status < 500, x.Body));
        Assert.All(
            [HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.Forbidden],
            status => Assert.Contains(answers, x => x.Status == status)
        );
        await Whole.AssertAsync(pamps);
        clients.ForEach(x => x.Dispose());
    }

    [Theory, OnEachDatabase]
    public async Task Those_who_follow_each_other_at_once_all_do(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pamps.RegisterAsync()));
        // Each pair twice, so that the unique index is fought over too.
        var requests =
            from client in clients
            from other in clients.Append(clients[0])
            where client != other
            select (Func<Task<Answer>>)(() => client.PostAsync($"/user/follow/{other.Id}/"));

        var answers = await Whole.AtOnceAsync(requests.Concat(requests));

        Assert.All(answers, x => Whole.AssertIs(x, HttpStatusCode.OK, HttpStatusCode.Created));
        Assert.Equal(8 * 7, answers.Count(x => x.Status == HttpStatusCode.Created));
        foreach (var client in clients)
        {
            var profile = await client.GetAsync("/user/me/");
            Assert.Equal(7, (long)profile["followers_count"]!);
            Assert.Equal(7, (long)profile["following_count"]!);
            client.Dispose();
        }
        await Whole.AssertAsync(pamps);
    }
}
