using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>Some routes want a password to have been given for the token.</summary>
public sealed class FreshTests
{
    private static readonly object Passwords = new
    {
        current_password = Client.DefaultPassword,
        new_password = "another long one",
    };

    private static async Task RefreshAsync(Client user) =>
        user.Use(await user.PostAsync("/refresh_token", new { refresh_token = user.RefreshToken }));

    [Theory, OnEachDatabase]
    public async Task A_refreshed_token_does_not_open_fresh_routes(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        await RefreshAsync(user);

        (await user.PostAsync("/user/me/password/", Passwords)).Refused(Unauthorized);
        IsNotFresh(await user.DeleteAsync("/user/me/"));

        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        await user.SignInAsync();
        Assert.Equal(NoContent, (await user.PostAsync("/user/me/password/", Passwords)).Status);
        Assert.Equal(NoContent, (await user.DeleteAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_superuser_who_gives_the_password_anyway_needs_no_fresh_token_to_change_it(
        Database database
    )
    {
        using var superuser = await (await PampsServer.ShareAsync(database)).RegisterSuperuserAsync();
        await RefreshAsync(superuser);

        Assert.Equal(NoContent, (await superuser.PostAsync("/user/me/password/", Passwords)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_superuser_needs_a_fresh_token_for_what_concerns_accounts(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var user = await pamps.RegisterAsync();
        var path = $"/user/{user.Username}/";
        await RefreshAsync(superuser);

        IsNotFresh(await superuser.PatchAsync(path, new { active = false }));
        IsNotFresh(await superuser.DeleteAsync(path));
        IsNotFresh(await superuser.DeleteAsync("/user/me/"));
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);

        await superuser.SignInAsync();
        Assert.Equal(OK, (await superuser.PatchAsync(path, new { active = true })).Status);
        Assert.Equal(NoContent, (await superuser.DeleteAsync(path)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Who_may_not_moderate_is_not_asked_to_sign_in_again_first(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        await RefreshAsync(user);

        (await user.DeleteAsync($"/user/{user.Username}/")).Refused(Forbidden);
        (await user.PatchAsync($"/user/{user.Username}/", new { superuser = true })).Refused(Forbidden);
    }

    private static void IsNotFresh(Answer answer)
    {
        answer.Refused(Unauthorized);
        Assert.Equal("not_fresh", (string)answer["code"]!);
    }
}
