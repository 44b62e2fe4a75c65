using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Pamps.Auth;

/// <summary>
/// Keys for what else than tokens needs one, each derived from <see cref="PampsAuthOptions.SecretKey"/> by HKDF (RFC 5869)
/// with SHA-256 and kept: what is made under one says nothing of the others, nor of the key that signs.
/// </summary>
/// <param name="options">The key that all are derived from.</param>
public sealed class PurposeKeys(IOptions<PampsAuthOptions> options)
{
    /// <summary>How many bytes a key has.</summary>
    public const int Size = 32;

    private readonly ConcurrentDictionary<string, byte[]> keys = new(StringComparer.Ordinal);

    /// <summary>The key for a purpose: the same in every process with the same secret.</summary>
    /// <param name="purpose">What it is for, in words that stand in the program: each purpose is remembered.</param>
    /// <returns>A key of <see cref="Size"/> bytes.</returns>
    public ReadOnlySpan<byte> Of(string purpose) => keys.GetOrAdd(purpose, Derive, options.Value.SecretKey);

    internal static byte[] Derive(string purpose, string secret) =>
        // RFC 5869 section 3.2: what tells the uses apart is the info; a secret that is random needs no salt.
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(secret),
            Size,
            info: Encoding.UTF8.GetBytes(purpose)
        );
}
