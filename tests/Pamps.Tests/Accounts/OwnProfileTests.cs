using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>GET and PATCH /user/me/.</summary>
public sealed class OwnProfileTests
{
    [Theory, OnEachDatabase]
    public async Task What_is_answered_to_one_person_alone_is_stored_nowhere(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        string[] own =
        [
            "/user/me/",
            "/user/me/sessions/",
            "/user/timeline/",
            "/user/mutes/",
            "/notification/",
            "/notification/unread/",
        ];
        foreach (var path in own)
        {
            Assert.Equal("no-store", (await user.GetAsync(path)).Header("Cache-Control"));
        }
        var edited = await user.PatchAsync("/user/me/", new { bio = "quiet" });
        Assert.Equal("no-store", edited.Header("Cache-Control"));
        using var anyone = user.Server.Anonymous();
        Assert.Equal("no-store", (await anyone.GetAsync("/user/me/")).Header("Cache-Control"));

        Assert.Equal("no-cache, private", (await user.GetAsync("/post/")).Header("Cache-Control"));
    }

    [Theory, OnEachDatabase]
    public async Task My_own_profile_has_my_email_address(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        var me = await user.GetAsync("/user/me/");

        Assert.Equal(OK, me.Status);
        me.Json.HasFields(
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
            "media_bytes",
            "muted",
            "email",
            "superuser",
            "role",
            "has_notices",
            "email_needed"
        );
        Assert.Equal(user.Email, (string)me["email"]!);
        Assert.Equal(user.Id, (long)me["id"]!);
    }

    [Theory, OnEachDatabase]
    public async Task An_absent_field_stays_and_null_clears_it(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        await CheckAsync(
            """{"bio": " a bio ", "avatar": "https://h.example/a"}""",
            "a bio",
            "https://h.example/a"
        );
        await CheckAsync("{}", "a bio", "https://h.example/a");
        await CheckAsync("""{"bio": null}""", null, "https://h.example/a");
        await CheckAsync("""{"avatar": null, "bio": "b"}""", "b", null);
        await CheckAsync("""{"username": "other", "email": "x@y.z", "superuser": true}""", "b", null);

        async Task CheckAsync(string change, string? bio, string? avatar)
        {
            var changed = await user.SendAsync(HttpMethod.Patch, "/user/me/", Client.Raw(change));
            Assert.Equal(OK, changed.Status);
            foreach (var answer in new[] { changed, await user.GetAsync("/user/me/") })
            {
                Assert.Equal(bio, (string?)answer["bio"]);
                Assert.Equal(avatar, (string?)answer["avatar"]);
                Assert.Equal(user.Username, (string)answer["username"]!);
                Assert.Equal(user.Email, (string)answer["email"]!);
                Assert.False((bool)answer["superuser"]!);
            }
            var seen = await user.GetAsync($"/user/{user.Username}/");
            Assert.Equal(bio, (string?)seen["bio"]);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_wrong_change_changes_nothing(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        await user.PatchAsync("/user/me/", new { bio = "kept" });
        (object, string[])[] wrong =
        [
            (new { bio = 5 }, ["bio"]),
            (new { avatar = true }, ["avatar"]),
            (new { bio = new { } }, ["bio"]),
            (new { avatar = "no url", bio = "lost" }, ["avatar"]),
            (new { bio = new string('b', 501) }, ["bio"]),
            (new { bio = new string('b', 501), avatar = "x" }, ["avatar", "bio"]),
        ];
        foreach (var (change, fields) in wrong)
        {
            (await user.PatchAsync("/user/me/", change)).Blames(fields);
        }
        Assert.Equal("kept", (string)(await user.GetAsync("/user/me/"))["bio"]!);
    }

    [Theory, OnEachDatabase]
    public async Task An_avatar_that_was_stored_before_it_broke_the_rule_is_shown_to_nobody(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var fan = await pamps.RegisterAsync();
        await pamps.ExecuteAsync(
            $"UPDATE \"user\" SET avatar = 'https://192.168.1.1/a.png' WHERE id = {user.Id}"
        );
        var written = await user.PostAsync("/post/", new { text = $"@{fan.Username} look" });
        await user.PostAsync($"/user/follow/{fan.Id}/");

        string[] paths =
        [
            "/user/me/",
            $"/user/{user.Username}/",
            $"/user/{fan.Username}/followers/",
            $"/post/{(long)written["id"]!}/",
            $"/post/user/{user.Username}/",
        ];
        foreach (var path in paths)
        {
            Same(await user.GetAsync(path));
        }
        Same(written);
        Same(await fan.GetAsync("/notification/"));
        Same(await user.PatchAsync("/user/me/", new { bio = "kept" }));

        static void Same(Answer answer)
        {
            Assert.Contains("\"avatar\":null", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("192.168", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Changes_at_once_leave_one_of_them_whole(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        var answers = await Together.AtOnceAsync(i =>
            user.PatchAsync("/user/me/", new { bio = $"b{i}", avatar = $"https://h.example/b{i}" })
        );

        Assert.All(answers, x => Assert.Equal(OK, x.Status));
        var me = await user.GetAsync("/user/me/");
        Assert.Equal($"https://h.example/{me["bio"]}", (string)me["avatar"]!);
    }
}
