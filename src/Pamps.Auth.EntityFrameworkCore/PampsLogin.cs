namespace Pamps.Auth.EntityFrameworkCore;

/// <summary>A row of the table of logins. Its refresh token is good while all of it holds.</summary>
public sealed class PampsLogin
{
    /// <summary>
    /// 63 random bits. Not counted by the database: one that gives the number of a deleted row again
    /// would let old tokens into a new login.
    /// </summary>
    public long Id { get; init; }

    /// <summary>Whose login it is.</summary>
    public long AccountId { get; init; }

    /// <summary>The <see cref="Auth.PasswordStamp"/> of the hash that opened it.</summary>
    public string PasswordStamp { get; init; } = "";

    /// <summary>The <c>jti</c> of the one refresh token that is good.</summary>
    public string RefreshJti { get; init; } = "";

    /// <summary>The one that it took the place of, where that may be shown once more.</summary>
    public string? PreviousJti { get; init; }

    /// <summary>When it did, UTC; null when it is the first.</summary>
    public DateTime? ExchangedUtc { get; init; }

    /// <summary>When it ends by itself, UTC.</summary>
    public DateTime ExpiresUtc { get; init; }

    /// <summary>The program that opened it, in its own words; null when it said nothing.</summary>
    public string? Client { get; init; }
}
