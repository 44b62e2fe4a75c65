using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// What failures are counted under: a keyed hash, since typed names may be megabytes long, and may be e-mail addresses,
/// or passwords by mistake. A plain hash of an address would be undone by trying them all.
/// </summary>
internal sealed class ThrottleKey(byte[] key)
{
    public static ThrottleKey From(string secret) => new(PurposeKeys.Derive("pamps failed sign-ins", secret));

    /// <summary>As versions before had it, which used the key that signs tokens: for addresses they knew.</summary>
    public static ThrottleKey Earlier(string secret) => new(Encoding.UTF8.GetBytes(secret));

    /// <summary>The account, wherever it is tried from.</summary>
    public string OfAccount(PasswordTry attempt) => Hash("account", Account(attempt));

    /// <summary>The account, tried from there.</summary>
    public string OfPlace(PasswordTry attempt) =>
        Hash("account at", Account(attempt), Network(attempt.Address));

    /// <summary>The address, whatever account is tried from it.</summary>
    public string OfAddress(IPAddress address) => Hash("address", Network(address));

    /// <summary>The device that is signed in by a login.</summary>
    public string OfLogin(long loginId) => Hash("login", Text(loginId));

    private static byte[] Account(PasswordTry attempt) =>
        attempt.AccountId is { } id
            ? [0, .. Text(id)]
            : [1, .. Encoding.UTF8.GetBytes(attempt.Name.Trim().ToLowerInvariant())];

    private static byte[] Network(IPAddress? address) => address is null ? [] : RemoteNetwork.Of(address);

    private static byte[] Text(long id) => Encoding.UTF8.GetBytes(id.ToString(CultureInfo.InvariantCulture));

    private string Hash(string kind, params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"failed sign-in, {kind}\n"));
        foreach (var part in parts)
        {
            // With its length, so that no two lists of parts give the same bytes.
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
