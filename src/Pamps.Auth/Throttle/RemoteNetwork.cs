using System.Net;

namespace Pamps.Auth;

/// <summary>
/// What of a remote address is one customer's: who is counted by the whole of an IPv6 address is counted by nothing, since one customer
/// has a /64 of them at least (RFC 6177).
/// </summary>
public static class RemoteNetwork
{
    /// <summary>The part of an address by which its owner is told from others.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The 4 bytes of an IPv4 address, also of one that is written as IPv6; else the first 8 bytes.</returns>
    public static byte[] Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return bytes.Length == 4 ? bytes : bytes[..8];
    }
}
