using Pamps.Core.Users;

namespace Pamps.Api.Users;

/// <param name="Email">The address to have; left out for the one that one has, to be confirmed.</param>
/// <param name="Password">The caller's password; needed where the address is to change.</param>
internal sealed record EmailRequest(string? Email = null, string? Password = null)
{
    /// <summary>Leaves both out of logs and messages.</summary>
    public override string ToString() => nameof(EmailRequest);
}

internal sealed record EmailConfirmation(string? Token)
{
    /// <summary>Leaves it out of logs and messages.</summary>
    public override string ToString() => nameof(EmailConfirmation);
}

/// <param name="Email">The address.</param>
/// <param name="ConfirmedAt">When its owner showed that it is theirs.</param>
internal sealed record EmailResponse(string Email, DateTime? ConfirmedAt)
{
    public static EmailResponse From(EmailView x) => new(x.Email, x.ConfirmedAt);

    /// <summary>Leaves it out of logs and messages.</summary>
    public override string ToString() => nameof(EmailResponse);
}
