using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pamps.Core.Users;

/// <summary>
/// Seals the secrets of authenticator apps, by AES-256-GCM with a key for this alone: who reads the database makes no codes, and who
/// writes to it gives nobody another's secret.
/// </summary>
internal sealed class SecondFactorSecrets(IPurposeKeys keys)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Seals a secret for an account.</summary>
    public string Seal(long userId, ReadOnlySpan<byte> secret)
    {
        var all = new byte[NonceSize + TagSize + secret.Length];
        var parts = all.AsSpan();
        // Random: a key takes 2^32 of them, which is one each for as many set-ups.
        RandomNumberGenerator.Fill(parts[..NonceSize]);
        using var aes = Aes();
        aes.Encrypt(
            parts[..NonceSize],
            secret,
            parts[(NonceSize + TagSize)..],
            parts.Slice(NonceSize, TagSize),
            Of(userId)
        );
        return Base64Url.EncodeToString(all);
    }

    /// <summary>Opens it again; null when it was sealed with another key, as before the server's secret was changed, or for another account.</summary>
    public byte[]? Open(long userId, string text)
    {
        var all = Base64Url.DecodeFromChars(text).AsSpan();
        var secret = new byte[all.Length - NonceSize - TagSize];
        using var aes = Aes();
        try
        {
            aes.Decrypt(
                all[..NonceSize],
                all[(NonceSize + TagSize)..],
                all.Slice(NonceSize, TagSize),
                secret,
                Of(userId)
            );
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private AesGcm Aes() => new(keys.Of("pamps second factors"), TagSize);

    private static byte[] Of(long userId)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, userId);
        return bytes;
    }
}
