namespace Pamps.Core.Users;

/// <summary>
/// A row of the table <c>login</c>: one sign-in with a password, and every token that descends from it.
/// When the row goes, those tokens open nothing any more.
/// </summary>
internal sealed class Login
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>The <c>jti</c> of the one refresh token that has not been used yet.</summary>
    public required string RefreshJti { get; set; }

    /// <summary>
    /// The <c>jti</c> that a browser's refresh replaced, at <see cref="LastUsedAt"/>: a second tab may show it a
    /// moment later. Null after a refresh that allows no such thing.
    /// </summary>
    public string? PreviousJti { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime ExpiresAt { get; set; }

    /// <summary>When its refresh token was last used; null until then.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>The program that signed in, in its own words (the User-Agent header), for its owner to know it by.</summary>
    public string? Client { get; set; }
}
