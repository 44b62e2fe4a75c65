using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Pamps.Core;
using Pamps.Core.Mail;

namespace Pamps.Mail;

/// <summary>Hands mail over by SMTP, a connection for each: a small site sends few.</summary>
internal sealed class SmtpMailer(MailServer? server, PampsOptions options, TimeProvider time)
    : IMailer,
        IDisposable
{
    /// <summary>How long one mail may take, from the connection to the server's word that it has it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How long nobody tries a server that did not answer: else those who wait for it would take all the room that jobs have.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    /// <summary>How many connections there are at once.</summary>
    private const int AtOnce = 2;

    private readonly SemaphoreSlim gate = new(AtOnce);
    private long lastFailure;

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (server is null)
        {
            throw new MailFailedException("No mail server is set.");
        }
        var message = Write(mail);
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (lastFailure != 0 && time.GetElapsedTime(lastFailure) < Rest)
            {
                throw new MailFailedException("The mail server did not answer a moment ago.");
            }
            await SendAsync(message, server, cancellationToken);
            lastFailure = 0;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task SendAsync(MimeMessage message, MailServer server, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        // As .NET's own clients do: that a certificate was not called back is asked elsewhere, and many cannot be asked.
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, OptionsOf(server.Security), limit.Token);
            if (server is { User: { } user, Password: { } password })
            {
                await client.AuthenticateAsync(user, password, limit.Token);
            }
            await client.SendAsync(message, limit.Token);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            throw Explain(exception);
        }
        // It has the mail by now, however it takes the farewell.
        await client
            .DisconnectAsync(quit: true, limit.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What went wrong, in words that may be kept: those of the exception may name addresses.</summary>
    private MailFailedException Explain(Exception exception)
    {
        switch (exception)
        {
            case SmtpCommandException { StatusCode: var status } refused:
                return new MailFailedException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The mail server refused the mail with {(int)status}."
                    )
                )
                {
                    Answer = refused.Message,
                    IsForGood = refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)status >= 500,
                };
            case ServiceNotAuthenticatedException:
                return new MailFailedException("The mail server wants a user and a password.");
            case AuthenticationException:
                return new MailFailedException("The mail server did not take user and password.")
                {
                    Answer = exception.Message,
                };
            case SslHandshakeException:
                return new MailFailedException(
                    "TLS with the mail server failed: its certificate is not trusted, is for another name, or it speaks none on this port."
                );
            case NotSupportedException:
                return new MailFailedException(
                    "The mail server does not offer what is asked for: STARTTLS, or to sign in with a password."
                );
            default:
                // Said nothing, or hung up.
                lastFailure = time.GetTimestamp();
                return new MailFailedException(
                    exception switch
                    {
                        OperationCanceledException or TimeoutException => string.Create(
                            CultureInfo.InvariantCulture,
                            $"The mail server did not take the mail within {Patience.TotalSeconds} seconds."
                        ),
                        SocketException socket =>
                            $"The mail server cannot be reached ({socket.SocketErrorCode}).",
                        _ => "The mail server broke off the connection.",
                    }
                );
        }
    }

    private MimeMessage Write(OutgoingMail mail)
    {
        var from = MailboxAddress.Parse(options.Mail.From);
        if (string.IsNullOrEmpty(from.Name))
        {
            from.Name = options.Site.Name;
        }
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = time.GetUtcNow(),
            // The same however often it is sent, by which a mailbox that gets it twice may know.
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{mail.Id}@{from.Domain}"),
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(name: null, mail.To));
        message.Body.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        // RFC 3834: nobody's absence is to be told to it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static SecureSocketOptions OptionsOf(MailSecurity security) =>
        security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
}
