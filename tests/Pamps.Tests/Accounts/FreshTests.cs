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
        (await user.DeleteAsync("/user/me/")).Refused(Unauthorized);

        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        await user.SignInAsync();
        Assert.Equal(NoContent, (await user.PostAsync("/user/me/password/", Passwords)).Status);
        Assert.Equal(NoContent, (await user.DeleteAsync("/user/me/")).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_superuser_needs_no_fresh_token(Database database)
    {
        using var superuser = await (await PampsServer.ShareAsync(database)).RegisterSuperuserAsync();
        await RefreshAsync(superuser);

        Assert.Equal(NoContent, (await superuser.PostAsync("/user/me/password/", Passwords)).Status);
        Assert.Equal(NoContent, (await superuser.DeleteAsync("/user/me/")).Status);
    }
}
