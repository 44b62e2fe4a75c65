namespace Pamps.Core.Applications;

/// <summary>A program that may ask people to let it in. What its fields may be is Pamps.Auth's rule.</summary>
/// <param name="Id">Its id; 0 until it is registered.</param>
/// <param name="Name">What it calls itself, at most 100 characters.</param>
/// <param name="Website">Where people read of it, at most 2,000 characters; or null.</param>
/// <param name="RedirectUris">Where it may be led back to: without blanks in them.</param>
/// <param name="Scopes">The most that it may ask for.</param>
/// <param name="SecretHash">The hash of its secret; null for one that keeps none.</param>
public sealed record ApplicationView(
    long Id,
    string Name,
    string? Website,
    IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string> Scopes,
    string? SecretHash
)
{
    /// <summary>Leaves the hash out of logs and messages.</summary>
    public override string ToString() => $"{Name} ({Id})";
}

/// <summary>What somebody has allowed a program, for it to come and take within a time.</summary>
/// <param name="ApplicationId">The program.</param>
/// <param name="CodeHash">The hash of the code that it is to show.</param>
/// <param name="RedirectUri">Where the code was sent.</param>
/// <param name="Scopes">What it may.</param>
/// <param name="Challenge">What else it is to show (RFC 7636); null when nothing.</param>
/// <param name="ExpiresAt">Until when, UTC.</param>
public sealed record AllowedCode(
    long ApplicationId,
    string CodeHash,
    string RedirectUri,
    IReadOnlyList<string> Scopes,
    string? Challenge,
    DateTime ExpiresAt
);
