namespace Pamps.Auth;

/// <summary>Proof Key for Code Exchange (RFC 7636), by <c>S256</c> alone: <c>plain</c> proves nothing to who has read the request.</summary>
internal static class Pkce
{
    public const string Method = "S256";

    /// <summary>Section 4.2: what SHA-256 makes is 43 characters of base64url.</summary>
    public static bool IsChallenge(string challenge) =>
        challenge.Length == 43 && challenge.All(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_');

    /// <summary>Section 4.6; and RFC 9700 section 2.1.1: a verifier for a code that has no challenge is refused too.</summary>
    public static bool IsRight(string? challenge, string? verifier) =>
        (challenge, verifier) switch
        {
            (null, null) => true,
            // Section 4.1 says how long a verifier is; fewer characters could be guessed.
            ({ } wanted, { Length: >= 43 and <= 128 } shown) => OAuthSecret.Matches(wanted, shown),
            _ => false,
        };
}
