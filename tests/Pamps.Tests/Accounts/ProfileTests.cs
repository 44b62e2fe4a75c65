using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>GET /user/{username}/ and GET /user/.</summary>
public sealed class ProfileTests
{
    [Theory, OnEachDatabase]
    public async Task A_profile_has_exactly_the_promised_fields(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var post = await user.WriteAsync("one");
        await user.WriteAsync("a reply", post);

        var profile = await anyone.GetAsync($"/user/{user.Username.ToUpperInvariant()}/");

        Assert.Equal(OK, profile.Status);
        profile.Json.HasFields(
            "id",
            "username",
            "avatar",
            "display_name",
            "bio",
            "created_at",
            "posts_count",
            "followers_count",
            "following_count",
            "followed",
            "locked",
            "fields",
            "header",
            "requested",
            "follows_you",
            "blocked",
            "muted"
        );
        Assert.Equal(user.Id, (long)profile["id"]!);
        Assert.Equal(user.Username, (string)profile["username"]!);
        Assert.Equal(2, (long)profile["posts_count"]!);
        Assert.Null(profile["followed"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$", (string)profile["created_at"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Followed_is_for_the_caller(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var fan = await pamps.RegisterAsync();
        await fan.PostAsync($"/user/follow/{user.Id}/");

        var forFan = await fan.GetAsync($"/user/{user.Username}/");
        var forUser = await user.GetAsync($"/user/{fan.Username}/");

        Assert.True((bool)forFan["followed"]!);
        Assert.Equal(1, (long)forFan["followers_count"]!);
        Assert.False((bool)forUser["followed"]!);
        Assert.Equal(1, (long)forUser["following_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_profile_that_is_known_is_not_sent_again(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        var first = await user.GetAsync("/user/me/");
        var tag = first.Header("ETag")!;
        foreach (var known in new[] { tag, "W/" + tag, $"\"x\", {tag}", "*" })
        {
            var again = await user.GetAsync("/user/me/", ("If-None-Match", known));
            Assert.Equal(NotModified, again.Status);
            Assert.Equal(tag, again.Header("ETag"));
            Assert.Empty(again.Body);
        }
        Assert.Equal(OK, (await user.GetAsync("/user/me/", ("If-None-Match", "\"x\""))).Status);

        await user.PatchAsync("/user/me/", new { bio = "new" });
        var changed = await user.GetAsync("/user/me/", ("If-None-Match", tag));

        Assert.Equal(OK, changed.Status);
        Assert.NotEqual(tag, changed.Header("ETag"));
        var seen = await user.GetAsync($"/user/{user.Username}/");
        Assert.Equal(
            NotModified,
            (await user.GetAsync($"/user/{user.Username}/", ("If-None-Match", seen.Header("ETag")!))).Status
        );
    }

    [Theory, OnEachDatabase]
    public async Task An_unknown_user_is_not_found(Database database)
    {
        using var anyone = (await PampsServer.ShareAsync(database)).Anonymous();
        foreach (var name in new[] { "nobody_here", "%F0%9F%98%80", "a%20b", "%25", "followers", "1" })
        {
            foreach (var rest in new[] { "", "followers/", "following/" })
            {
                var answer = await anyone.GetAsync($"/user/{name}/{rest}");
                Assert.Equal("User not found", answer.Refused(NotFound));
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task All_users_are_listed_oldest_first_page_by_page_and_back(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var anyone = pamps.Anonymous();
        Assert.Empty((await anyone.GetAsync("/user/")).Items);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            using var user = await pamps.RegisterAsync();
            ids.Add(user.Id);
        }

        var all = await anyone.GetAsync("/user/");
        Assert.Equal(ids, all.Ids);
        Assert.Null(all.Header("Link"));
        Assert.All(all.Items, x => x.HasFields("id", "username", "avatar", "bio", "display_name"));

        var forward = await anyone.WalkAsync("/user/?limit=2");
        Assert.Equal([2, 2, 1], forward.Select(x => x.Ids.Count));
        Assert.Equal(ids, forward.SelectMany(x => x.Ids));
        Assert.Null(forward[0].Link("prev"));

        var back = await anyone.WalkAsync(forward[^1].Link("prev")!, "prev");
        Assert.Equal([ids[2], ids[3], ids[0], ids[1]], back.SelectMany(x => x.Ids));

        var newest = await anyone.WalkAsync("/user/?limit=3&order=newest");
        Assert.Equal(ids.AsEnumerable().Reverse(), newest.SelectMany(x => x.Ids));
        Assert.Contains("order=newest", newest[0].Link("next"), StringComparison.Ordinal);
        Assert.Equal([ids[3], ids[4]], (await anyone.GetAsync($"/user/?after={ids[2]}")).Ids);
        Assert.Equal([ids[0], ids[1]], (await anyone.GetAsync($"/user/?before={ids[2]}")).Ids);
        Assert.Equal([ids[2]], (await anyone.GetAsync($"/user/?after={ids[1]}&before={ids[3]}")).Ids);
        Assert.Empty((await anyone.GetAsync($"/user/?after={ids[4]}")).Items);
    }

    [Theory, OnEachDatabase]
    public async Task A_page_query_that_does_not_parse_names_its_field(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        (string, string)[] wrong =
        [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=-1", "limit"),
            ("limit=x", "limit"),
            ("limit=", "limit"),
            ("limit=1.5", "limit"),
            ("limit=99999999999999999999", "limit"),
            ("before=0", "before"),
            ("before=x", "before"),
            ("after=-5", "after"),
            ("after=9007199254740992", "after"),
            ("order=up", "order"),
            ("order=Newest", "order"),
        ];
        string[] lists =
        [
            "/user/",
            "/user/timeline/",
            $"/user/{user.Username}/followers/",
            $"/user/{user.Username}/following/",
        ];
        foreach (var path in lists)
        {
            foreach (var (query, field) in wrong)
            {
                (await user.GetAsync($"{path}?{query}")).Blames(field);
            }
            (await user.GetAsync($"{path}?limit=0&before=x&after=x&order=x")).Blames(
                "limit",
                "before",
                "after",
                "order"
            );
            Assert.Equal(OK, (await user.GetAsync($"{path}?limit=100&after=9007199254740991&x=y")).Status);
        }
    }
}
