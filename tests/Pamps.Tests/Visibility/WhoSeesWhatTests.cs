using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Visibility;

/// <summary>Every way out of the database, as everybody, against one rule.</summary>
public sealed class WhoSeesWhatTests
{
    [Theory, OnEachDatabase]
    public async Task Every_read_agrees_with_the_rule_of_who_sees_what(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        foreach (var seed in new[] { 1, 2, 3, 4 })
        {
            await using var world = await World.MakeAsync(pamps, seed);
            // Of all, whatever they may see of it: as those whom something is closed to later.
            await pamps.ExecuteAsync(
                """
                INSERT INTO bookmark (id, user_id, post_id, date)
                SELECT p.id * 100 + (SELECT count(*) FROM "user" o WHERE o.id < u.id), u.id, p.id, p.date FROM post p CROSS JOIN "user" u
                WHERE NOT EXISTS (SELECT 1 FROM bookmark b WHERE b.user_id = u.id AND b.post_id = p.id);
                UPDATE account SET has_bookmarks = true
                """
            );
            for (var i = 0; i < world.Clients.Count; i++)
            {
                await AssertAsync(world, i, world.Clients[i]);
                await AssertOwnAsync(world, i, world.Clients[i]);
            }
            using var anyone = pamps.Anonymous();
            await AssertAsync(world, viewer: null, anyone);
            await AssertCountsAsync(world, anyone);
        }
    }

    private static async Task AssertAsync(World world, int? viewer, Client client)
    {
        await HasAsync(
            client,
            "/post/?limit=100",
            world.All.Where(x => x.Parent is null && x.Visibility == 0 && world.Lists(viewer, x)),
            world
        );
        await HasAsync(
            client,
            $"/tag/{world.Tag}/?limit=100",
            world.All.Where(x => world.Finds(viewer, x)),
            world
        );
        await HasAsync(
            client,
            $"/search/?q={world.Tag}&limit=100",
            world.All.Where(x => world.Finds(viewer, x)),
            world
        );
        await HasAsync(
            client,
            $"/search/?q={world.Tag}&limit=100&order=best",
            world.All.Where(x => world.Finds(viewer, x)),
            world
        );
        foreach (var post in world.All)
        {
            var isSeen = world.Sees(viewer, post);
            var replies = world.All.Where(x => x.Parent == post && world.Lists(viewer, x)).ToList();
            var one = await client.GetAsync($"/post/{post.Id}/");
            Assert.Equal(isSeen ? HttpStatusCode.OK : HttpStatusCode.NotFound, one.Status);
            if (isSeen)
            {
                Assert.Equal(World.Words[post.Visibility], (string)one["visibility"]!);
                Assert.Equal(
                    replies.Select(x => x.Id),
                    one["replies"]!.AsArray().Select(x => (long)x!["id"]!)
                );
                await HasAsync(client, $"/post/{post.Id}/replies/?limit=100", replies, world);
                var above = await client.GetAsync($"/post/{post.Id}/ancestors/");
                Assert.Equal(Above(world, viewer, post), above.Ids);
            }
            else
            {
                foreach (var path in new[] { "replies/", "ancestors/", "likes/" })
                {
                    var hidden = await client.GetAsync($"/post/{post.Id}/{path}");
                    Assert.Equal("Post not found", hidden.Refused(HttpStatusCode.NotFound));
                }
            }
        }
        for (var author = 0; author < world.Clients.Count; author++)
        {
            var name = world.Clients[author].Username;
            var isHidden = world.HidesProfile(viewer, author);
            var profile = await client.GetAsync($"/user/{name}/");
            Assert.Equal(isHidden ? HttpStatusCode.NotFound : HttpStatusCode.OK, profile.Status);
            var path = $"/post/user/{name}/?include_replies=true&limit=100";
            if (isHidden)
            {
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).Status);
                continue;
            }
            var own = world.All.Where(x => x.Author == author && x.Visibility < 3 && world.Sees(viewer, x));
            await HasAsync(client, path, own, world);
        }
    }

    private static async Task AssertOwnAsync(World world, int viewer, Client client)
    {
        await HasAsync(
            client,
            "/user/timeline/?limit=100",
            world.All.Where(x =>
                world.Follows(viewer, x.Author) && x.Visibility < 3 && world.Lists(viewer, x)
            ),
            world
        );
        await HasAsync(
            client,
            "/post/direct/?limit=100",
            world.All.Where(x =>
                x.Visibility == 3
                && (x.Author == viewer || x.Audience.Contains(viewer))
                && world.Lists(viewer, x)
            ),
            world
        );
        await HasAsync(
            client,
            "/post/bookmarks/?limit=100",
            world.All.Where(x => world.Sees(viewer, x)),
            world
        );
        var told = (await client.GetAsync("/notification/?limit=100")).Items.Select(x =>
            $"{x!["kind"]} {(x["post"] is { } post ? post["id"] : x["user"]!["id"])}"
        );
        var expected = world.ToldTo(viewer).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, told.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count, (int)(await client.GetAsync("/notification/unread/"))["count"]!);
    }

    /// <summary>What is counted, everybody may know.</summary>
    private static async Task AssertCountsAsync(World world, Client anyone)
    {
        for (var author = 0; author < world.Clients.Count; author++)
        {
            var profile = await anyone.GetAsync($"/user/{world.Clients[author].Username}/");
            Assert.Equal(
                world.All.Count(x => x.Author == author && x.Visibility < 2),
                (int)profile["posts_count"]!
            );
            var feed = await anyone.GetAsync($"/@{world.Clients[author].Username}.atom");
            foreach (var post in world.All.Where(x => x.Author == author && x.Visibility > 1))
            {
                Assert.DoesNotContain($"{post.Id}", feed.Body, StringComparison.Ordinal);
            }
        }
        foreach (var post in world.All.Where(x => x.Visibility < 2))
        {
            var one = await anyone.GetAsync($"/post/{post.Id}/");
            Assert.Equal(
                world.All.Count(x => x.Parent == post && x.Visibility < 2),
                (int)one["replies_count"]!
            );
        }
    }

    private static List<long> Above(World world, int? viewer, World.Written post)
    {
        var above = new List<long>();
        for (var x = post.Parent; x is not null && world.Sees(viewer, x); x = x.Parent)
        {
            above.Insert(0, x.Id);
        }
        return above;
    }

    /// <summary>The list has these posts of this world, whatever others it has.</summary>
    private static async Task HasAsync(
        Client client,
        string path,
        IEnumerable<World.Written> expected,
        World world
    )
    {
        var known = world.All.Select(x => x.Id).ToHashSet();
        var found = (await client.GetAsync(path)).Ids.Where(known.Contains).Order();
        Assert.True(
            expected.Select(x => x.Id).Order().SequenceEqual(found),
            $"{path}: expected {string.Join(' ', expected.Select(x => $"{x.Id}:{World.Words[x.Visibility]}"))}, found {string.Join(' ', found)}"
        );
    }
}
