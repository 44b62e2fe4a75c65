using Pamps.Core.Mail;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>Asks who registers for the confirmation of their address; see <see cref="ConfirmedEmail"/>.</summary>
internal sealed class NeededEmail(MailQueue mail, EmailTokens tokens, ConfirmedEmail confirmed)
{
    /// <inheritdoc cref="ConfirmedEmail.IsAsked"/>
    public bool IsAsked => confirmed.IsAsked;

    /// <summary>Leaves the link to be sent with the commit, where it is asked for.</summary>
    public void Ask(Write write, long userId, string email, string passwordHash, string? language)
    {
        if (IsAsked)
        {
            var standing = new EmailStanding(Names.Key(email), passwordHash, ConfirmedAt: null);
            mail.Leave(
                write,
                MailSubject.EmailAsked,
                userId,
                language,
                email,
                tokens.MarkOf(userId, standing)
            );
        }
    }
}
