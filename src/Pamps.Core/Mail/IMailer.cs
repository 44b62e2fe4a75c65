namespace Pamps.Core.Mail;

/// <summary>Hands mail over to a mail server. The host gives the implementation.</summary>
public interface IMailer
{
    /// <summary>Returns when the mail server has taken it, which may be more than once for the same mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MailFailedException">It has not.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
