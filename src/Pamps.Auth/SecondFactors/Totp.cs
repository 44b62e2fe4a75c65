using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// Codes of an authenticator app: TOTP of RFC 6238 with what every such app takes, which is HMAC-SHA-1, six digits and steps of
/// 30 seconds. The host keeps the secret sealed, and the last step whose code it took.
/// </summary>
public static class Totp
{
    /// <summary>How many digits a code has.</summary>
    public const int Digits = 6;

    /// <summary>How long a code is shown.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>As long as the hash, as RFC 4226 section 4 recommends.</summary>
    private const int SecretSize = 20;

    private const int CodesOfAllDigits = 1_000_000;

    /// <summary>A new secret for an account and its app.</summary>
    /// <returns>20 random bytes.</returns>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretSize);

    /// <summary>The secret as people type it into their app.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>Base32 of RFC 4648 section 6, without padding.</returns>
    public static string Show(ReadOnlySpan<byte> secret) => Base32.Encode(secret);

    /// <summary>What a QR code holds for an app to read: the address that the apps have agreed on.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="issuer">What the site is called, without a colon.</param>
    /// <param name="account">Whose account it is there.</param>
    /// <returns>An address of the scheme <c>otpauth</c>.</returns>
    public static string UriOf(ReadOnlySpan<byte> secret, string issuer, string account)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(account);
        // A colon stands between the two, and apps read an escaped one as that as well.
        var site = Uri.EscapeDataString(issuer.Replace(":", "", StringComparison.Ordinal));
        return $"otpauth://totp/{site}:{Uri.EscapeDataString(account)}?secret={Show(secret)}&issuer={site}";
    }

    /// <summary>Finds out which step a code is of: the present one, or, as clocks differ, the one before or after.</summary>
    /// <param name="secret">The account's secret.</param>
    /// <param name="code">As it was typed; spaces do not matter.</param>
    /// <param name="now">The time.</param>
    /// <returns>
    /// The step; null when the code is wrong. RFC 6238 section 5.2: the host takes it only when it has taken none of this step or
    /// a later one, and decides so where it keeps the step.
    /// </returns>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(code);
        var given = Encoding.UTF8.GetBytes(code.Replace(" ", "", StringComparison.Ordinal));
        var present = StepAt(now);
        long? found = null;
        // All three are looked at whichever it is, so that time tells nothing.
        foreach (var step in (ReadOnlySpan<long>)[present, present + 1, present - 1])
        {
            var right = Encoding.UTF8.GetBytes(CodeOf(secret, step));
            if (CryptographicOperations.FixedTimeEquals(right, given))
            {
                found ??= step;
            }
        }
        return found;
    }

    /// <summary>The step of a time.</summary>
    /// <param name="time">The time.</param>
    /// <returns>How many steps have passed since 1970.</returns>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>What an app shows.</summary>
    /// <param name="secret">The secret, of any length.</param>
    /// <param name="step">The step, from <see cref="StepAt"/>.</param>
    /// <returns>Six digits: the HOTP value of RFC 4226 section 5.3.</returns>
    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 has SHA-1, and most apps know no other; as HMAC it is not broken.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fff_ffff;
        return (number % CodesOfAllDigits).ToString("D6", CultureInfo.InvariantCulture);
    }
}
