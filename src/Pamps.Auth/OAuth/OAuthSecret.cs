using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// Codes, tokens and secrets of programs: at least 192 random bits, which nobody guesses, so that a plain hash keeps them (RFC 6749
/// section 10.10).
/// </summary>
internal static class OAuthSecret
{
    /// <summary>How long one is; a JWT is longer, and has dots.</summary>
    private const int Characters = 43;

    private const int Size = 32,
        RandomSize = 24;

    /// <summary>A code, or the secret of a program.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Size));

    /// <summary>
    /// A token. Its last 64 bits are made of the others under the server's key, so that what somebody made up is known without reading the
    /// database.
    /// </summary>
    public static string NewToken(PurposeKeys keys)
    {
        Span<byte> token = stackalloc byte[Size];
        RandomNumberGenerator.Fill(token[..RandomSize]);
        Sign(token[..RandomSize], keys, token[RandomSize..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whether it was made by <see cref="NewToken"/> under the same key. Whether it is good still, only the store knows.</summary>
    public static bool IsToken(string shown, PurposeKeys keys)
    {
        Span<byte> token = stackalloc byte[Size];
        Span<byte> signature = stackalloc byte[Size - RandomSize];
        if (
            Base64Url.DecodeFromChars(shown, token, out _, out var written) != OperationStatus.Done
            || written != Size
        )
        {
            return false;
        }
        Sign(token[..RandomSize], keys, signature);
        return CryptographicOperations.FixedTimeEquals(signature, token[RandomSize..]);
    }

    private static void Sign(ReadOnlySpan<byte> random, PurposeKeys keys, Span<byte> signature)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.Of("pamps tokens of programs"), random, whole);
        whole[..signature.Length].CopyTo(signature);
    }

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
