using Pamps.Core.Mail;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Who registers at a site that sends mail confirms their address before they post: <c>account.email_needed</c> says of whom that is
/// asked, which is nobody from before.
/// </summary>
internal sealed class NeededEmail(MailQueue mail, EmailTokens tokens, PampsOptions options)
{
    /// <summary>The condition that the <c>viewer</c> is yet to confirm theirs.</summary>
    public const string IsMissing =
        "EXISTS (SELECT 1 FROM account e WHERE e.user_id = @viewer AND e.email_needed AND e.email_confirmed_at IS NULL)";

    public static readonly Error NotConfirmed = new(
        ErrorKind.Forbidden,
        "email_not_confirmed",
        "Confirm your e-mail address before you post: open the link that was sent to it, or ask for another"
    );

    /// <summary>Whether it is asked of anybody: not where there is no mail to open.</summary>
    public bool IsAsked => options.Site.ConfirmEmail && mail.IsOpen;

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
