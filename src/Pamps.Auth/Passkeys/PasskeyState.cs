using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// A challenge on its way to a browser and back, authenticated by HMAC with a key for that alone: any process with the same secret
/// knows it again, and none keeps it. What it is for is part of what is authenticated.
/// </summary>
internal sealed class PasskeyState(PurposeKeys keys, TimeProvider time)
{
    /// <summary>Longer than people look for their key, and what is offered to the browser as its time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MacSize = HMACSHA256.HashSizeInBytes;
    private const int HeadSize = MacSize + sizeof(long);

    /// <summary>Far more than a challenge with a name and a display name takes.</summary>
    private const int MostCharacters = 4_000;

    /// <summary>A challenge that has come back.</summary>
    /// <param name="Content">What was sealed.</param>
    /// <param name="Id">Names this one, in 43 characters.</param>
    /// <param name="EndsUtc">When it is good no more.</param>
    public sealed record Opened(string Content, string Id, DateTime EndsUtc);

    /// <summary>Seals a challenge.</summary>
    public string Seal(string purpose, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var all = new byte[HeadSize + bytes.Length];
        BinaryPrimitives.WriteInt64BigEndian(
            all.AsSpan(MacSize),
            (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()
        );
        bytes.CopyTo(all, HeadSize);
        Mac(purpose, all.AsSpan(MacSize)).CopyTo(all, 0);
        return Base64Url.EncodeToString(all);
    }

    /// <summary>Opens it again; null when it was not sealed here, or for something else, or too long ago.</summary>
    public Opened? Open(string purpose, string? text)
    {
        if (text is not { Length: > 0 and <= MostCharacters } || !Base64Url.IsValid(text))
        {
            return null;
        }
        var all = Base64Url.DecodeFromChars(text);
        if (
            all.Length < HeadSize
            || !CryptographicOperations.FixedTimeEquals(
                Mac(purpose, all.AsSpan(MacSize)),
                all.AsSpan(0, MacSize)
            )
        )
        {
            return null;
        }
        var ends = DateTimeOffset.FromUnixTimeMilliseconds(
            BinaryPrimitives.ReadInt64BigEndian(all.AsSpan(MacSize))
        );
        return ends <= time.GetUtcNow()
            ? null
            : new Opened(
                Encoding.UTF8.GetString(all, HeadSize, all.Length - HeadSize),
                Base64Url.EncodeToString(all.AsSpan(0, MacSize)),
                ends.UtcDateTime
            );
    }

    private byte[] Mac(string purpose, ReadOnlySpan<byte> rest)
    {
        var name = Encoding.UTF8.GetBytes(purpose);
        // With the name's length, so that no two pairs give the same bytes.
        return HMACSHA256.HashData(
            keys.Of("pamps passkey challenges"),
            [.. BitConverter.GetBytes(name.Length), .. name, .. rest]
        );
    }
}
