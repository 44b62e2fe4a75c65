using Pamps.Core.Results;

namespace Pamps.Core.Mail;

/// <summary>
/// Who registers at a site that sends mail confirms their address before they post, or have the machine encode for them:
/// <c>account.email_needed</c> says of whom that is asked, which is nobody from before.
/// </summary>
internal sealed class ConfirmedEmail(PampsOptions options)
{
    /// <summary>The condition that the <c>viewer</c> is yet to confirm theirs.</summary>
    public const string IsMissing =
        "EXISTS (SELECT 1 FROM account e WHERE e.user_id = @viewer AND e.email_needed AND e.email_confirmed_at IS NULL)";

    public static readonly Error NotConfirmed = new(
        ErrorKind.Forbidden,
        "email_not_confirmed",
        "Confirm your e-mail address before you post: open the link that was sent to it, or ask for another"
    );

    /// <inheritdoc cref="PampsOptions.ConfirmsEmail"/>
    public bool IsAsked => options.ConfirmsEmail;

    /// <summary>The same condition, which is false where nobody is asked: a column for a look that is made anyway.</summary>
    public string IsInTheWay => IsAsked ? IsMissing : "false";
}
