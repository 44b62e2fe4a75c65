using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Pamps.Core.Users;

/// <summary>
/// Makes the codes of invitations and knows them again. None is kept: a code is the invitation's id under a code made with a key
/// for this alone, so that who reads the database can invite nobody.
/// </summary>
internal sealed class InvitationCodes(IPurposeKeys keys)
{
    /// <summary>128 bits: nobody guesses one.</summary>
    private const int CodeSize = 16;
    private const int Size = sizeof(long) + CodeSize;

    /// <summary>How long a code is.</summary>
    private const int Characters = Size / 3 * 4;

    /// <summary>The code of an invitation.</summary>
    public string Of(long id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(id, bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The id of the invitation whose code this is; null when it is no invitation's, which takes as long.</summary>
    public long? IdOf(string? code)
    {
        Span<byte> given = stackalloc byte[Size];
        Span<byte> right = stackalloc byte[Size];
        var isRead =
            code is { Length: Characters }
            && Base64Url.TryDecodeFromChars(code, given, out var written)
            && written == Size;
        var id = BinaryPrimitives.ReadInt64BigEndian(given);
        Write(id, right);
        return CryptographicOperations.FixedTimeEquals(given, right) && isRead ? id : null;
    }

    private void Write(long id, Span<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id);
        HMACSHA256.HashData(keys.Of("pamps invitations"), bytes[..sizeof(long)], hash);
        hash[..CodeSize].CopyTo(bytes[sizeof(long)..]);
    }
}
