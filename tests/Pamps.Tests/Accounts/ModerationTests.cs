using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>DELETE and PATCH /user/{username}/: for superusers only.</summary>
public sealed class ModerationTests
{
    [Theory, OnEachDatabase]
    public async Task Others_may_neither_delete_nor_change_an_account(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        foreach (var path in new[] { $"/user/{user.Username}/", "/user/nobody_here/" })
        {
            (await other.DeleteAsync(path)).Refused(Forbidden);
            (await other.PatchAsync(path, new { superuser = true })).Refused(Forbidden);
            (await anyone.DeleteAsync(path)).Refused(Unauthorized);
            (await anyone.PatchAsync(path, new { superuser = true })).Refused(Unauthorized);
        }
        // Not even one's own, but through /user/me/.
        (await user.DeleteAsync($"/user/{user.Username}/")).Refused(Forbidden);
        (await user.PatchAsync($"/user/{user.Username}/", new { superuser = true })).Refused(Forbidden);
        Assert.False((bool)(await user.GetAsync("/user/me/"))["superuser"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_superuser_deletes_an_account(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var path = $"/user/{user.Username.ToUpperInvariant()}/";

        Assert.Equal(NoContent, (await superuser.DeleteAsync(path)).Status);

        (await superuser.DeleteAsync(path)).Refused(NotFound);
        (await superuser.GetAsync(path)).Refused(NotFound);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_deletions_of_one_account_at_once_one_is_done(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(() => superuser.DeleteAsync($"/user/{user.Username}/"));

        answers.Split(1, NoContent, others: NotFound);
    }

    [Theory, OnEachDatabase]
    public async Task A_superuser_makes_superusers_and_ordinary_users_again(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        using var third = await pamps.RegisterAsync();
        var path = $"/user/{user.Username}/";

        var made = await superuser.PatchAsync(path, new { superuser = true });
        Assert.Equal(OK, made.Status);
        made.Json.HasFields("id", "username", "avatar", "bio", "display_name", "superuser", "active", "role");
        Assert.True((bool)made["superuser"]!);
        Assert.True((bool)made["active"]!);
        Assert.True((bool)(await user.GetAsync("/user/me/"))["superuser"]!);
        var byUser = await user.PatchAsync($"/user/{third.Username}/", new { active = true });
        Assert.Equal(OK, byUser.Status);

        Assert.Equal(OK, (await superuser.PatchAsync(path, new { superuser = false })).Status);
        (await user.PatchAsync($"/user/{third.Username}/", new { active = true })).Refused(Forbidden);
    }

    [Theory, OnEachDatabase]
    public async Task The_last_superuser_stays_one(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var closed = await pamps.RegisterSuperuserAsync();
        Assert.Equal(OK, (await superuser.PatchAsync(PathOf(closed), new { active = false })).Status);

        IsLast(await superuser.PatchAsync(PathOf(superuser), new { superuser = false }));
        IsLast(await superuser.PatchAsync(PathOf(superuser), new { active = false }));
        IsLast(await superuser.DeleteAsync(PathOf(superuser)));
        IsLast(await superuser.DeleteAsync("/user/me/"));

        // Who makes another one is free to go.
        using var next = await pamps.RegisterAsync();
        Assert.Equal(OK, (await superuser.PatchAsync(PathOf(next), new { superuser = true })).Status);
        Assert.Equal(NoContent, (await superuser.DeleteAsync("/user/me/")).Status);
        Assert.True((bool)(await next.GetAsync("/user/me/"))["superuser"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Of_superusers_who_all_leave_at_once_one_stays(Database database)
    {
        await using var pamps = await PampsServer.StartAsync(database);
        for (var round = 0; round < 5; round++)
        {
            using var one = await pamps.RegisterSuperuserAsync();
            using var other = await pamps.RegisterSuperuserAsync();
            Client[] both = [one, other];

            var answers = await Together.AtOnceAsync(
                i =>
                    (i / 2) switch
                    {
                        0 => both[i % 2].PatchAsync(PathOf(both[i % 2]), new { superuser = false }),
                        1 => both[i % 2].PatchAsync(PathOf(both[(i + 1) % 2]), new { superuser = false }),
                        2 => both[i % 2].DeleteAsync("/user/me/"),
                        _ => both[i % 2].DeleteAsync(PathOf(both[(i + 1) % 2])),
                    },
                times: 8
            );

            Assert.All(answers, x => Assert.InRange((int)x.Status, 200, 499));
            var left = new List<Client>();
            foreach (var user in both)
            {
                var me = await user.GetAsync("/user/me/");
                if (me.Status == OK && (bool)me["superuser"]!)
                {
                    left.Add(user);
                }
            }
            // The operator alone may take away the last.
            var moderate = pamps.Services.GetRequiredService<ModerateUser>();
            var taken = await moderate.RunAsync(
                Viewer.Operator,
                Assert.Single(left).Username,
                superuser: false,
                active: null,
                CancellationToken.None
            );
            Assert.False(taken.IsRefused(out _));
        }
    }

    private static string PathOf(Client user) => $"/user/{user.Username}/";

    private static void IsLast(Answer answer)
    {
        answer.Refused(Conflict);
        Assert.Equal("last_superuser", (string)answer["code"]!);
    }

    [Theory, OnEachDatabase]
    public async Task Absent_and_null_leave_a_flag_as_it_is(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        foreach (var body in new[] { "{}", """{"superuser": null, "active": null}""", """{"x": 1}""" })
        {
            var answer = await superuser.SendAsync(
                HttpMethod.Patch,
                $"/user/{user.Username}/",
                Client.Raw(body)
            );
            Assert.Equal(OK, answer.Status);
            Assert.False((bool)answer["superuser"]!);
            Assert.True((bool)answer["active"]!);
        }
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Wrong_changes_and_unknown_users_are_refused(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var path = $"/user/{user.Username}/";
        (await superuser.PatchAsync(path, new { active = "false" })).Blames("active");
        (await superuser.PatchAsync(path, new { superuser = 1 })).Blames("superuser");
        (await superuser.PatchAsync("/user/nobody_here/", new { active = false })).Refused(NotFound);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_closed_account_opens_nothing_at_once_and_cannot_sign_in(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var path = $"/user/{user.Username}/";
        var post = await user.WriteAsync("stays");

        var closed = await superuser.PatchAsync(path, new { active = false });

        Assert.False((bool)closed["active"]!);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        (await user.PostAsync("/post/", new { text = "no" })).Refused(Unauthorized);
        (await user.DeleteAsync("/user/me/")).Refused(Unauthorized);
        (await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken })).Refused(
            Unauthorized
        );
        var signIn = await user.TrySignInAsync(user.Username, Client.DefaultPassword);
        Assert.Equal("Incorrect username or password", signIn.Refused(Unauthorized));
        Assert.Equal(OK, (await superuser.GetAsync($"/post/{post}/")).Status);

        Assert.Equal(OK, (await superuser.PatchAsync(path, new { active = true })).Status);
        (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        await user.SignInAsync();
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task No_login_opens_while_the_account_is_closed(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();

        var answers = await Together.AtOnceAsync(i =>
            i == 4
                ? superuser.PatchAsync($"/user/{user.Username}/", new { active = false })
                : user.TrySignInAsync(user.Username, Client.DefaultPassword)
        );

        Assert.Equal(OK, answers[4].Status);
        foreach (var tokens in answers.Where((x, i) => i != 4 && x.Status == OK))
        {
            user.Use(tokens);
            (await user.GetAsync("/user/me/")).Refused(Unauthorized);
            (await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken })).Refused(
                Unauthorized
            );
        }
    }
}
