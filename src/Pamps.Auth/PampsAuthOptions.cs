namespace Pamps.Auth;

/// <summary>
/// The settings of sign-in. They are checked when the host starts; each that is wrong stops the start
/// with one sentence that names it. The host binds them to its own configuration.
/// </summary>
public sealed class PampsAuthOptions
{
    /// <summary>
    /// The key that signs every token, taken as UTF-8. As RFC 7518 section 3.2 asks, it is no shorter
    /// than the hash: 32 bytes for HS256, 48 for HS384, 64 for HS512. It has no default.
    /// </summary>
    public string SecretKey { get; set; } = "";

    /// <summary>HS256 (the default), HS384 or HS512. A token signed with any other is refused.</summary>
    public string Algorithm { get; set; } = "HS256";

    /// <summary>
    /// <c>iss</c> (RFC 7519 section 4.1.1): who issues the tokens, at most 255 characters. A token that
    /// names another issuer is refused; one that names none, as from before this was set, is not. Empty, the default: none is
    /// written, and none asked for.
    /// </summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// <c>aud</c> (RFC 7519 section 4.1.3): whom the tokens are for, at most 255 characters. A token for others alone is refused; one that says
    /// nothing, as from before this was set, is not. Empty, the default: none is written, and a token with any is refused, as that
    /// section has it: set it on all instances of a host at once. Other programs that verify these tokens must then name it too, which most libraries ask for.
    /// </summary>
    public string Audience { get; set; } = "";

    /// <summary>How long an access token is good: 1 second to 3,650 days, 30 minutes by default.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long a refresh token is good: 1 second to 3,650 days, 600 minutes by default, and never longer than its
    /// login. A login, and with it its access tokens, ends when its newest refresh token runs out.
    /// </summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromMinutes(600);

    /// <summary>
    /// The same for the refresh token in a browser's cookie: 1 second to 3,650 days, 90 days by default. A person is asked for the
    /// password again when they have not come for so long.
    /// </summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long a login lasts, however often its tokens are refreshed: 1 second to 3,650 days, 90 days by default. Then
    /// the password is asked for again.
    /// </summary>
    public TimeSpan LoginLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long a token is good that a program gets by a code: 1 second to 3,650 days, or null, the default, for until it is ended.
    /// The apps of the Mastodon world keep theirs for years, and cannot ask for another without the person.
    /// </summary>
    public TimeSpan? OAuthTokenLifetime { get; set; }

    /// <summary>
    /// Where people make and use passkeys: the address of the site as browsers write its origin, such as <c>https://example.org</c>. A passkey
    /// is good there alone, whatever host a request names. https, or http at localhost; empty, the default: there are no passkeys.
    /// </summary>
    public string PasskeyOrigin { get; set; } = "";

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512 for a new password hash; at least 1, 210,000 by default. Hashes
    /// made with fewer are replaced when their owner next signs in.
    /// </summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>How many passwords are hashed at once; at least 1, by default half the processors.</summary>
    public int ParallelHashes { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// How many passwords may wait for their turn to be hashed; 0 or more, 200 by default. One more is
    /// turned away with <see cref="TooManySignInsException"/>.
    /// </summary>
    public int WaitingHashes { get; set; } = 200;

    /// <summary>
    /// Failed sign-ins that one account has from one remote address (of IPv6, one /64 network), or from one of its logins,
    /// within <see cref="SignInFailureWindow"/>; at least 1, 10 by default.
    /// </summary>
    public int SignInFailuresPerAccount { get; set; } = 10;

    /// <summary>
    /// Failed sign-ins that one account has from all addresses within <see cref="SignInFailureWindow"/>, before those that it
    /// has never been signed in to from may try once a minute only; at least 1, 30 by default.
    /// </summary>
    public int SignInFailuresFromEverywhere { get; set; } = 30;

    /// <summary>
    /// Failed sign-ins that one remote address (of IPv6, one /64 network) has within
    /// <see cref="SignInFailureWindow"/>, before it may only sign in to accounts that it did before; at least 1, 50 by default.
    /// </summary>
    public int SignInFailuresPerAddress { get; set; } = 50;

    /// <summary>How long a failure counts: 1 second to 1 day, 15 minutes by default.</summary>
    public TimeSpan SignInFailureWindow { get; set; } = TimeSpan.FromMinutes(15);
}
