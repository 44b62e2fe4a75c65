namespace Pamps.Core.Users;

/// <summary>What gives an account a new password, once: whoever has it needs no other proof.</summary>
/// <param name="Username">Whose account it is.</param>
/// <param name="Value">The token itself.</param>
/// <param name="ExpiresAt">Until when it is good, UTC.</param>
public sealed record ResetToken(string Username, string Value, DateTime ExpiresAt)
{
    /// <summary>The page where a new password is typed. The token is in the fragment, which browsers send nowhere.</summary>
    /// <param name="origin">The site's address, such as <c>https://example.org</c>.</param>
    public string LinkAt(string origin) => $"{origin}/reset-password#{Value}";

    /// <summary>Leaves the token out of logs and messages.</summary>
    public override string ToString() => $"{nameof(ResetToken)} {Username}";
}
