using System.Net.Http.Json;
using System.Text.RegularExpressions;
using MimeKit;
using Pamps.Core;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using Pamps.Tests.Limits;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Jobs.TestJobs;

namespace Pamps.Tests.Mail;

/// <summary>POST /user/password/forgot/: a link for a new password comes by mail.</summary>
public sealed partial class ForgotPasswordTests
{
    private const string New = "a new long password";

    private static Task<PampsServer> StartAsync(
        Database database,
        MailServers mail,
        Action<PampsOptions>? change = null,
        FakeTime? time = null
    ) =>
        PampsServer.StartAsync(
            database,
            x =>
            {
                mail.Use(x);
                change?.Invoke(x);
            },
            services: x =>
            {
                Doing()(x);
                time?.Use(x);
            }
        );

    private static Task<Answer> ForgotAsync(
        Client client,
        object? username,
        params (string Name, string Value)[] headers
    ) => client.PostAsync("/user/password/forgot/", new { username }, headers);

    /// <summary>Waits until nothing is left to be done.</summary>
    private static Task UntilDoneAsync(PampsServer pamps) =>
        UntilAsync(async () => await pamps.JobsAsync("kind IN ('mail', 'password-forgotten')") == 0);

    [Theory, OnEachDatabase]
    public async Task A_link_comes_to_the_address_of_the_account_and_gives_a_new_password(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail);
        using var user = await pamps.RegisterAsync("ana");
        using var anyone = pamps.Anonymous();

        // Whoever asks chooses the host, which the link does not follow.
        var answer = await ForgotAsync(
            anyone,
            $" {user.Username.ToUpperInvariant()} ",
            ("Host", "evil.example")
        );
        Assert.Equal((Accepted, ""), (answer.Status, answer.Body));
        await UntilAsync(() => Task.FromResult(mail.Taken.Count == 1));

        var message = mail.Taken[0];
        Assert.Equal($"<{user.Email}>", $"<{((MailboxAddress)message.To.Single()).Address}>");
        Assert.Equal("\"Pamps\" <pamps@example.org>", message.From.Single().ToString());
        Assert.Equal("A new password at Pamps", message.Subject);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.EndsWith("@example.org", message.MessageId, StringComparison.Ordinal);
        var link = Link().Match(message.TextBody!).Value;
        Assert.StartsWith($"Hello @{user.Username},", message.TextBody, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{link}\">{link}</a>", message.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", message.TextBody + message.HtmlBody, StringComparison.Ordinal);

        var body = new { token = link.Split('#')[1], password = New };
        Assert.Equal(OK, (await anyone.PostAsync("/user/password/reset/", body)).Status);
        await user.SignInAsync(New);
    }

    [Theory, OnEachDatabase]
    public async Task The_mail_is_in_the_language_of_who_asks(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail, x => x.Site.Name = "Açaí & <Amigos>");
        using var user = await pamps.RegisterAsync();

        Assert.Equal(
            Accepted,
            (await ForgotAsync(user, user.Email, ("Accept-Language", "fr, pt;q=0.9, en;q=0.5"))).Status
        );
        await UntilAsync(() => Task.FromResult(mail.Taken.Count == 1));

        var message = mail.Taken[0];
        Assert.Equal("Uma nova senha em Açaí & <Amigos>", message.Subject);
        Assert.Equal("pt-BR", message.Body!.Headers["Content-Language"]);
        Assert.Contains("provavelmente você", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Açaí & <Amigos>", message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<Amigos>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("lang=\"pt-BR\"", message.HtmlBody, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Who_has_no_account_or_a_closed_one_is_answered_alike_and_sent_nothing(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail);
        using var boss = await pamps.RegisterSuperuserAsync();
        using var closed = await pamps.RegisterAsync();
        using var user = await pamps.RegisterAsync();
        Assert.Equal(OK, (await boss.PatchAsync($"/user/{closed.Username}/", new { active = false })).Status);
        using var anyone = pamps.Anonymous();

        var answers = new List<Answer>();
        foreach (
            var name in new[]
            {
                "nobody_here",
                "nobody@example.net",
                closed.Username,
                closed.Email,
                "no name at all",
                user.Email,
            }
        )
        {
            answers.Add(await ForgotAsync(anyone, name));
        }

        Assert.All(answers, x => Assert.Equal((Accepted, ""), (x.Status, x.Body)));
        Assert.Single(answers.Select(x => string.Join(' ', x.Headers.Keys.Order())).Distinct());
        await UntilDoneAsync(pamps);
        Assert.Equal(user.Email, ((MailboxAddress)Assert.Single(mail.Taken).To.Single()).Address);
        Assert.Single(await SecurityLogs.ReadAsync(pamps), x => x.Kind == "reset_link_made");
    }

