using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// Codes, tokens and secrets of programs: 256 random bits, which nobody guesses, so that a plain hash keeps them (RFC 6749 section
/// 10.10).
/// </summary>
internal static class OAuthSecret
{
    /// <summary>How long one is; a JWT is longer, and has dots.</summary>
    private const int Characters = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool MayBe(string token) => token.Length == Characters && !token.Contains('.');

    /// <summary>Whether a hash is that of what somebody shows, in a time that does not depend on where they differ.</summary>
    public static bool Matches(string hash, string shown) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash),
            Encoding.ASCII.GetBytes(Hash(shown))
        );
}
