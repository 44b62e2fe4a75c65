using System.Net;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Posts;

/// <summary>Bookmarks: made, taken back, listed, and known to nobody but who makes them.</summary>
public sealed class BookmarkTests
{
    private const string Bookmarks = "/post/bookmarks/";

    [Theory, OnEachDatabase]
    public async Task A_bookmark_is_made_once_shows_wherever_its_owner_reads_and_nobody_else_knows(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var reader = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        await reader.PostAsync($"/user/follow/{author.Id}/");
        var word = $"w{Guid.NewGuid():N}"[..12];
        var first = await author.WriteAsync($"#{word} to read later");
        var other = await author.WriteAsync($"#{word} to read now");
        var answer = await author.WriteAsync("an answer", first);
        await reader.PostAsync($"/post/{answer}/like/");
        await author.PatchAsync($"/post/{first}/", new { text = $"#{word} to read later, or sooner" });
        string[] lists =
        [
            "/post/?limit=100",
            "/user/timeline/?limit=100",
            $"/post/user/{author.Username}/",
            $"/tag/{word}/",
            $"/search/?q={word}",
            $"/post/{answer}/ancestors/",
        ];
        Assert.Equal("[]", (await reader.GetAsync(Bookmarks)).Body);
        var events = await pamps.ScalarAsync<long>(Events());
        var seenBefore = await SeenAsync();

        var made = await reader.PostAsync($"/post/{first}/bookmark/");
        // The first ever of an account shows at once, though lists have not looked for any until now.
        var inLists = await InListsAsync(reader);
        var again = await reader.PostAsync($"/post/{first}/bookmark/");

        Assert.Equal((Created, OK), (made.Status, again.Status));
        Assert.Equal(["user_id", "post_id", "date"], made.Json.AsObject().Select(x => x.Key));
        Assert.Equal((reader.Id, first), ((long)made["user_id"]!, (long)made["post_id"]!));
        Assert.Equal(made.Body, again.Body);
        Assert.All(inLists, x => Assert.Equal([first], x));
        Assert.True((bool)(await reader.GetAsync($"/post/{first}/"))["bookmarked"]!);
        Assert.Null((await reader.GetAsync($"/post/{other}/"))["bookmarked"]);
        await reader.PostAsync($"/post/{answer}/bookmark/");
        Assert.True((bool)(await reader.GetAsync($"/post/{first}/"))["replies"]![0]!["bookmarked"]!);
        Assert.Equal([answer, first], (await reader.GetAsync(Bookmarks)).Ids);

        // The author, somebody who has bookmarks of their own, and who is not signed in see what they saw.
        await author.PostAsync($"/post/{other}/bookmark/");
        Assert.Equal([other], (await author.GetAsync(Bookmarks)).Ids);
        Assert.All(await InListsAsync(author), x => Assert.DoesNotContain(first, x));
        await author.DeleteAsync($"/post/{other}/bookmark/");
        Assert.Equal(seenBefore, await SeenAsync());
        Assert.Equal(events, await pamps.ScalarAsync<long>(Events()));
        Assert.Equal(["like", "follow"], await ToldAsync());
        foreach (var path in new[] { Bookmarks, $"/post/{first}/bookmark/" })
        {
            (
                await anyone.SendAsync(path == Bookmarks ? HttpMethod.Get : HttpMethod.Post, path, null)
            ).Refused(Unauthorized);
        }
        (await anyone.DeleteAsync($"/post/{first}/bookmark/")).Refused(Unauthorized);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(NoContent, (await reader.DeleteAsync($"/post/{first}/bookmark/")).Status);
            Assert.Null((await reader.GetAsync($"/post/{first}/"))["bookmarked"]);
            Assert.Equal([answer], (await reader.GetAsync(Bookmarks)).Ids);
        }
        Assert.Equal(Created, (await reader.PostAsync($"/post/{first}/bookmark/")).Status);
        Assert.Equal([first, answer], (await reader.GetAsync(Bookmarks)).Ids);

        string Events() =>
            $"SELECT count(*) FROM event WHERE user_id IN ({reader.Id}, {author.Id}) OR subject_id IN ({first}, {other}, {answer})";

        async Task<List<long[]>> InListsAsync(Client client)
        {
            var found = new List<long[]>();
            foreach (var path in lists)
            {
                found.Add([
                    .. (await client.GetAsync(path))
                        .Items.Where(x => x!["bookmarked"] is not null)
                        .Select(x => (long)x!["id"]!),
                ]);
            }
            return found;
        }

        async Task<string> SeenAsync() =>
            (await anyone.GetAsync($"/post/{first}/")).Body
            + (await author.GetAsync($"/post/{first}/")).Body
            + (await author.GetAsync($"/user/{reader.Username}/")).Body
            + (await author.GetAsync("/notification/")).Body;

