using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>DELETE /user/me/ and what goes with an account. Each on a server of its own: all rows are counted.</summary>
public sealed class DeletionTests
{
    internal static async Task NothingIsBrokenAsync(PampsServer pamps)
    {
        var verify = pamps.Services.GetRequiredService<Verify>();
        var findings = await verify.RunAsync(repair: false, progress: null, CancellationToken.None);
        Assert.Equal(Verify.Steps, findings.Count);
        Assert.All(findings, x => Assert.Equal((x.Name, 0L), (x.Name, x.Broken)));
    }

    [Theory, OnEachDatabase]
    public async Task All_that_was_theirs_goes_and_the_counters_of_others_are_right(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var leaver = await pamps.RegisterAsync();
        using var stays = await pamps.RegisterAsync();
        var theirs = await leaver.WriteAsync("theirs");
        var kept = await stays.WriteAsync("kept");
        var reply = await stays.WriteAsync("a reply that stays", theirs);
        await leaver.WriteAsync("a reply that goes", kept);
        await leaver.WriteAsync("another reply that goes", kept);
        await leaver.WriteAsync("a reply to oneself", theirs);
        foreach (var (client, post) in new[] { (leaver, kept), (leaver, theirs), (stays, theirs) })
        {
            Assert.Equal(Created, (await client.PostAsync($"/post/{post}/like/")).Status);
        }
        await leaver.PostAsync($"/user/follow/{stays.Id}/");
        await stays.PostAsync($"/user/follow/{leaver.Id}/");
        await NothingIsBrokenAsync(pamps);

        Assert.Equal(NoContent, (await leaver.DeleteAsync("/user/me/")).Status);

        await NothingIsBrokenAsync(pamps);
        (await stays.GetAsync($"/user/{leaver.Username}/")).Refused(NotFound);
        (await stays.GetAsync($"/post/{theirs}/")).Refused(NotFound);
        (await stays.GetAsync($"/post/user/{leaver.Username}/")).Refused(NotFound);
        (await stays.PostAsync($"/user/follow/{leaver.Id}/")).Refused(NotFound);
        var me = await stays.GetAsync("/user/me/");
        Assert.Equal((0, 0), ((long)me["followers_count"]!, (long)me["following_count"]!));
        var post2 = await stays.GetAsync($"/post/{kept}/");
        Assert.Equal((0, 0), ((long)post2["likes_count"]!, (long)post2["replies_count"]!));
        Assert.Empty(post2["replies"]!.AsArray());
        Assert.Equal(theirs, (long)(await stays.GetAsync($"/post/{reply}/"))["parent_id"]!);
        Assert.Equal([kept], (await stays.GetAsync("/post/")).Ids);
        Assert.Empty((await stays.GetAsync($"/post/likes/{stays.Username}/")).Items);
        Assert.Empty((await stays.GetAsync("/user/timeline/")).Items);
        (await leaver.TrySignInAsync(leaver.Username, Client.DefaultPassword)).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task Name_and_address_are_free_at_once_where_the_settings_say_so_and_nothing_is_inherited(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, x => x.Security.DeletedNameDays = 0);
        using var first = await pamps.RegisterAsync();
        await first.WriteAsync("old");
        Assert.Equal(NoContent, (await first.DeleteAsync("/user/me/")).Status);

        using var heir = new Client(pamps, first.Username, 0);
        await heir.RegisterAsync();

        Assert.NotEqual(first.Id, heir.Id);
        Assert.Empty((await heir.GetAsync($"/post/user/{heir.Username}/")).Items);
        Assert.Equal(0, (long)(await heir.GetAsync("/user/me/"))["posts_count"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_password_that_is_given_must_be_right_and_then_no_fresh_token_is_needed(
        Database database
    )
    {
        await using var pamps = await PampsServer.StartAsync(database, x =>
            x.Security.SignInFailuresPerAccount = 3
        );
        using var user = await pamps.RegisterAsync();
        Task<Answer> DeleteAsync(object password) =>
            user.SendAsync(HttpMethod.Delete, "/user/me/", JsonContent.Create(new { password }));

        (await DeleteAsync("wrong")).Blames("password");
        (await DeleteAsync("")).Blames("password");
        (await DeleteAsync(5)).Blames("password");
        user.Use(await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken }));
        (await DeleteAsync(new string('x', 100_000))).Blames("password");
        (await DeleteAsync(Client.DefaultPassword)).Refused(TooManyRequests);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);

        using var other = await pamps.RegisterAsync();
        other.Use(await other.PostAsync("/refresh_token", new { refresh_token = other.RefreshToken }));
        var body = JsonContent.Create(new { password = Client.DefaultPassword });
        Assert.Equal(NoContent, (await other.SendAsync(HttpMethod.Delete, "/user/me/", body)).Status);
        (await other.GetAsync("/user/me/")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task A_program_that_says_its_empty_body_is_JSON_deletes_as_before(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var user = await pamps.RegisterAsync();

        var answer = await user.SendAsync(HttpMethod.Delete, "/user/me/", Client.Raw(""));

        Assert.Equal(NoContent, answer.Status);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_deletions_at_once_one_is_done(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var user = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(() => user.DeleteAsync("/user/me/"));

        answers.Split(1, NoContent, others: Unauthorized);
        await NothingIsBrokenAsync(pamps);
    }

    [Theory, OnEachDatabase]
    public async Task Friends_who_leave_at_once_all_leave(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        var friends = new List<Client>();
        for (var i = 0; i < 6; i++)
        {
            friends.Add(await pamps.RegisterAsync());
        }
        foreach (var friend in friends)
        {
            var post = await friend.WriteAsync("hello");
            foreach (var other in friends.Where(x => x != friend))
            {
                await other.PostAsync($"/user/follow/{friend.Id}/");
                await other.PostAsync($"/post/{post}/like/");
                await other.WriteAsync("hello too", post);
            }
        }

        // One stays, so that there is somebody whose counters can be wrong.
        var answers = await Together.AtOnceAsync(i => friends[i].DeleteAsync("/user/me/"), times: 5);

        Assert.All(answers, x => Assert.Equal(NoContent, x.Status));
        await NothingIsBrokenAsync(pamps);
        Assert.Equal(0, (long)(await friends[5].GetAsync("/user/me/"))["followers_count"]!);
        friends.ForEach(x => x.Dispose());
    }

    [Theory, OnEachDatabase]
    public async Task What_others_do_to_a_leaving_user_breaks_nothing(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var other = await pamps.RegisterAsync();
        for (var round = 0; round < 5; round++)
        {
            using var leaver = await pamps.RegisterAsync();
            var post = await leaver.WriteAsync("soon gone");

            var answers = await Together.AtOnceAsync(i =>
                (i % 8) switch
                {
                    0 => leaver.DeleteAsync("/user/me/"),
                    1 or 5 => other.PostAsync($"/user/follow/{leaver.Id}/"),
                    2 => other.DeleteAsync($"/user/follow/{leaver.Id}/"),
                    3 => other.PostAsync($"/post/{post}/like/"),
                    4 => other.PostAsync("/post/", new { text = "a reply", parent_id = post }),
                    6 => leaver.PostAsync("/post/", new { text = "a last word" }),
                    _ => leaver.PostAsync($"/user/follow/{other.Id}/"),
                }
            );

            Assert.All(answers, x => Assert.InRange((int)x.Status, 200, 499));
            Assert.Contains(answers, x => x.Status == NoContent);
            await NothingIsBrokenAsync(pamps);
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_a_leaving_user_takes_back_at_the_same_time_counts_once(Database database)
    {
        const int posts = 15;
        await using var pamps = await PampsServer.StartAsync(database);
        using var author = await pamps.RegisterAsync();
        var ids = new List<long>();
        for (var i = 0; i < posts; i++)
        {
            ids.Add(await author.WriteAsync($"post {i}"));
        }
        for (var round = 0; round < 5; round++)
        {
            using var leaver = await pamps.RegisterAsync();
            foreach (var id in ids)
            {
                await leaver.PostAsync($"/post/{id}/like/");
            }
            // A like of somebody else, so that a wrong count is not refused for being negative.
            using var liker = await pamps.RegisterAsync();
            await Task.WhenAll(ids.Select(id => liker.PostAsync($"/post/{id}/like/")));

            var answers = await Together.AtOnceAsync(i =>
                i == posts / 2
                    ? leaver.DeleteAsync("/user/me/")
                    : leaver.DeleteAsync($"/post/{ids[i < posts / 2 ? i : i - 1]}/like/")
            );

            Assert.Equal(NoContent, answers[posts / 2].Status);
            Assert.All(answers, x => Assert.InRange((int)x.Status, 200, 499));
            await NothingIsBrokenAsync(pamps);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Who_edits_a_profile_that_is_being_deleted_is_told_so(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        for (var round = 0; round < 15; round++)
        {
            using var leaver = await pamps.RegisterAsync();
            var edits = Enumerable
                .Range(0, 6)
                .Select(i => leaver.PatchAsync("/user/me/", new { bio = $"leaving {i}" }));
            var answers = await Task.WhenAll([.. edits, leaver.DeleteAsync("/user/me/")]);
            Assert.All(answers, x => Assert.Contains(x.Status, new[] { OK, NoContent, Unauthorized }));
        }
    }
}
