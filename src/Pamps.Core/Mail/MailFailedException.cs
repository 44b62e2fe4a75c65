namespace Pamps.Core.Mail;

/// <summary>A mail could not be handed over.</summary>
/// <param name="message">Why, without an address, a password or anything of the mail: it is logged and kept.</param>
public sealed class MailFailedException(string message) : Exception(message)
{
    /// <summary>Whether there is no such mailbox: to try again is of no use then.</summary>
    public bool IsForGood { get; init; }

    /// <summary>What the mail server said, which may name addresses: for who asked to see it; or null.</summary>
    public string? Answer { get; init; }
}
