namespace Pamps.Core.Users;

/// <summary>An invitation, for who made it.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Code">What somebody registers with.</param>
/// <param name="Uses">How many may register with it.</param>
/// <param name="Used">How many have.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">When it ends by itself, UTC.</param>
/// <param name="By">The name of who made it; null for the operator.</param>
public sealed record InvitationView(
    long Id,
    string Code,
    int Uses,
    int Used,
    DateTime CreatedAt,
    DateTime ExpiresAt,
    string? By
)
{
    /// <summary>The page where somebody registers with it. The code is in the fragment, which browsers send nowhere.</summary>
    /// <param name="origin">The site's address, such as <c>https://example.org</c>.</param>
    public string LinkAt(string origin) => $"{origin}/sign-up#{Code}";

    /// <summary>Leaves the code out of logs and messages.</summary>
    public override string ToString() => $"{nameof(InvitationView)} {Id}";
}

/// <summary>An invitation that is good, for who has been given its code.</summary>
/// <param name="By">Who invites; null for who runs the site.</param>
/// <param name="ExpiresAt">When it ends by itself, UTC.</param>
public sealed record GivenInvitationView(UserView? By, DateTime ExpiresAt);
