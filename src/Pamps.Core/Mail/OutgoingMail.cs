namespace Pamps.Core.Mail;

/// <summary>A mail to one person.</summary>
/// <param name="Id">What tells it from every other: sent again it is the same mail.</param>
/// <param name="To">The address.</param>
/// <param name="Language">The language of its words, such as <c>pt-BR</c>.</param>
/// <param name="Subject">A line.</param>
/// <param name="Text">Its words as plain text.</param>
/// <param name="Html">The same as a page.</param>
public sealed record OutgoingMail(
    long Id,
    string To,
    string Language,
    string Subject,
    string Text,
    string Html
)
{
    /// <summary>Leaves address and words, of which some are secret, out of logs and messages.</summary>
    public override string ToString() => $"{nameof(OutgoingMail)} {Id}";
}
