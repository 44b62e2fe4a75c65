using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// Codes for who has lost the app: each opens the account once, in place of the app's code. The host keeps their hashes, and takes
/// one away when it is used.
/// </summary>
public static class RecoveryCodes
{
    /// <summary>How many there are.</summary>
    public const int Count = 10;

    /// <summary>120 bits, with which a plain hash is enough: nobody tries so many.</summary>
    private const int Bytes = 15;
    private const int Letters = Bytes * 8 / 5;
    private const int Group = 6;

    /// <summary>New codes, to be shown once.</summary>
    /// <returns><see cref="Count"/> codes of four groups of six letters and digits.</returns>
    public static IReadOnlyList<string> New() => [.. Enumerable.Range(0, Count).Select(_ => One())];

    /// <summary>What is kept of a code.</summary>
    /// <param name="accountId">Whose it is: nobody can tell from the hashes that two have the same.</param>
    /// <param name="code">As it was typed; case, spaces and hyphens do not matter.</param>
    /// <returns>43 characters; null when no recovery code looks like it.</returns>
    public static string? HashOf(long accountId, string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var letters = string.Concat(code.Where(x => x is not (' ' or '-'))).ToUpperInvariant();
        if (
            letters.Length != Letters
            || letters.Any(x => !Base32.Letters.Contains(x, StringComparison.Ordinal))
        )
        {
            return null;
        }
        Span<byte> bytes = stackalloc byte[sizeof(long) + Letters];
        BinaryPrimitives.WriteInt64BigEndian(bytes, accountId);
        Encoding.ASCII.GetBytes(letters, bytes[sizeof(long)..]);
        return System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(bytes));
    }

    private static string One()
    {
        var letters = Base32.Encode(RandomNumberGenerator.GetBytes(Bytes)).ToLowerInvariant();
        return string.Join('-', letters.Chunk(Group).Select(x => new string(x)));
    }
}