    [Theory, OnEachDatabase]
    public async Task What_is_no_name_is_refused(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail);
        using var anyone = pamps.Anonymous();

        foreach (var wrong in new object?[] { null, "", "  ", new string('x', 255), 5 })
        {
            (await ForgotAsync(anyone, wrong)).Blames("username");
        }
        (await anyone.PostAsync("/user/password/forgot/", Client.Raw("x", "text/plain"))).Refused(
            UnsupportedMediaType
        );
        Assert.Equal(0, await pamps.JobsAsync("kind = 'password-forgotten'"));
    }

    [Theory, OnEachDatabase]
    public async Task Where_no_mail_is_sent_it_is_said(Database database)
    {
        var without = await PampsServer.ShareAsync(database);
        using var user = await without.RegisterAsync();

        var answer = await ForgotAsync(user, user.Username);

        answer.Refused(Conflict);
        Assert.Equal("no_mail", (string)answer["code"]!);
        Assert.False((bool)(await user.GetAsync("/config/"))["mail"]!);
        await using var mail = MailServers.Start();
        await using var sending = await StartAsync(database, mail);
        using var anyone = sending.Anonymous();
        Assert.True((bool)(await anyone.GetAsync("/config/"))["mail"]!);
    }

    [Theory, OnEachDatabase]
    public async Task An_account_gets_three_in_an_hour_whoever_asks_and_nobody_is_told(Database database)
    {
        var time = new FakeTime();
        await using var mail = MailServers.Start();
        await using var pamps = await StartAsync(database, mail, x => Limited.Limit(x), time);
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();

        for (var i = 0; i < 6; i++)
        {
            var name = i % 2 == 0 ? user.Username : user.Email;
            Assert.Equal(Accepted, (await ForgotAsync(user, name, Limited.From($"192.0.2.{i}"))).Status);
            await UntilDoneAsync(pamps);
        }
        Assert.Equal(3, mail.Taken.Count);
        Assert.Equal(Accepted, (await ForgotAsync(user, other.Email, Limited.From("192.0.2.1"))).Status);
        await UntilDoneAsync(pamps);
        Assert.Equal(4, mail.Taken.Count);

        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(Accepted, (await ForgotAsync(user, user.Email, Limited.From("192.0.2.9"))).Status);
        await UntilDoneAsync(pamps);
        Assert.Equal(5, mail.Taken.Count);
    }

    [Theory, OnEachDatabase]
    public async Task An_address_may_ask_ten_times_in_an_hour_whoever_it_asks_for(Database database)
    {
        await using var mail = MailServers.Start();
        // Of a clock that goes on, who asks first may be counted last, and one be too many.
        await using var pamps = await StartAsync(database, mail, x => Limited.Limit(x), new FakeTime());
        using var anyone = pamps.Anonymous();

        var answers = await Together.AtOnceAsync(
            i => ForgotAsync(anyone, $"nobody_{i}", Limited.From("192.0.2.1")),
            12
        );

        answers.Split(10, Accepted, others: TooManyRequests);
        var refused = answers.First(x => x.Status == TooManyRequests);
        refused.Refused(TooManyRequests);
        Assert.Equal("too_many_password_resets", (string)refused["code"]!);
        Assert.Equal("\"password_resets\";q=10;w=3600", refused.Header("RateLimit-Policy"));
        Assert.Equal(Accepted, (await ForgotAsync(anyone, "nobody", Limited.From("192.0.2.2"))).Status);
    }

    [Theory, OnEachDatabase]
    public async Task What_waits_for_a_mail_server_holds_no_token_and_is_dropped_when_it_is_old(
        Database database
    )
    {
        var time = new FakeTime();
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x =>
            {
                mail.Use(x);
                x.Mail.Uri = $"smtp://127.0.0.1:{Ports.Free()}?tls=none";
            },
            services: x =>
            {
                Doing()(x);
                time.Use(x);
            }
        );
        using var user = await pamps.RegisterAsync();
        Assert.Equal(Accepted, (await ForgotAsync(user, user.Email)).Status);
        await UntilAsync(async () => await pamps.JobsAsync("kind = 'mail' AND error IS NOT NULL") == 1);

        var kept = await pamps.ScalarAsync<string>(
            "SELECT payload || ' ' || error FROM job WHERE kind = 'mail'"
        );
        Assert.Contains("cannot be reached", kept, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[\w-]{64}", kept);
        Assert.DoesNotContain(user.Email, kept, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromHours(2));
        await UntilDoneAsync(pamps);
        Assert.Empty(mail.Taken);
    }

    [GeneratedRegex(@"https://pamps\.example\.org/reset-password#[\w-]{64}")]
    private static partial Regex Link();
}
