using Microsoft.Extensions.DependencyInjection;
using Pamps.Core;
using Pamps.Operations.Maintenance;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Mail;
using static System.Net.HttpStatusCode;

namespace Pamps.Tests.Moderation;

/// <summary>Sites where a moderator approves who registers.</summary>
public sealed class RegistrationTests
{
    private readonly FakeTime time = new();
    private SiteOptions site = null!;

    [Theory, OnEachDatabase]
    public async Task Who_registers_is_nowhere_until_a_moderator_lets_them_in(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var member = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        site.Registration = "approval";

        var without = await RegisterAsync(anyone, "ana", reason: null);
        without.Blames("reason");
        Assert.Equal("reason_needed", (string)without["codes"]!["reason"]![0]!);
        (await RegisterAsync(anyone, "ana", new string('x', 501))).Blames("reason");
        var made = await RegisterAsync(anyone, "ana", "Beto told me of you");
        Assert.Equal(Accepted, made.Status);
        (await RegisterAsync(anyone, "Ana", "me too")).Refused(Conflict);
        var signIn = await anyone.TrySignInAsync("ana", Client.DefaultPassword);
        Assert.Equal((Forbidden, "account_waits"), (signIn.Status, (string)signIn["code"]!));
        (await anyone.TrySignInAsync("ana", "not it at all")).Refused(Unauthorized);

        // Nobody comes by them, neither by name nor by number, nor brings them in by another way.
        foreach (var client in new[] { anyone, member, moderator, boss })
        {
            (await client.GetAsync("/user/ana/")).Refused(NotFound);
            (await client.GetAsync("/post/user/ana/")).Refused(NotFound);
            Assert.DoesNotContain(
                "\"ana\"",
                (await client.GetAsync("/user/")).Body,
                StringComparison.Ordinal
            );
            foreach (var search in new[] { "type=user&q=ana", "type=user&order=best&q=an*" })
            {
                Assert.Empty((await client.GetAsync($"/search/?{search}")).Items);
            }
        }
        foreach (var who in new[] { "ana", $"{made["id"]}" })
        {
            (await member.PostAsync($"/user/follow/{who}/", new { })).Refused(NotFound);
        }
        (await member.PostAsync("/report/", new { username = "ana" })).Refused(NotFound);
        await member.WriteAsync("hello @ana");
        (await moderator.ActAsync("ana", "restore")).Refused(NotFound);
        (await boss.PatchAsync("/user/ana/", new { active = true })).Refused(NotFound);

        (await anyone.GetAsync("/moderation/registration/")).Refused(Unauthorized);
        (await member.GetAsync("/moderation/registration/")).Refused(Forbidden);
        (await member.PostAsync("/moderation/registration/ana/approve/", new { })).Refused(Forbidden);
        (await member.PostAsync("/moderation/registration/ana/refuse/", new { })).Refused(Forbidden);
        var waiting = Assert.Single((await moderator.GetAsync("/moderation/registration/")).Items)!;
        Assert.Equal(
            ("ana", "ana@example.org", "Beto told me of you"),
            ((string)waiting["user"]!["username"]!, (string)waiting["email"]!, (string)waiting["reason"]!)
        );
        var answers = await Together.AtOnceAsync(() =>
            moderator.PostAsync("/moderation/registration/ana/approve/", new { })
        );
        answers.Split(1, NoContent, others: NotFound);
        Assert.Equal(OK, (await anyone.TrySignInAsync("ana", Client.DefaultPassword)).Status);
        Assert.Equal(OK, (await anyone.GetAsync("/user/ana/")).Status);
        Assert.Empty((await moderator.GetAsync("/moderation/registration/")).Items);
        (await moderator.PostAsync("/moderation/registration/ana/refuse/", new { })).Refused(NotFound);
        await TestJobs.UntilAsync(() => Task.FromResult(mail.Taken.Count == 1));
        Assert.Contains("was approved", mail.Taken[0].TextBody, StringComparison.Ordinal);
        // Of the mention from before she heard nothing.
        using var ana = new Client(pamps, "ana", (long)made["id"]!);
        await ana.SignInAsync();
        Assert.Empty((await ana.GetAsync("/notification/")).Items);
        Assert.Equal(Created, (await ana.PostAsync("/post/", new { text = "here" })).Status);

        // A version that knows none of this leaves the row: who is suspended then does not wait again.
        await LeaveRowAsync();
        Assert.Equal(OK, (await moderator.ActAsync(ana, "suspend")).Status);
        (await moderator.PostAsync("/moderation/registration/ana/refuse/", new { })).Refused(NotFound);
        Assert.Equal(OK, (await moderator.ActAsync(ana, "restore")).Status);
        await LeaveRowAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM registration"));

        Task LeaveRowAsync() =>
            pamps.ExecuteAsync(
                $"INSERT INTO registration (user_id, reason, created_at) SELECT u.id, 'x', u.created_at FROM \"user\" u WHERE u.id = {ana.Id}"
            );
    }

