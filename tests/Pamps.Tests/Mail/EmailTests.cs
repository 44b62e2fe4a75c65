using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Pamps.Core;
using Pamps.Core.Jobs;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Media;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Jobs.TestJobs;

namespace Pamps.Tests.Mail;

/// <summary>/user/me/email/ and the links that it sends.</summary>
public sealed partial class EmailTests
{
    private const string Address = "/user/me/email/";

    private static async Task<PampsServer> StartAsync(Database database, MailServers mail, FakeTime time) =>
        await PampsServer.StartAsync(database, mail.Use, services: x =>
        {
            time.Use(x);
            Doing()(x);
        });

    private static Task<Answer> ConfirmAsync(Client client, string token) =>
        client.PostAsync("/user/email/confirm/", new { token });

    private static Task<Answer> AskAsync(
        Client user,
        string email,
        string password = Client.DefaultPassword
    ) => user.PostAsync(Address, new { email, password });

    /// <summary>The token of the mail that comes next, and whom it was sent to.</summary>
    private static async Task<(string Token, string To)> NextAsync(MailServers mail, int count)
    {
        await UntilAsync(() => Task.FromResult(mail.Taken.Count >= count));
        var message = mail.Taken[count - 1];
        return (
            Token().Match(message.TextBody!).Groups[1].Value,
            ((MailboxAddress)message.To.Single()).Address
        );
    }

    [Theory, OnEachDatabase]
    public async Task Who_registers_confirms_their_address_before_they_post_and_nobody_from_before_does(
        Database database
    )
    {
        SiteOptions site = null!;
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x =>
            {
                mail.Use(x);
                site = x.Site;
            },
            services: Doing()
        );
        using var old = await pamps.RegisterAsync();
        site.ConfirmEmail = true;
        using var user = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();

