using System.Text;
using Microsoft.AspNetCore.Identity;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>A password is the same however a keyboard writes it (RFC 8265).</summary>
public sealed class PasswordFormTests
{
    private const string Composed = "pão de ação";
    private static readonly string Apart = Composed.Normalize(NormalizationForm.FormD);
    private static readonly string Spaced = Composed.Replace(' ', '\u00A0');

    [Theory, OnEachDatabase]
    public async Task A_password_opens_in_whatever_form_it_was_set_and_is_typed(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        string[] forms = [Composed, Apart, Spaced];
        foreach (var set in forms)
        {
            using var user = new Client(pamps, Together.NewName(), id: 0);
            await user.RegisterAsync(set);
            foreach (var typed in forms)
            {
                await user.SignInAsync(typed);
            }
            (await user.TrySignInAsync(user.Username, "pao de acao")).Refused(Unauthorized);
            var changed = await user.PostAsync(
                "/user/me/password/",
                new { current_password = Apart, new_password = Apart + "!" }
            );
            Assert.Equal(NoContent, changed.Status);
            await user.SignInAsync(Composed + "!");
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_hash_of_what_was_typed_before_opens_as_typed_and_is_renewed(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        var old = new PasswordHasher<object>().HashPassword(user, Apart);
        await pamps.ExecuteAsync($"UPDATE account SET password = '{old}' WHERE user_id = {user.Id}");
        (await user.TrySignInAsync(user.Username, Composed)).Refused(Unauthorized);
        (await user.TrySignInAsync(user.Username, Apart + "!")).Refused(Unauthorized);

        await user.SignInAsync(Apart);

        Assert.NotEqual(
            old,
            await pamps.ScalarAsync<string>($"SELECT password FROM account WHERE user_id = {user.Id}")
        );
        await user.SignInAsync(Composed);
        await user.SignInAsync(Apart);
    }

    [Theory, OnEachDatabase]
    public async Task A_new_password_holds_no_control_character_and_its_length_is_what_people_count(
        Database database
    )
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var user = await pamps.RegisterAsync();
        foreach (var control in new[] { '\0', '\t', '\n', '\u0085' })
        {
            await RefusedAsync("control_character", $"correct{control}horse");
            await RefusedAsync("control_character", $"corréct{control}horse");
        }
        await RefusedAsync("wrong_length", Times("😀", 7));
        await RefusedAsync("wrong_length", Times("e\u0301", 7));
        await RefusedAsync("wrong_length", Times("😀", 257));
        foreach (var longest in new[] { Times("😀", 256), Times("e\u0301", 256), Times("❤\uFE0F", 4) })
        {
            using var other = new Client(pamps, Together.NewName(), id: 0);
            await other.RegisterAsync(longest);
            await other.SignInAsync(longest);
        }

        async Task RefusedAsync(string code, string password)
        {
            var body = Together.Registration(Together.NewName());
            body["password"] = password;
            var registered = await user.PostAsync("/user/", body);
            registered.Blames("password");
            Assert.Equal(code, (string)registered["codes"]!["password"]![0]!);
            var changed = await user.PostAsync(
                "/user/me/password/",
                new { current_password = Client.DefaultPassword, new_password = password }
            );
            changed.Blames("new_password");
        }
    }

    private static string Times(string text, int times) =>
        new StringBuilder().Insert(0, text, times).ToString();
}
