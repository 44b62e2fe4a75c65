namespace Pamps.Mail;

/// <summary>How a connection to the mail server is kept from others.</summary>
public enum MailSecurity
{
    /// <summary>It begins in the clear, and nothing but the wish for TLS is said so (RFC 3207).</summary>
    StartTls,

    /// <summary>It is TLS from the beginning (RFC 8314).</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}

/// <summary>The mail server.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is kept from others.</param>
/// <param name="User">Who signs in there; null where nobody does.</param>
/// <param name="Password">Their password.</param>
public sealed record MailServer(string Host, int Port, MailSecurity Security, string? User, string? Password)
{
    /// <summary>Leaves the password out of logs and messages.</summary>
    /// <returns>Host and port.</returns>
    public override string ToString() => $"{Host}:{Port}";
}
