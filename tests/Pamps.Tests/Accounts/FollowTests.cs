using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST and DELETE /user/follow/{id}/.</summary>
public sealed class FollowTests
{
    private static async Task<(long Followers, long Following)> CountsAsync(Client user)
    {
        var profile = await user.GetAsync($"/user/{user.Username}/");
        return ((long)profile["followers_count"]!, (long)profile["following_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task One_follows_by_id_or_by_name_and_a_second_time_changes_nothing(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        using var star = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();

        var first = await fan.PostAsync($"/user/follow/{star.Id}/");
        var byName = await fan.PostAsync($"/user/follow/{other.Username.ToUpperInvariant()}/");
        var again = await fan.PostAsync($"/user/follow/{star.Username}/");

        Assert.Equal((Created, Created, OK), (first.Status, byName.Status, again.Status));
        first.Json.HasFields("from", "to", "date");
        Assert.Equal((fan.Id, star.Id), ((long)first["from"]!, (long)first["to"]!));
        Assert.EndsWith("+00:00", (string)first["date"]!, StringComparison.Ordinal);
        Assert.Equal(other.Id, (long)byName["to"]!);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((0, 2), await CountsAsync(fan));
        Assert.Equal((1, 0), await CountsAsync(star));
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_follows_themselves_or_an_unknown_user(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        (await user.PostAsync($"/user/follow/{user.Id}/")).Blames("id");
        (await user.PostAsync($"/user/follow/{user.Username}/")).Blames("id");
        string[] unknown = ["1", "0", "-1", "99999999999999999999999999", "nobody_here", "%F0%9F%98%80"];
        foreach (var whom in unknown)
        {
            Assert.Equal("User not found", (await user.PostAsync($"/user/follow/{whom}/")).Refused(NotFound));
            (await user.DeleteAsync($"/user/follow/{whom}/")).Refused(NotFound);
        }
        Assert.Equal((0, 0), await CountsAsync(user));
    }

    [Theory, OnEachDatabase]
    public async Task Without_a_token_nobody_follows_or_unfollows(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var star = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();

        (await anyone.PostAsync($"/user/follow/{star.Id}/")).Refused(Unauthorized);
        (await anyone.DeleteAsync($"/user/follow/{star.Id}/")).Refused(Unauthorized);
        Assert.Equal((0, 0), await CountsAsync(star));
    }

    [Theory, OnEachDatabase]
    public async Task Unfollowing_takes_back_the_own_follow_only_and_may_be_repeated(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var star = await pamps.RegisterAsync();
        await fan.PostAsync($"/user/follow/{star.Id}/");
        await other.PostAsync($"/user/follow/{star.Id}/");

        Assert.Equal(NoContent, (await fan.DeleteAsync($"/user/follow/{star.Username}/")).Status);
        Assert.Equal(NoContent, (await fan.DeleteAsync($"/user/follow/{star.Id}/")).Status);

        Assert.Equal((1, 0), await CountsAsync(star));
        Assert.Equal((0, 0), await CountsAsync(fan));
        Assert.Equal((0, 1), await CountsAsync(other));
        Assert.Equal(Created, (await fan.PostAsync($"/user/follow/{star.Id}/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_follows_at_once_one_is_new_and_counted(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        using var star = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(() => fan.PostAsync($"/user/follow/{star.Id}/"));

        answers.Split(1, Created, others: OK);
        Assert.Single(answers.Select(x => x.Body).Distinct());
        Assert.Equal((1, 0), await CountsAsync(star));
        Assert.Equal((0, 1), await CountsAsync(fan));

        var ends = await Together.AtOnceAsync(() => fan.DeleteAsync($"/user/follow/{star.Id}/"));

        Assert.All(ends, x => Assert.Equal(NoContent, x.Status));
        Assert.Equal((0, 0), await CountsAsync(star));
        Assert.Equal((0, 0), await CountsAsync(fan));
    }

    [Theory, OnEachDatabase]
    public async Task Two_who_follow_each_other_at_once_both_do(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var one = await pamps.RegisterAsync();
        using var two = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(i =>
            i % 2 == 0 ? one.PostAsync($"/user/follow/{two.Id}/") : two.PostAsync($"/user/follow/{one.Id}/")
        );

        answers.Split(2, Created, others: OK);
        Assert.Equal((1, 1), await CountsAsync(one));
        Assert.Equal((1, 1), await CountsAsync(two));
    }

    [Theory, OnEachDatabase]
    public async Task Following_and_unfollowing_at_once_leaves_counters_that_agree(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var fan = await pamps.RegisterAsync();
        using var star = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(i =>
            i % 2 == 0
                ? fan.PostAsync($"/user/follow/{star.Id}/")
                : fan.DeleteAsync($"/user/follow/{star.Id}/")
        );

        Assert.All(answers, x => Assert.InRange((int)x.Status, 200, 204));
        var followers = (await fan.GetAsync($"/user/{star.Username}/followers/")).Items.Count;
        Assert.Equal((followers, 0), await CountsAsync(star));
        Assert.Equal((0, followers), await CountsAsync(fan));
    }

    [Theory, OnEachDatabase]
    public async Task Followers_and_following_are_listed_in_the_order_of_the_follows(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var star = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var fans = new List<Client>();
        for (var i = 0; i < 5; i++)
        {
            fans.Add(await pamps.RegisterAsync());
        }
        // Not in the order of their ids, so that the two orders differ.
        Client[] order = [fans[3], fans[0], fans[4], fans[1], fans[2]];
        foreach (var fan in order)
        {
            await fan.PostAsync($"/user/follow/{star.Id}/");
            await star.PostAsync($"/user/follow/{fan.Id}/");
        }
        var expected = order.Select(x => x.Id).ToList();
        foreach (var list in new[] { "followers", "following" })
        {
            var path = $"/user/{star.Username}/{list}/";
            var all = await anyone.GetAsync(path);
            Assert.Equal(expected, all.Ids);
            Assert.Null(all.Header("Link"));
            Assert.All(all.Items, x => x.HasFields("id", "username", "avatar", "bio", "display_name"));

            var pages = await anyone.WalkAsync($"{path}?limit=2");
            Assert.Equal([2, 2, 1], pages.Select(x => x.Ids.Count));
            Assert.Equal(expected, pages.SelectMany(x => x.Ids));
            var back = await anyone.WalkAsync(pages[^1].Link("prev")!, "prev");
            Assert.Equal(expected[..4], back.AsEnumerable().Reverse().SelectMany(x => x.Ids));
            var newest = await anyone.WalkAsync($"{path}?limit=2&order=newest");
            Assert.Equal(expected.AsEnumerable().Reverse(), newest.SelectMany(x => x.Ids));
        }
        Assert.Equal([star.Id], (await anyone.GetAsync($"/user/{fans[0].Username}/following/")).Ids);
        fans.ForEach(x => x.Dispose());
    }
}
