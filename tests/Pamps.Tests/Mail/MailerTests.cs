using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Pamps.Core;
using Pamps.Tests.CommandLine;
using Pamps.Tests.Host;
using Pamps.Tests.Jobs;
using static System.Net.HttpStatusCode;
using static Pamps.Tests.Jobs.TestJobs;

namespace Pamps.Tests.Mail;

/// <summary>How mail servers answer, and what becomes of mail then.</summary>
public sealed class MailerTests
{
    private static Workplace With(string uri) =>
        Workplace
            .Bare()
            .With("PAMPS_MAIL__URI", uri)
            .With("PAMPS_MAIL__FROM", "Our town <pamps@example.org>")
            .With("PAMPS_SITE__ADDRESS", "https://pamps.example.org");

    [Fact]
    public async Task The_test_sends_a_mail()
    {
        await using var mail = MailServers.Start();
        var said = (await With(mail.Uri).RunAsync("mail", "test", "ana@example.org")).Succeeded();
        Assert.Equal($"127.0.0.1:{mail.Port} has taken a mail to ana@example.org\n", said);
        var taken = Assert.Single(mail.Taken);
        Assert.Equal("\"Our town\" <pamps@example.org>", taken.From.Single().ToString());
        Assert.Contains("https://pamps.example.org", taken.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_signs_in_where_a_user_is_named()
    {
        await using var mail = MailServers.Start(asksForPassword: true);
        var signedIn = $"smtp://{MailServers.User}:{{0}}@127.0.0.1:{mail.Port}?tls=none";
        var right = Uri.EscapeDataString(MailServers.Password);
        (
            await With(signedIn.Replace("{0}", right, StringComparison.Ordinal))
                .RunAsync("mail", "test", "ana@example.org")
        ).Succeeded();
        Assert.Single(mail.Taken);

        var wrong = await With(signedIn.Replace("{0}", "s3cret", StringComparison.Ordinal))
            .RunAsync("mail", "test", "ana@example.org");
        Assert.Contains("did not take user and password", wrong.Refused(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", wrong.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_and_mail_go_by_TLS_that_is_asked_for_in_the_clear_to_a_server_whose_certificate_is_trusted()
    {
        using var certificate = MakeCertificate();
        await using var mail = MailServers.Start(asksForPassword: true, certificate: certificate);
        var password = Uri.EscapeDataString(MailServers.Password);
        var there = With($"smtp://{MailServers.User}:{password}@127.0.0.1:{mail.Port}");

        var untrusted = await there.RunAsync("mail", "test", "ana@example.org");
        Assert.Contains("certificate is not trusted", untrusted.Refused(), StringComparison.Ordinal);
        Assert.Empty(mail.Taken);

        var file = Path.Combine(there.Folder, "trusted.pem");
        await File.WriteAllTextAsync(
            file,
            certificate.ExportCertificatePem(),
            TestContext.Current.CancellationToken
        );
        (await there.With("SSL_CERT_FILE", file).RunAsync("mail", "test", "ana@example.org")).Succeeded();
        Assert.Single(mail.Taken);
        Assert.True(mail.TookInSecret);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    [Fact]
    public async Task It_says_in_a_line_why_no_mail_goes_out()
    {
        await using var mail = MailServers.Start(refuses: "ana@example.org");
        await IsRefusedAsync(mail.Uri, "refused the mail with 5");
        await IsRefusedAsync($"smtp://127.0.0.1:{Ports.Free()}?tls=none", "cannot be reached");
        // Which offers no TLS, of either way.
        await IsRefusedAsync($"smtp://127.0.0.1:{mail.Port}", "does not offer what is asked for");
        await IsRefusedAsync($"smtps://127.0.0.1:{mail.Port}", "TLS with the mail server failed");
        var unset = await Workplace.Bare().RunAsync("mail", "test", "ana@example.org");
        Assert.Contains("PAMPS_MAIL__URI is not set", unset.Refused(), StringComparison.Ordinal);
        var nobody = await With(mail.Uri).RunAsync("mail", "test", "ana");
        Assert.Contains("is no e-mail address", nobody.Refused(), StringComparison.Ordinal);
        Assert.Empty(mail.Taken);

        static async Task IsRefusedAsync(string uri, string why)
        {
            var ran = await With(uri).RunAsync("mail", "test", "ana@example.org");
            Assert.Contains(why, ran.Refused(), StringComparison.Ordinal);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_mailbox_that_there_is_not_is_not_tried_again(Database database)
    {
        await using var mail = MailServers.Start(refuses: "ana@example.org");
        await using var pamps = await PampsServer.StartAsync(database, mail.Use, services: Doing());
        using var ana = new Client(pamps, "ana", id: 0);
        await ana.RegisterAsync();

        Assert.Equal(
            Accepted,
            (await ana.PostAsync("/user/password/forgot/", new { username = "ana" })).Status
        );

        await UntilAsync(async () => await pamps.JobsAsync("kind IN ('mail', 'password-forgotten')") == 0);
        Assert.Empty(mail.Taken);
    }

    [Theory, OnEachDatabase]
    public async Task One_that_hangs_is_given_up_after_seconds_and_keeps_nothing_else_from_being_done(
        Database database
    )
    {
        using var mail = new SilentMailServer();
        var done = 0;
        await using var pamps = await PampsServer.StartAsync(
            database,
            x =>
            {
                x.Mail.Uri = mail.Uri;
                x.Site.ConfirmEmail = false;
                x.Mail.From = "pamps@example.org";
                x.Site.Address = "https://pamps.example.org";
            },
            services: Doing(new TestJob("other", (_, _) =>
                {
                    Interlocked.Increment(ref done);
                    return Task.CompletedTask;
                }))
        );
        for (var i = 0; i < 10; i++)
        {
            using var user = await pamps.RegisterAsync();
            Assert.Equal(
                Accepted,
                (await user.PostAsync("/user/password/forgot/", new { username = user.Email })).Status
            );
        }
        await UntilAsync(async () => await pamps.JobsAsync("kind = 'mail' AND error IS NOT NULL") == 10);
        await pamps.EnqueueAsync(new("other"));
        await UntilAsync(() => Task.FromResult(done == 1));

        // Who came while the first ones waited did not try: else each would have taken as long.
        Assert.InRange(mail.Connections, 1, 2);
    }
}
