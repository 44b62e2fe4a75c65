using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace Pamps.Core;

/// <summary>How mail is sent.</summary>
public sealed class MailOptions
{
    /// <summary>The server that takes mail; empty where none is sent.</summary>
    [
        ConfigurationKeyName("URI"),
        Description(
            "Mail server, as `smtp://user:password@host:587` (with STARTTLS) or `smtps://user:password@host` (with TLS from the beginning); one on this machine also as `smtp://localhost:25?tls=none`. Empty: no mail is sent. Needs `PAMPS_MAIL__FROM` and `PAMPS_SITE__ADDRESS`."
        )
    ]
    public string Uri { get; set; } = "";

    /// <summary>Whom mail comes from.</summary>
    [
        ConfigurationKeyName("FROM"),
        Description(
            "Whom mail comes from, as `pamps@example.org` or `Our town <pamps@example.org>`; without a name it is the site's."
        )
    ]
    public string From { get; set; } = "";

    /// <summary>Whether mail is sent.</summary>
    public bool IsSet => Uri.Length > 0;
}
