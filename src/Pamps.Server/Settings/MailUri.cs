using System.Net.Mail;
using Pamps.Core;
using Pamps.Mail;

namespace Pamps.Server.Settings;

/// <summary>Reads where mail is handed over, and checks whom it is to come from.</summary>
internal static class MailUri
{
    private const string Name = "PAMPS_MAIL__URI";
    private const string Shapes =
        "It looks like smtp://user:password@host:587 or smtps://user:password@host.";
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    /// <summary>The mail server that is set; null where none is.</summary>
    /// <exception cref="UserErrorException">Something is wrong with it, or what it needs is not set.</exception>
    public static MailServer? Read(PampsOptions options)
    {
        if (!options.Mail.IsSet)
        {
            return null;
        }
        var server = Parse(options.Mail.Uri);
        // Neither line repeats what was set, of which a part may be in the wrong place.
        if (options.Mail.From.Length == 0)
        {
            throw new UserErrorException($"{Name} needs PAMPS_MAIL__FROM, whom mail comes from.");
        }
        if (
            !MailAddress.TryCreate(options.Mail.From, out var from)
            || (!from.Host.Contains('.', StringComparison.Ordinal) && from.Host != "localhost")
        )
        {
            throw new UserErrorException(
                "PAMPS_MAIL__FROM is wrong: it must be like pamps@example.org or Our town <pamps@example.org>."
            );
        }
        if (options.Site.Address.Length == 0)
        {
            throw new UserErrorException(
                $"{Name} needs PAMPS_SITE__ADDRESS, with which links in mails begin."
            );
        }
        return server;
    }

    /// <summary>Reads the URI. Nothing of it is part of an error.</summary>
    /// <exception cref="UserErrorException">It has none of the known shapes.</exception>
    public static MailServer Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps"))
        {
            throw new UserErrorException(
                $"{Name} cannot be read; special characters in a password are percent-encoded (@ is %40). {Shapes}"
            );
        }
        var user = uri.UserInfo.Split(':', 2);
        var isSignedIn = uri.UserInfo.Length > 0;
        if (
            uri.Host.Length == 0
            || uri.AbsolutePath is not ("/" or "")
            || uri.Fragment.Length > 0
            || (isSignedIn && (user.Length == 1 || user[0].Length == 0 || user[1].Length == 0))
        )
        {
            throw new UserErrorException(
                $"{Name} names no host, a user without a password, or more than that; special characters in a password are percent-encoded (/ is %2F). {Shapes}"
            );
        }
        return new MailServer(
            uri.Host.Trim('[', ']'),
            !uri.IsDefaultPort && uri.Port > 0 ? uri.Port
                : uri.Scheme == "smtps" ? TlsPort
                : SubmissionPort,
            SecurityOf(uri),
            isSignedIn ? Uri.UnescapeDataString(user[0]) : null,
            isSignedIn ? Uri.UnescapeDataString(user[1]) : null
        );
    }

    private static MailSecurity SecurityOf(Uri uri) =>
        (uri.Scheme, uri.Query) switch
        {
            ("smtp", "") => MailSecurity.StartTls,
            ("smtps", "") => MailSecurity.Tls,
            ("smtp", "?tls=none") when uri.IsLoopback => MailSecurity.None,
            ("smtp", "?tls=none") => throw new UserErrorException(
                $"{Name} has tls=none, which is for a mail server on this machine alone: localhost, 127.0.0.1 or [::1]."
            ),
            _ => throw new UserErrorException(
                $"{Name} has an option that is not known; there is tls=none. {Shapes}"
            ),
        };
}
