using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Core.Users;

/// <summary>
/// Makes the tokens of links for a new password, and knows them again. None is kept anywhere: a token names the account and when
/// it ends, under a code made with a key for this alone. The code is also made of the password's hash and the e-mail address, so
/// that a token is good for as long as both stay, which is once.
/// </summary>
internal sealed class ResetTokens(IPurposeKeys keys, TimeProvider time)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int ClaimSize = 2 * sizeof(long);
    private const int Size = ClaimSize + HMACSHA256.HashSizeInBytes;
    private const int Characters = Size / 3 * 4;

    /// <summary>A token that is good from now on.</summary>
    public ResetToken Make(long userId, string username, string passwordHash, string emailKey)
    {
        var expiresAt = time.Now() + Lifetime;
        Span<byte> token = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(token, userId);
        BinaryPrimitives.WriteInt64BigEndian(
            token[sizeof(long)..],
            new DateTimeOffset(expiresAt).ToUnixTimeMilliseconds()
        );
        Sign(token[..ClaimSize], passwordHash, emailKey, token[ClaimSize..]);
        return new ResetToken(username, Base64Url.EncodeToString(token), expiresAt);
    }

    /// <summary>The id of the account that it names, which may be anybody's as long as it is not known to be good.</summary>
    public static long? UserOf(string? token)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return TryRead(token, bytes) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : null;
    }

    /// <summary>Whether it is good for the account that it names.</summary>
    /// <param name="token">The token.</param>
    /// <param name="passwordHash">The account's; null when there is no such account, which takes as long.</param>
    /// <param name="emailKey">Its e-mail address, as it is compared.</param>
    public bool IsGood(string? token, string? passwordHash, string emailKey)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isRead = TryRead(token, bytes);
        Sign(bytes[..ClaimSize], passwordHash ?? "", emailKey, code);
        var isSigned = CryptographicOperations.FixedTimeEquals(code, bytes[ClaimSize..]);
        var expiresAt = BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]);
        return isRead
            && isSigned
            && passwordHash is not null
            && expiresAt > new DateTimeOffset(time.Now()).ToUnixTimeMilliseconds();
    }

    private static bool TryRead(string? token, Span<byte> bytes) =>
        token is { Length: Characters }
        && Base64Url.TryDecodeFromChars(token, bytes, out var written)
        && written == Size;

    private void Sign(ReadOnlySpan<byte> claim, string passwordHash, string emailKey, Span<byte> code)
    {
        using var hash = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256,
            keys.Of("pamps password resets")
        );
        // The claim's size is always the same, and no hash has a line's end in it, so that no two give the same bytes.
        hash.AppendData(claim);
        hash.AppendData(Encoding.UTF8.GetBytes($"{passwordHash}\n{emailKey}"));
        hash.GetHashAndReset(code);
    }
}