        async Task<List<string>> ToldAsync() =>
            [.. (await author.GetAsync("/notification/")).Items.Select(x => (string)x!["kind"]!)];
    }

    [Theory, OnEachDatabase]
    public async Task What_somebody_may_not_see_cannot_be_bookmarked_and_leaves_their_list_when_it_is_closed_to_them(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var reader = await pamps.RegisterAsync();
        await reader.PostAsync($"/user/follow/{author.Id}/");
        var open = await author.WriteAsync("for all");
        var closed = await WriteAsync("for followers", "followers");
        var direct = await WriteAsync($"for @{reader.Username}", "direct");
        var others = await WriteAsync("for nobody", "direct");
        var soonGone = await author.WriteAsync("soon gone");
        foreach (var hidden in new[] { others, 1 })
        {
            Assert.Equal(
                "Post not found",
                (await reader.PostAsync($"/post/{hidden}/bookmark/")).Refused(NotFound)
            );
            Assert.Equal(
                "Post not found",
                (await reader.DeleteAsync($"/post/{hidden}/bookmark/")).Refused(NotFound)
            );
        }
        foreach (var post in new[] { closed, open, soonGone, direct })
        {
            Assert.Equal(Created, (await reader.PostAsync($"/post/{post}/bookmark/")).Status);
        }
        Assert.Equal([direct, soonGone, open, closed], await ListAsync());

        // Those of somebody who is muted were chosen one by one.
        await reader.PostAsync($"/user/mute/{author.Id}/");
        Assert.Equal([direct, soonGone, open, closed], await ListAsync());
        await author.DeleteAsync($"/post/{soonGone}/");
        Assert.Equal([direct, open, closed], await ListAsync());
        Assert.Equal(
            0,
            await pamps.ScalarAsync<long>($"SELECT count(*) FROM bookmark WHERE post_id = {soonGone}")
        );
        await reader.DeleteAsync($"/user/follow/{author.Id}/");
        Assert.Equal([direct, open], await ListAsync());
        await author.PostAsync($"/user/block/{reader.Id}/");
        Assert.Empty(await ListAsync());
        (await reader.PostAsync($"/post/{open}/bookmark/")).Refused(NotFound);
        // What is open again is found again.
        await author.DeleteAsync($"/user/block/{reader.Id}/");
        await reader.PostAsync($"/user/follow/{author.Id}/");
        Assert.Equal([direct, open, closed], await ListAsync());

        // Pages are named by the bookmarks, which came in another order than the posts.
        Assert.Equal([direct, open, closed], await Walk.IdsAsync(reader, $"{Bookmarks}?limit=1"));

        // What is closed can be let go, once.
        await reader.DeleteAsync($"/user/follow/{author.Id}/");
        Assert.Equal(NoContent, (await reader.DeleteAsync($"/post/{closed}/bookmark/")).Status);
        (await reader.DeleteAsync($"/post/{closed}/bookmark/")).Refused(NotFound);
        await reader.PostAsync($"/user/follow/{author.Id}/");
        Assert.Equal([direct, open], await ListAsync());

        async Task<long> WriteAsync(string text, string visibility) =>
            (long)(await author.PostAsync("/post/", new { text, visibility }))["id"]!;

        async Task<IReadOnlyList<long>> ListAsync() => (await reader.GetAsync(Bookmarks)).Ids;
    }

    [Theory, OnEachDatabase]
    public async Task Of_sixteen_at_once_one_is_new_and_deleting_the_post_meanwhile_leaves_nothing(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var reader = await pamps.RegisterAsync();
        var post = await author.WriteAsync("hello");

        var answers = await Whole.AtOnceAsync(16, () => reader.PostAsync($"/post/{post}/bookmark/"));

        Assert.Single(answers, x => x.Status == Created);
        Assert.Equal(15, answers.Count(x => x.Status == OK));
        Assert.Single(answers.Select(x => x.Body).Distinct());
        Assert.Equal([post], (await reader.GetAsync(Bookmarks)).Ids);

        answers = await Whole.AtOnceAsync(
            Enumerable
                .Range(0, 12)
                .Select(i =>
                    (Func<Task<Answer>>)(
                        () =>
                            i == 6 ? author.DeleteAsync($"/post/{post}/")
                            : i % 2 == 0 ? reader.DeleteAsync($"/post/{post}/bookmark/")
                            : reader.PostAsync($"/post/{post}/bookmark/")
                    )
                )
        );
        Assert.All(answers, x => Whole.AssertIs(x, OK, Created, NoContent, NotFound));
        Assert.Empty((await reader.GetAsync(Bookmarks)).Ids);
    }
}
