using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Pamps.Core;
using Pamps.Core.Jobs;
using Pamps.Core.Users;
using Pamps.Tests.Accounts;
using Pamps.Tests.Host;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Jobs.TestJobs;

namespace Pamps.Tests.Mail;

/// <summary>Who is told by mail what has been done to their account.</summary>
public sealed class NoticeTests
{
    private const string New = "a new long password";

    private static Task<Answer> ChangeAsync(Client user, string current, string language = "en") =>
        user.PostAsync(
            "/user/me/password/",
            new { current_password = current, new_password = New },
            ("Accept-Language", language)
        );

    [Theory, OnEachDatabase]
    public async Task Whose_password_has_changed_is_told_so(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(database, mail.Use, services: Doing());
        using var user = await pamps.RegisterAsync();
        using var other = await pamps.RegisterAsync();

        Assert.Equal(NoContent, (await ChangeAsync(user, Client.DefaultPassword)).Status);
        await UntilAsync(() => Task.FromResult(mail.Taken.Count == 1));
        var english = mail.Taken[0];
        Assert.Equal(user.Email, ((MailboxAddress)english.To.Single()).Address);
        Assert.Equal("Your password at Pamps was changed", english.Subject);
        Assert.Contains(
            "https://pamps.example.org/forgot-password",
            english.TextBody,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(New, english.TextBody + english.HtmlBody, StringComparison.Ordinal);

        Assert.Equal(NoContent, (await ChangeAsync(other, Client.DefaultPassword, "pt-BR")).Status);
        await UntilAsync(() => Task.FromResult(mail.Taken.Count == 2));
        Assert.Equal("Sua senha em Pamps foi trocada", mail.Taken[1].Subject);
    }

    [Theory, OnEachDatabase]
    public async Task So_is_who_was_given_a_password_or_set_one_with_a_link(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(database, mail.Use, services: Doing());
        using var user = await pamps.RegisterAsync();
        var ct = TestContext.Current.CancellationToken;
        var reset = pamps.Services.GetRequiredService<ResetPassword>();
        Assert.False((await reset.RunAsync(Viewer.Operator, user.Username, New, ct)).IsRefused(out _));
        await UntilAsync(() => Task.FromResult(mail.Taken.Count == 1));

        var make = pamps.Services.GetRequiredService<MakeResetToken>();
        var token = (await make.RunAsync(Viewer.Operator, user.Username, ct)).Value.Value;
        var body = new { token, password = "yet another password" };
        Assert.Equal(
            OK,
            (await user.PostAsync("/user/password/reset/", body, ("Accept-Language", "pt"))).Status
        );
        await UntilAsync(() => Task.FromResult(mail.Taken.Count == 2));

        Assert.Equal("Your password at Pamps was changed", mail.Taken[0].Subject);
        Assert.Equal("Sua senha em Pamps foi trocada", mail.Taken[1].Subject);
    }

    [Theory, OnEachDatabase]
    public async Task So_is_who_has_changed_or_used_a_second_factor(Database database)
    {
        var time = new FakeTime();
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(
            database,
            mail.Use,
            services: time.Use + Doing()
        );
        using var user = await pamps.RegisterAsync();
        var (app, codes) = await AuthenticatorApp.SetUpAsync(user, time);
        await ToldAsync(1, "Signing in at Pamps now takes a code");
        user.Use(await AuthenticatorApp.SignInAsync(user, codes[0]));
        await ToldAsync(2, "A recovery code was used at Pamps");
        var proof = new { password = Client.DefaultPassword, code = app.Next() };
        codes = AuthenticatorApp.CodesOf(
            await user.PostAsync($"{AuthenticatorApp.Address}recovery-codes/", proof)
        );
        await ToldAsync(3, "New recovery codes at Pamps");
        var remove = pamps.Services.GetRequiredService<SetUpSecondFactor>();
        var ct = TestContext.Current.CancellationToken;
        Assert.False((await remove.UndoForAsync(Viewer.Operator, user.Username, ct)).IsRefused(out _));
        await ToldAsync(4, "Signing in at Pamps no longer takes a code");
        Assert.DoesNotContain(mail.Taken, x => x.TextBody!.Contains(codes[0], StringComparison.Ordinal));
        Assert.Contains("/forgot-password", mail.Taken[3].TextBody, StringComparison.Ordinal);
        using var device = await PasskeyDevice.OfAsync(user);
        await ToldAsync(5, "A passkey was added at Pamps");
        Assert.False((await remove.UndoForAsync(Viewer.Operator, user.Username, ct)).IsRefused(out _));
        await ToldAsync(6, "A passkey was removed at Pamps");
        // Another password does not end a passkey.
        Assert.All(mail.Taken.Skip(4), x =>
            Assert.Contains(".org/settings", x.TextBody, StringComparison.Ordinal)
        );

        async Task ToldAsync(int count, string subject)
        {
            await UntilAsync(() => Task.FromResult(mail.Taken.Count == count));
            Assert.Equal(subject, mail.Taken[count - 1].Subject);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Who_signs_in_from_another_network_or_with_another_program_is_told_once(
        Database database
    )
    {
        const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
        const string Rude = "<b>Call 555-1234</b>";
        const string Home = "198.51.100.1";
        const string Away = "203.0.113.7";
        var time = new FakeTime();
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(
            database,
            x =>
            {
                mail.Use(x);
                x.Http.TrustedProxies = "127.0.0.1, ::1";
            },
            services: time.Use + (Action<IServiceCollection>)Without
        );
        using var user = new Client(pamps, "ana", id: 0);
        await user.PostAsync(
            "/user/",
            new
            {
                email = user.Email,
                username = "ana",
                password = Client.DefaultPassword,
            }
        );
        // Who has just registered signs in, from wherever; a new version is no other program.
        await SignInAsync(Firefox, Home, mails: 0);
        await SignInAsync(Firefox.Replace("141", "142", StringComparison.Ordinal), Home, mails: 0);
        // Whoever registers with a stranger's address has nothing sent to it by signing in.
        await SignInAsync(Firefox, "192.0.2.1", mails: 0);
        time.Advance(TimeSpan.FromDays(7));
        await SignInAsync(Firefox, Away, mails: 1);
        await SignInAsync(Rude, Away, mails: 2);
        // Each part is known by now.
        await SignInAsync(Firefox, Away, mails: 2);
        await SignInAsync(Rude, Home, mails: 2);
        await SignInAsync(Firefox, "192.0.2.9", mails: 2, password: "wrong");
        time.Advance(TimeSpan.FromDays(91));
        await SignInAsync(Firefox, Home, mails: 3);
        // Three a day and no more, and what a program says of itself makes no rows.
        await SignInAsync(Firefox, "192.0.2.2", mails: 4);
        await SignInAsync(Firefox, "192.0.2.3", mails: 5);
        await SignInAsync(Firefox, "192.0.2.4", mails: 5);
        var known = await pamps.ScalarAsync<long>("SELECT count(*) FROM known_address");
        await SignInAsync("Word", "192.0.2.4", mails: 5);
        await SignInAsync("Another word", "192.0.2.4", mails: 5);
        Assert.Equal(known, await pamps.ScalarAsync<long>("SELECT count(*) FROM known_address"));
        time.Advance(TimeSpan.FromDays(1));
        await SignInAsync(Firefox, "192.0.2.5", mails: 6);

        var send = pamps.Services.GetServices<IJobHandler>().Single(x => x.Kind == "mail");
        foreach (var id in new[] { "min", "max" })
        {
            var payload = await pamps.ScalarAsync<string>(
                $"SELECT payload FROM job WHERE id = (SELECT {id}(j.id) FROM job j WHERE j.kind = 'mail')"
            );
            await send.RunAsync(new JobRun(1, send.Kind, null, payload, 1), CancellationToken.None);
        }
        Assert.Equal(0, await pamps.JobsAsync("kind = 'mail' AND payload LIKE '%555%'"));
        var told = mail.Taken[0];
        Assert.Equal("Um novo acesso em Pamps", told.Subject);
        Assert.Contains("UTC (Firefox, Linux), de uma rede", told.TextBody, StringComparison.Ordinal);
        Assert.Contains("/forgot-password", told.TextBody, StringComparison.Ordinal);
        Assert.Contains("chaves de acesso", told.TextBody, StringComparison.Ordinal);
        Assert.Equal(2, mail.Taken.Count);

        async Task SignInAsync(
            string program,
            string address,
            long mails,
            string password = Client.DefaultPassword
        )
        {
            var answer = await user.SendAsync(
                HttpMethod.Post,
                "/token",
                new FormUrlEncodedContent([new("username", "ana"), new("password", password)]),
                ("User-Agent", program),
                ("X-Forwarded-For", address),
                ("Accept-Language", "pt-BR")
            );
            Assert.Equal(password == Client.DefaultPassword ? OK : Unauthorized, answer.Status);
            Assert.Equal(mails, await pamps.JobsAsync("kind = 'mail'"));
        }
    }

    [Theory, OnEachDatabase]
    public async Task What_is_refused_is_not_told_and_without_mail_nothing_waits(Database database)
    {
        await using var mail = MailServers.Start();
        await using var pamps = await PampsServer.StartAsync(database, mail.Use, services: Without);
        using var user = await pamps.RegisterAsync();
        (await ChangeAsync(user, "wrong")).Refused(UnprocessableEntity);
        Assert.Equal(0, await pamps.JobsAsync("kind = 'mail'"));
        Assert.Equal(NoContent, (await ChangeAsync(user, Client.DefaultPassword)).Status);
        Assert.Equal(1, await pamps.JobsAsync("kind = 'mail'"));

        await using var without = await PampsServer.StartAsync(database, services: Without);
        using var quiet = await without.RegisterAsync();
        Assert.Equal(NoContent, (await ChangeAsync(quiet, Client.DefaultPassword)).Status);
        Assert.Equal(0, await without.JobsAsync("kind = 'mail'"));
    }
}
