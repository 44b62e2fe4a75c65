using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>POST /user/me/password/.</summary>
public sealed class PasswordChangeTests
{
    private const string New = "a new long password";

    private static Task<Answer> ChangeAsync(Client user, object? current, object? next) =>
        user.PostAsync("/user/me/password/", new { current_password = current, new_password = next });

    [Theory, OnEachDatabase]
    public async Task The_new_password_opens_and_the_old_one_does_not(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        var answer = await ChangeAsync(user, Client.DefaultPassword, New);

        Assert.Equal(NoContent, answer.Status);
        (await user.TrySignInAsync(user.Username, Client.DefaultPassword)).Refused(Unauthorized);
        await user.SignInAsync(New);
    }

    [Theory, OnEachDatabase]
    public async Task Every_other_login_ends_and_the_own_goes_on(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        using var stranger = await pamps.RegisterAsync();
        using var elsewhere = await user.OtherProgramAsync();

        Assert.Equal(NoContent, (await ChangeAsync(user, Client.DefaultPassword, New)).Status);

        (await elsewhere.GetAsync("/user/me/")).Refused(Unauthorized);
        (await RefreshAsync(elsewhere)).Refused(Unauthorized);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
        Assert.Equal(OK, (await RefreshAsync(user)).Status);
        Assert.Equal(OK, (await stranger.GetAsync("/user/me/")).Status);

        static Task<Answer> RefreshAsync(Client x) =>
            x.PostAsync("/refresh_token", new { refresh_token = x.RefreshToken });
    }

    [Theory, OnEachDatabase]
    public async Task A_wrong_change_changes_nothing(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        using var elsewhere = await user.OtherProgramAsync();

        (await ChangeAsync(user, "wrong one", New)).Blames("current_password");
        (await ChangeAsync(user, null, New)).Blames("current_password");
        (await ChangeAsync(user, "", New)).Blames("current_password");
        (await ChangeAsync(user, new string('x', 100_000), New)).Blames("current_password");
        (await ChangeAsync(user, Client.DefaultPassword, null)).Blames("new_password");
        (await ChangeAsync(user, Client.DefaultPassword, "short")).Blames("new_password");
        (await ChangeAsync(user, Client.DefaultPassword, new string('x', 257))).Blames("new_password");
        (await ChangeAsync(user, Client.DefaultPassword, 5)).Blames("new_password");
        (await ChangeAsync(user, null, null)).Blames("current_password", "new_password");

        Assert.Equal(OK, (await elsewhere.GetAsync("/user/me/")).Status);
        await user.SignInAsync();
    }

    [Theory, OnEachDatabase]
    public async Task Of_many_changes_at_once_one_wins(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();

        var answers = await Together.AtOnceAsync(i =>
            ChangeAsync(user, Client.DefaultPassword, $"{New} {i}")
        );

        answers.Split(1, NoContent, others: UnprocessableEntity);
        var winner = Array.FindIndex(answers, x => x.Status == NoContent);
        await user.SignInAsync($"{New} {winner}");
    }

    [Theory, OnEachDatabase]
    public async Task No_login_with_the_old_password_outlives_the_change(Database database)
    {
        using var user = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        var own = user.AccessToken;

        var answers = await Together.AtOnceAsync(i =>
            i == 4
                ? ChangeAsync(user, Client.DefaultPassword, New)
                : user.TrySignInAsync(user.Username, Client.DefaultPassword)
        );

        Assert.Equal(NoContent, answers[4].Status);
        foreach (var tokens in answers.Where((x, i) => i != 4 && x.Status == OK))
        {
            user.UseAccessToken((string)tokens["access_token"]!);
            (await user.GetAsync("/user/me/")).Refused(Unauthorized);
        }
        user.UseAccessToken(own);
        Assert.Equal(OK, (await user.GetAsync("/user/me/")).Status);
    }
}
