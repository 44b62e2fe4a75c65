using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth;

internal static class ThrottleKey
{
    // A digest: typed names may be megabytes long and may be e-mail addresses or passwords by mistake.
    public static string Of(string username) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(username.Trim().ToLowerInvariant())));

    // One IPv6 customer has a /64 at least, so an address within it costs nothing (RFC 6177).
    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        var prefix = address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : bytes.Length;
        return Convert.ToHexString(bytes, 0, prefix);
    }
}