        await old.WriteAsync("as ever");
        var refused = await user.PostAsync("/post/", new { text = "first" });
        Assert.Equal((Forbidden, "email_not_confirmed"), (refused.Status, (string)refused["code"]!));
        // A face they may have, and nothing for which the machine works for minutes.
        await user.PictureAsync();
        refused = await user.UploadAsync([.. "fLaC"u8, .. new byte[60]]);
        Assert.Equal((Forbidden, "email_not_confirmed"), (refused.Status, (string)refused["code"]!));
        Assert.True((bool)(await user.GetAsync("/user/me/"))["email_needed"]!);
        Assert.False((bool)(await old.GetAsync("/user/me/"))["email_needed"]!);
        Assert.Equal(0, (int)(await user.GetAsync("/user/me/"))["posts_count"]!);
        var (_, to) = await NextAsync(mail, 1);
        Assert.Equal(user.Email, to);
        Assert.Equal(Accepted, (await user.PostAsync(Address, new { })).Status);
        var (again, _) = await NextAsync(mail, 2);
        Assert.Equal(OK, (await ConfirmAsync(anyone, again)).Status);
        await user.WriteAsync("first");
        Assert.False((bool)(await user.GetAsync("/user/me/"))["email_needed"]!);
    }

    [Theory, OnEachDatabase]
    public async Task A_link_confirms_the_address_or_changes_it_once_and_both_are_told(Database database)
    {
        var time = new FakeTime();
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail, time);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        using var anyone = pamps.Anonymous();
        var next = $"{user.Username}@example.net";

        Assert.Equal(Accepted, (await user.PostAsync(Address, new { })).Status);
        var (confirm, to) = await NextAsync(mail, 1);
        Assert.Equal(user.Email, to);
        Assert.Null((await user.GetAsync(Address))["confirmed_at"]);
        Assert.Equal(OK, (await ConfirmAsync(anyone, confirm)).Status);
        Assert.NotNull((await user.GetAsync(Address))["confirmed_at"]);
        (await ConfirmAsync(anyone, confirm)).Blames("token");

        (await AskAsync(user, "nowhere")).Blames("email");
        (await AskAsync(user, next, "wrong")).Blames("password");
        (await user.PostAsync(Address, new { email = next })).Blames("password");
        (await AskAsync(user, other.Email.ToUpperInvariant())).Refused(Conflict);
        Assert.Equal(Accepted, (await AskAsync(user, next)).Status);
        var first = await NextAsync(mail, 2);
        Assert.Equal(Accepted, (await AskAsync(other, next)).Status);
        var second = await NextAsync(mail, 3);
        Assert.Equal((next, next), (first.To, second.To));
        Assert.Equal(user.Email, (string)(await user.GetAsync("/user/me/"))["email"]!);

        // Of two accounts that want it one gets it, and of two uses at once one is the first.
        var changed = await Together.AtOnceAsync(_ => ConfirmAsync(anyone, first.Token), 4);
        changed.Split(1, OK, others: UnprocessableEntity);
        Assert.Equal(next, (string)changed.Single(x => x.Status == OK)["email"]!);
        (await ConfirmAsync(anyone, second.Token)).Refused(Conflict);
        Assert.Equal(OK, (await user.TrySignInAsync(next, Client.DefaultPassword)).Status);
        (await user.TrySignInAsync(user.Email, Client.DefaultPassword)).Refused(Unauthorized);
        await UntilAsync(() => Task.FromResult(mail.Taken.Count == 5));
        Assert.Equal(
            new[] { user.Email, next }.Order(),
            mail.Taken.Skip(3).Select(x => ((MailboxAddress)x.To.Single()).Address).Order()
        );
        Assert.All(mail.Taken.Skip(3), x =>
            Assert.Equal("Your e-mail address at Pamps was changed", x.Subject)
        );
    }

    [Theory, OnEachDatabase]
    public async Task A_link_is_good_for_a_day_and_for_the_password_of_then(Database database)
    {
        var time = new FakeTime();
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail, time);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        await user.PostAsync(Address, new { });
        await NextAsync(mail, 1);
        await other.PostAsync(Address, new { });
        var (changed, _) = await NextAsync(mail, 2);
        var (old, _) = await NextAsync(mail, 1);

        var password = new
        {
            current_password = Client.DefaultPassword,
            new_password = "a new long password",
        };
        Assert.Equal(NoContent, (await other.PostAsync("/user/me/password/", password)).Status);
        (await ConfirmAsync(user, changed)).Blames("token");
        foreach (
            var forged in new[]
            {
                "",
                "x",
                old[..^2],
                $"{old[..40]}{(old[40] == 'A' ? 'B' : 'A')}{old[41..]}",
                new string('A', 5000),
            }
        )
        {
            (await ConfirmAsync(user, forged)).Blames("token");
        }
        time.Advance(TimeSpan.FromDays(1));
        (await ConfirmAsync(user, old)).Blames("token");

        await using var without = await PampsServer.StartAsync(database);
        using var quiet = await without.RegisterAsync();
        (await quiet.PostAsync(Address, new { })).Refused(Conflict);
    }

    [Theory, OnEachDatabase]
    public async Task What_waited_to_be_sent_while_the_password_changed_is_no_link(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(database, mail.Use, services: Without);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();
        Assert.Equal(Accepted, (await AskAsync(user, "user.next@example.net")).Status);
        Assert.Equal(Accepted, (await AskAsync(other, "other.next@example.net")).Status);
        var password = new
        {
            current_password = Client.DefaultPassword,
            new_password = "a new long password",
        };
        Assert.Equal(NoContent, (await other.PostAsync("/user/me/password/", password)).Status);

        var send = pamps.Services.GetServices<IJobHandler>().Single(x => x.Kind == "mail");
        for (var job = 0; job < await pamps.JobsAsync("kind = 'mail'"); job++)
        {
            var payload = await pamps.ScalarAsync<string>(
                $"SELECT payload FROM job WHERE kind = 'mail' ORDER BY id LIMIT 1 OFFSET {job}"
            );
            await send.RunAsync(
                new JobRun(job, send.Kind, null, payload, 1),
                TestContext.Current.CancellationToken
            );
        }

        Assert.Equal(
            ["user.next@example.net", other.Email],
            mail.Taken.Select(x => ((MailboxAddress)x.To.Single()).Address)
        );
    }

    [Theory, OnEachDatabase]
    public async Task An_address_of_a_domain_that_does_not_come_in_is_none_to_change_to(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(database, x =>
        {
            mail.Use(x);
            x.Moderation.BlockedEmailDomains = "mailinator.com";
        });
        using var user = await pamps.RegisterAsync();
        (await AskAsync(user, "me@a.mailinator.com")).Blames("email");
    }

    [GeneratedRegex(@"https://pamps\.example\.org/confirm-email#([\w-]+)")]
    private static partial Regex Token();
}
