using System.Net;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>GET /post/{id}/ and its ETag.</summary>
public sealed class ReadPostTests
{
    internal static readonly string[] BadIds =
    [
        "abc",
        "0",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "9007199254740992",
        "9223372036854775808",
        "99999999999999999999999999",
        "%20",
        "１",
    ];

    [Theory, OnEachDatabase]
    public async Task What_is_no_id_is_refused_and_what_is_not_there_is_not_found(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var anyone = pamps.Anonymous();
        foreach (var path in new[] { "", "replies/", "likes/" })
        {
            foreach (var id in BadIds)
            {
                (await anyone.GetAsync($"/post/{id}/{path}")).Refused(HttpStatusCode.UnprocessableEntity);
            }
            foreach (var id in new[] { "1", "9007199254740991" })
            {
                var unknown = await anyone.GetAsync($"/post/{id}/{path}");
                Assert.Equal("Post not found", unknown.Refused(HttpStatusCode.NotFound));
            }
        }
    }

    [Theory, OnEachDatabase]
    public async Task Who_has_the_newest_version_is_not_sent_it_again(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var path = $"/post/{await author.WriteAsync("hello")}/";
        var tag = (await author.GetAsync(path)).Header("ETag")!;
        Assert.Matches("^\"[^\"]+\"$", tag);

        foreach (var known in new[] { tag, $"W/{tag}", "*", $"\"x\", {tag}", $"\"x\",W/{tag} , \"y\"" })
        {
            var unchanged = await author.GetAsync(path, ("If-None-Match", known));
            Assert.Equal(HttpStatusCode.NotModified, unchanged.Status);
            Assert.Equal(tag, unchanged.Header("ETag"));
            Assert.Empty(unchanged.Body);
        }
        foreach (var known in new[] { "\"x\"", "W/\"x\"", tag.Trim('"'), $"\"{tag.Trim('"')}x\"", "\"*\"" })
        {
            var sent = await author.GetAsync(path, ("If-None-Match", known));
            Assert.Equal(HttpStatusCode.OK, sent.Status);
            Assert.Equal(tag, sent.Header("ETag"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task The_ETag_changes_with_everything_that_is_seen(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var fan = await pamps.RegisterAsync();
        var path = $"/post/{await author.WriteAsync("hello")}/";
        var tags = new List<string> { (await author.GetAsync(path)).Header("ETag")! };

        await fan.PostAsync($"{path}like/");
        tags.Add((await author.GetAsync(path)).Header("ETag")!);
        await fan.PatchAsync("/user/me/", new { display_name = "Fan" });
        await fan.WriteAsync("reply", (long)(await author.GetAsync(path))["id"]!);
        tags.Add((await author.GetAsync(path)).Header("ETag")!);
        await author.PatchAsync(path, new { text = "hello!" });
        tags.Add((await author.GetAsync(path)).Header("ETag")!);
        await fan.PatchAsync("/user/me/", new { display_name = "A fan" });
        tags.Add((await author.GetAsync(path)).Header("ETag")!);

        Assert.Equal(tags.Count, tags.Distinct().Count());
        Assert.Equal(tags[^1], (await author.GetAsync(path)).Header("ETag"));
    }

    [Theory, OnEachDatabase]
    public async Task The_ETag_of_one_viewer_is_none_for_another(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        using var fan = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var path = $"/post/{await author.WriteAsync("hello")}/";
        await fan.PostAsync($"{path}like/");

        var answers = new[]
        {
            await author.GetAsync(path),
            await fan.GetAsync(path),
            await anyone.GetAsync(path),
        };

        Assert.Equal(["false", "true", null], answers.Select(x => x["liked"]?.ToJsonString()));
        Assert.Equal(3, answers.Select(x => x.Header("ETag")).Distinct().Count());
        Assert.All(answers, x =>
            Assert.Contains("Authorization", x.Header("Vary"), StringComparison.Ordinal)
        );
        var other = await fan.GetAsync(path, ("If-None-Match", answers[0].Header("ETag")!));
        Assert.Equal(HttpStatusCode.OK, other.Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_post_comes_with_its_first_hundred_replies_and_pages_hold_the_rest(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var author = await pamps.RegisterAsync();
        var parent = await author.WriteAsync("parent");
        var written = new List<long>();
        for (var i = 0; i < 103; i++)
        {
            written.Add(await author.WriteAsync($"reply {i}", parent));
        }
        await author.WriteAsync("a reply to a reply", written[0]);

        var detail = await author.GetAsync($"/post/{parent}/");

        Assert.Equal(103, (long)detail["replies_count"]!);
        Assert.Equal(written[..100], detail["replies"]!.AsArray().Select(x => (long)x!["id"]!));
        Assert.Equal(1, (long)detail["replies"]![0]!["replies_count"]!);
        Assert.Equal(written, await Walk.IdsAsync(author, $"/post/{parent}/replies/"));
        Assert.Equal(
            written.AsEnumerable().Reverse(),
            await Walk.IdsAsync(author, $"/post/{parent}/replies/?order=newest&limit=50")
        );
        var rest = await author.GetAsync($"/post/{parent}/replies/?after={written[99]}");
        Assert.Equal(written[100..], rest.Ids);
    }
}
