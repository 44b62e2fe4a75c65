using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Core.Users;

/// <summary>
/// Makes the tokens of links that show whose an e-mail address is, and knows them again. None is kept anywhere: a token names the
/// account, the address and when it ends, under a code made with a key for this alone. The code is also made of how the account
/// stands, so that a token is good for as long as address and password stay as they are, which is once.
/// </summary>
internal sealed class EmailTokens(IPurposeKeys keys, TimeProvider time)
{
    /// <summary>How long a link is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private const int ClaimSize = 2 * sizeof(long);
    private const int HeadSize = ClaimSize + HMACSHA256.HashSizeInBytes;

    /// <summary>Four bytes a character, written with three for each four.</summary>
    private const int MostCharacters = (HeadSize + (4 * Names.MaxEmailLength) + 2) / 3 * 4;

    /// <summary>The page to open with a token that is good from now on. The token is in the fragment, which browsers send nowhere.</summary>
    public string LinkAt(string origin, long userId, string email, EmailStanding standing)
    {
        var address = Encoding.UTF8.GetBytes(email);
        var token = new byte[HeadSize + address.Length];
        BinaryPrimitives.WriteInt64BigEndian(token, userId);
        BinaryPrimitives.WriteInt64BigEndian(
            token.AsSpan(sizeof(long)),
            new DateTimeOffset(time.Now() + Lifetime).ToUnixTimeMilliseconds()
        );
        address.CopyTo(token, HeadSize);
        Sign(token, standing, token.AsSpan(ClaimSize, HMACSHA256.HashSizeInBytes));
        return $"{origin}/confirm-email#{Base64Url.EncodeToString(token)}";
    }

    /// <summary>How an account stands, in a form that tells nothing of it.</summary>
    public string MarkOf(long userId, EmailStanding standing)
    {
        // No link has no address and never ends.
        Span<byte> token = stackalloc byte[HeadSize];
        token.Clear();
        BinaryPrimitives.WriteInt64BigEndian(token, userId);
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(token, standing, code);
        return Base64Url.EncodeToString(code);
    }

    /// <summary>Reads a token, which may be anybody's as long as it is not known to be good.</summary>
    public static EmailToken? Read(string? text) =>
        text is { Length: > 0 and <= MostCharacters }
        && Base64Url.IsValid(text, out var size)
        && size > HeadSize
            ? new EmailToken(Base64Url.DecodeFromChars(text))
            : null;

    /// <summary>Whether it is good for the account that it names, as that stands.</summary>
    public bool IsGood(EmailToken token, EmailStanding standing)
    {
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(token.Bytes, standing, code);
        return CryptographicOperations.FixedTimeEquals(
                code,
                token.Bytes.AsSpan(ClaimSize, HMACSHA256.HashSizeInBytes)
            )
            && BinaryPrimitives.ReadInt64BigEndian(token.Bytes.AsSpan(sizeof(long)))
                > new DateTimeOffset(time.Now()).ToUnixTimeMilliseconds();
    }

    private void Sign(ReadOnlySpan<byte> token, EmailStanding standing, Span<byte> code)
    {
        using var hash = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256,
            keys.Of("pamps email addresses")
        );
        hash.AppendData(token[..ClaimSize]);
        // Neither an address nor a hash has a line's end in it, so that no two give the same bytes.
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Encoding.UTF8.GetString(token[HeadSize..])}\n{standing.EmailKey}\n{standing.PasswordHash}\n{standing.ConfirmedAt?.Ticks}"
                )
            )
        );
        hash.GetHashAndReset(code);
    }

    /// <summary>A token that was read.</summary>
    internal sealed class EmailToken(byte[] bytes)
    {
        public byte[] Bytes => bytes;

        public long UserId => BinaryPrimitives.ReadInt64BigEndian(bytes);

        public string Email => Encoding.UTF8.GetString(bytes.AsSpan(HeadSize));
    }
}

/// <summary>What a link about an address depends on: when any of it changes, it is good no more.</summary>
internal sealed record EmailStanding(string EmailKey, string PasswordHash, DateTime? ConfirmedAt)
{
    /// <summary>The columns of <c>a</c> that it is read from, in this order.</summary>
    public const string Columns = "a.email_key, a.password, a.email_confirmed_at";

    public static EmailStanding Read(System.Data.Common.DbDataReader row, int first) =>
        new(
            row.GetString(first),
            row.GetString(first + 1),
            Databases.DbDataReaderExtensions.GetUtcOrNull(row, first + 2)
        );

    /// <summary>Leaves the hash out of logs and messages.</summary>
    public override string ToString() => nameof(EmailStanding);
}
