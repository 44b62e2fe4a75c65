using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Users;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Accounts;

/// <summary>An e-mail address is its owner's, and a password hash is nobody's.</summary>
public sealed class SecrecyTests
{
    [Theory, OnEachDatabase]
    public async Task No_answer_to_others_holds_an_email_address_or_a_password_hash(Database database)
    {
        var pamps = await PampsServer.ShareAsync(database);
        using var secretive = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var superuser = await pamps.RegisterSuperuserAsync();
        using var anyone = pamps.Anonymous();
        var account = await pamps
            .Services.GetRequiredService<Logins>()
            .FindAccountAsync(secretive.Username, CancellationToken.None);
        var post = await secretive.WriteAsync("mine");
        await secretive.PostAsync($"/post/{post}/like/");
        await secretive.PostAsync($"/user/follow/{other.Id}/");
        await other.PostAsync($"/user/follow/{secretive.Id}/");
        var name = secretive.Username;
        string[] paths =
        [
            "/user/?order=newest&limit=100",
            $"/user/{name}/",
            $"/user/{name}/followers/",
            $"/user/{name}/following/",
            $"/user/{other.Username}/followers/",
            "/user/timeline/",
            "/user/me/",
            "/post/",
            $"/post/{post}/",
            $"/post/{post}/likes/",
            $"/post/user/{name}/",
            $"/post/likes/{name}/",
        ];
        foreach (var client in new[] { other, superuser, anyone })
        {
            foreach (var path in paths)
            {
                Check(await client.GetAsync(path));
            }
        }
        var moderated = await superuser.PatchAsync($"/user/{name}/", new { active = true });
        Assert.Equal(OK, moderated.Status);
        Check(moderated);
        var mine = await secretive.GetAsync("/user/me/");
        Assert.Equal(secretive.Email, (string)mine["email"]!);
        Assert.DoesNotContain(account!.PasswordHash, mine.Body, StringComparison.Ordinal);

        void Check(Answer answer)
        {
            Assert.DoesNotContain(secretive.Email, answer.Body, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(account!.PasswordHash, answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_taken_address_is_not_repeated_with_its_owner(Database database)
    {
        using var owner = await (await PampsServer.ShareAsync(database)).RegisterAsync();
        var body = Together.Registration(Together.NewName());
        body["email"] = owner.Email;

        var answer = await owner.PostAsync("/user/", body);

        answer.Refused(Conflict);
        Assert.DoesNotContain(owner.Username, answer.Body, StringComparison.OrdinalIgnoreCase);
    }
}
