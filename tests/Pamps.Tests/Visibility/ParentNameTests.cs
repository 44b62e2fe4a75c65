using Pamps.Tests.Host;

namespace Pamps.Tests.Visibility;

/// <summary>A reply tells whom it answers to those who may see what it answers, and to nobody else.</summary>
public sealed class ParentNameTests
{
    [Theory, OnEachDatabase]
    public async Task Whom_a_reply_answers_is_told_to_who_sees_that_post(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var follower = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        await follower.PostAsync($"/user/follow/{ana.Username}/");
        var open = await ana.WriteAsync("for everybody");
        var closed = (long)
            (await ana.PostAsync("/post/", new { text = "for some", visibility = "followers" }))["id"]!;
        var answers = new Dictionary<long, string>
        {
            [await follower.WriteAsync("to the open one", open)] = "open",
            [await follower.WriteAsync("to the closed one", closed)] = "closed",
        };
        foreach (
            var (reader, openName, closedName) in new[]
            {
                (ana, ana.Username, ana.Username),
                (follower, ana.Username, ana.Username),
                (stranger, ana.Username, null),
                (anyone, ana.Username, (string?)null),
            }
        )
        {
            var list = await reader.GetAsync($"/post/user/{follower.Username}/?include_replies=true");
            foreach (var post in list.Items)
            {
                var expected = answers[(long)post!["id"]!] == "open" ? openName : closedName;
                Assert.Equal(expected, (string?)post["parent_username"]);
            }
            var one = await reader.GetAsync($"/post/{answers.First(x => x.Value == "closed").Key}/");
            Assert.Equal(closedName, (string?)one["parent_username"]);
        }
        Assert.Null((string?)(await anyone.GetAsync($"/post/{open}/"))["parent_username"]);

        // Who is blocked learns of no post, however open it is.
        await ana.PostAsync($"/user/block/{stranger.Username}/");
        var blocked = await stranger.GetAsync($"/post/user/{follower.Username}/?include_replies=true");
        Assert.All(blocked.Items, x => Assert.Null((string?)x!["parent_username"]));
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_answers_is_told_whom_at_once(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var id = await ana.WriteAsync("a question");
        var answer = await beto.PostAsync("/post/", new { text = "an answer", parent_id = id });
        Assert.Equal(ana.Username, (string?)answer["parent_username"]);
    }
}