    [Theory, OnEachDatabase]
    public async Task Who_is_refused_or_forgotten_is_gone_and_the_name_is_free(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var moderator = await pamps.RegisterModeratorAsync(boss);
        using var anyone = pamps.Anonymous();
        site.Registration = "approval";

        Assert.Equal(Accepted, (await RegisterAsync(anyone, "ana", "spam")).Status);
        var answers = await Together.AtOnceAsync(i =>
            moderator.PostAsync(
                $"/moderation/registration/ana/{(i % 2 == 0 ? "refuse" : "approve")}/",
                new { }
            )
        );
        answers.Split(1, NoContent, others: NotFound);
        // One name again and again: refused, forgotten, and by an invitation, which asks nobody.
        Assert.Equal(Accepted, (await RegisterAsync(anyone, "caio", "please")).Status);
        Assert.Equal(
            NoContent,
            (await moderator.PostAsync("/moderation/registration/caio/refuse/", new { })).Status
        );
        await TestJobs.UntilAsync(() =>
            Task.FromResult(
                mail.Taken.Any(x => x.TextBody!.Contains("was not approved", StringComparison.Ordinal))
            )
        );
        Assert.Equal(0, await pamps.ScalarAsync<long>("SELECT count(*) FROM registration"));
        Assert.NotEqual(
            0,
            await pamps.ScalarAsync<long>(
                "SELECT count(*) FROM security_event WHERE kind = 'registration_refused'"
            )
        );
        (await anyone.TrySignInAsync("caio", Client.DefaultPassword)).Refused(Unauthorized);
        Assert.Equal(Accepted, (await RegisterAsync(anyone, "caio", "please!")).Status);
        time.Advance(TimeSpan.FromDays(31));
        await pamps.Services.GetRequiredService<Sweep>().RunAsync(TestContext.Current.CancellationToken);
        var code = (string)(await boss.PostAsync("/invitation/", new { uses = 1 }))["code"]!;
        using var invited = pamps.Anonymous();
        Assert.Equal(Created, (await RegisterAsync(invited, "caio", reason: null, code)).Status);
        Assert.Equal(OK, (await anyone.TrySignInAsync("caio", Client.DefaultPassword)).Status);
    }

    private Task<PampsServer> StartAsync(Database database, MailServers mail) =>
        PampsServer.StartAsync(
            database,
            options =>
            {
                mail.Use(options);
                site = options.Site;
                options.Security.AccessTokenExpireMinutes = options.Security.RefreshTokenExpireMinutes =
                    100_000;
            },
            services: x =>
            {
                time.Use(x);
                TestJobs.Doing()(x);
            }
        );

    private static Task<Answer> RegisterAsync(
        Client client,
        string username,
        string? reason,
        string? invitation = null
    )
    {
        var body = Together.Registration(username);
        (body["reason"], body["invitation"]) = (reason, invitation);
        return client.PostAsync("/user/", body);
    }
}
