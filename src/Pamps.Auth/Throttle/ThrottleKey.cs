using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

/// <summary>
/// What failures are counted under: a keyed hash, since typed names may be megabytes long, and may be e-mail addresses,
/// or passwords by mistake. A plain hash of an address would be undone by trying them all.
/// </summary>
internal static class ThrottleKey
{
    public static string Of(string username, string secret) =>
        Hash("account", Encoding.UTF8.GetBytes(username.Trim().ToLowerInvariant()), secret);

    // One IPv6 customer has a /64 at least, so an address within it costs nothing (RFC 6177).
    public static string Of(IPAddress address, string secret)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        var prefix = address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : bytes.Length;
        return Hash("address", bytes.AsSpan(0, prefix), secret);
    }

    private static string Hash(string kind, ReadOnlySpan<byte> what, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"failed sign-in, {kind}\n"));
        hash.AppendData(what);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
