using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Notifications;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Notifications;

/// <summary>POST /notification/read/ and GET /notification/unread/.</summary>
public sealed class ReadMarkTests
{
    private const long LargestId = (1L << 53) - 1;

    /// <summary>A user who is told of so many likes, and the ids of what they are told, newest first.</summary>
    private static async Task<(Client User, Client Fan, IReadOnlyList<long> Ids)> LikedAsync(
        Database database,
        int times
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        var (user, fan) = (await pamps.RegisterAsync(), await pamps.RegisterAsync());
        for (var i = 0; i < times; i++)
        {
            await fan.PostAsync($"/post/{await user.WriteAsync($"post {i}")}/like/");
        }
        return (user, fan, (await user.GetAsync(Told.Path)).Ids);
    }

    private static async Task<IReadOnlyList<long>> UnreadIdsAsync(Client user) =>
        [
            .. (await user.GetAsync(Told.Path))
                .Items.Where(x => !(bool)x!["read"]!)
                .Select(x => (long)x!["id"]!),
        ];

    [Theory, OnEachDatabase]
    public async Task What_is_up_to_the_mark_is_read_and_the_mark_never_goes_back(Database database)
    {
        var (user, fan, ids) = await LikedAsync(database, 4);
        Assert.Equal(ids, await UnreadIdsAsync(user));
        Assert.Equal(4, await Told.UnreadAsync(user));

        Assert.Equal(NoContent, (await Told.ReadAsync(user, ids[1])).Status);
        Assert.Equal([ids[0]], await UnreadIdsAsync(user));
        Assert.Equal(1, await Told.UnreadAsync(user));

        foreach (var older in new[] { ids[3], ids[1], 1 })
        {
            Assert.Equal(NoContent, (await Told.ReadAsync(user, older)).Status);
            Assert.Equal([ids[0]], await UnreadIdsAsync(user));
        }
        // Between two of them: the older of the two.
        Assert.Equal(NoContent, (await Told.ReadAsync(user, ids[0] - 1)).Status);
        Assert.Equal([ids[0]], await UnreadIdsAsync(user));
        Assert.Equal(0, await Told.UnreadAsync(fan));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_read_and_is_undone_and_done_again_is_not_unread_again(Database database)
    {
        var (user, fan, likes) = await LikedAsync(database, 1);
        var liked = (long)(await user.GetAsync(Told.Path)).Items[0]!["post"]!["id"]!;
        await fan.PostAsync($"/user/follow/{user.Id}/");
        var named = await fan.WriteAsync($"hello @{user.Username}");
        var ids = (await user.GetAsync(Told.Path)).Ids;
        Assert.Equal(3, ids.Count);
        await Told.ReadAsync(user, ids[0]);

        for (var again = 0; again < 2; again++)
        {
            await fan.DeleteAsync($"/post/{liked}/like/");
            await fan.DeleteAsync($"/user/follow/{user.Id}/");
            await fan.PatchAsync($"/post/{named}/", new { text = "hello" });
            await fan.PatchAsync($"/post/{named}/", new { text = "hello again" });
            Assert.Empty((await user.GetAsync(Told.Path)).Ids);

            await fan.PostAsync($"/post/{liked}/like/");
            await fan.PostAsync($"/user/follow/{user.Id}/");
            await fan.PatchAsync($"/post/{named}/", new { text = $"@{user.Username}, hello" });
            await fan.PatchAsync($"/post/{named}/", new { text = $"@{user.Username}, hello again" });
            Assert.Equal(ids, (await user.GetAsync(Told.Path)).Ids);
            Assert.Empty(await UnreadIdsAsync(user));
            Assert.Equal(0, await Told.UnreadAsync(user));
        }
        // Whoever looks at a list hears of each once.
        var events = (await Told.EventsForAsync(user)).Where(x => x.Id == likes[0]).ToList();
        Assert.Equal([4, 5, 4, 5, 4], events.Select(x => (int)x.Kind));
        Assert.Equal(events.Count, (await Told.EventsForAsync(user)).Count(x => x.Id == ids[0]));
    }

    [Theory, OnEachDatabase]
    public async Task What_was_not_read_and_is_done_again_is_as_new(Database database)
    {
        var (user, fan, likes) = await LikedAsync(database, 1);
        var liked = (long)(await user.GetAsync(Told.Path)).Items[0]!["post"]!["id"]!;
        await fan.DeleteAsync($"/post/{liked}/like/");
        await fan.PostAsync($"/post/{liked}/like/");
        var id = Assert.Single(await UnreadIdsAsync(user));
        Assert.True(id > likes[0]);
        Assert.Equal(1, await Told.UnreadAsync(user));
    }

    [Theory, OnEachDatabase]
    public async Task What_comes_later_is_unread_whatever_was_marked(Database database)
    {
        var (user, fan, _) = await LikedAsync(database, 2);

        Assert.Equal(NoContent, (await Told.ReadAsync(user, LargestId)).Status);
        Assert.Equal(0, await Told.UnreadAsync(user));
        await fan.PostAsync($"/user/follow/{user.Id}/");

        Assert.Equal(1, await Told.UnreadAsync(user));
        Assert.Single(await UnreadIdsAsync(user));
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_marks_at_once_the_furthest_stays(Database database)
    {
        var (user, _, ids) = await LikedAsync(database, 6);

        var answers = await Together.AtOnceAsync(i => Told.ReadAsync(user, ids[1 + (i % 5)]));

        Assert.All(answers, x => Assert.Equal(NoContent, x.Status));
        Assert.Equal([ids[0]], await UnreadIdsAsync(user));
    }

    [Theory, OnEachDatabase]
    public async Task A_mark_is_for_the_caller_alone(Database database)
    {
        var (user, fan, ids) = await LikedAsync(database, 1);
        await user.PostAsync($"/user/follow/{fan.Id}/");

        await Told.ReadAsync(fan, ids[0]);
        await Told.ReadAsync(fan, LargestId);

        Assert.Equal((1, 0), (await Told.UnreadAsync(user), await Told.UnreadAsync(fan)));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_no_id_is_refused(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        string[] wrong = ["0", "-1", "9007199254740992", "1.5", "\"one\"", "null", "true", "[1]", "1e30"];
        foreach (var value in wrong)
        {
            var body = Client.Raw($"{{\"up_to\": {value}}}");
            (await user.PostAsync(Told.Path + "read/", body)).Blames("up_to");
        }
        (await user.PostAsync(Told.Path + "read/", Client.Raw("{}"))).Blames("up_to");
        (await user.PostAsync(Told.Path + "read/", Client.Raw("{"))).Refused(UnprocessableEntity);
        (await user.PostAsync(Told.Path + "read/")).Refused(UnsupportedMediaType);
        (await user.GetAsync(Told.Path + "?limit=101")).Blames("limit");
    }

    [Theory, OnEachDatabase]
    public async Task Counting_ends_at_a_hundred(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        const int first = 5_000_000;
        for (var i = 0; i < 101; i++)
        {
            await pamps.ExecuteAsync(
                $"""
                INSERT INTO notification (id, user_id, kind, actor_id, post_id, date)
                SELECT {first + i} + {user.Id}, {user.Id}, {i} + 10, {user.Id}, NULL, u.created_at
                FROM "user" u WHERE u.id = {user.Id}
                """
            );
        }
        var newest = user.Id + first + 100;
        Assert.Equal(100, await Told.UnreadAsync(user));
        await Told.ReadAsync(user, newest - 100);
        Assert.Equal(100, await Told.UnreadAsync(user));
        await Told.ReadAsync(user, newest - 99);
        Assert.Equal(99, await Told.UnreadAsync(user));
    }

    [Theory, OnEachDatabase]
    public async Task A_live_stream_gets_each_as_its_owner_sees_it(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var ana = await pamps.RegisterAsync();
        using var beto = await pamps.RegisterAsync();
        var mention = await ana.WriteAsync($"hello @{beto.Username}");
        var reply = await beto.WriteAsync("hello to you", mention);
        await beto.PostAsync($"/post/{mention}/like/");
        await beto.PostAsync($"/user/follow/{ana.Id}/");
        await Told.ReadAsync(beto, LargestId);
        var ids = (await ana.GetAsync(Told.Path)).Ids.Concat((await beto.GetAsync(Told.Path)).Ids).ToList();
        var stop = TestContext.Current.CancellationToken;

        var read = pamps.Services.GetRequiredService<ReadNotifications>();
        var views = await read.ByIdAsync([.. ids, 1], stop);

        Assert.Equal(ids.Order(), views.Keys.Order());
        var toBeto = Assert.Single(views.Values, x => x.Kind == NotificationKind.Mention);
        Assert.Equal((mention, true, true), (toBeto.Post!.Id, toBeto.Post.Liked, toBeto.IsRead));
        var toAna = Assert.Single(views.Values, x => x.Kind == NotificationKind.Like);
        Assert.Equal((mention, false, false), (toAna.Post!.Id, toAna.Post.Liked, toAna.IsRead));
        Assert.Equal(beto.Username, toAna.User.Username);
        Assert.Null(Assert.Single(views.Values, x => x.Kind == NotificationKind.Follow).Post);
        Assert.Equal(reply, Assert.Single(views.Values, x => x.Kind == NotificationKind.Reply).Post!.Id);
        Assert.Empty(await read.ByIdAsync([], stop));
    }
}
