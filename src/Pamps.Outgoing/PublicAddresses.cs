using System.Net;
using System.Net.Sockets;

namespace Pamps.Outgoing;

/// <summary>
/// Which addresses are of the public internet. Whoever gives a server an address to ask must not reach by it what only the server
/// reaches: itself, its network, its provider's services.
/// </summary>
/// <remarks>
/// Of IPv4 all but IANA's IPv4 Special-Purpose Address Registry, multicast and what is reserved; of IPv6 only global unicast
/// (2000::/3), less what that registry's sister says of it. So IPv4 in IPv6's clothes is none, whichever: mapped, compatible,
/// translated (NAT64), 6to4 and Teredo.
/// </remarks>
internal static class PublicAddresses
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared: carriers' NAT, and services of some providers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, where providers tell machines their secrets
            "172.16.0.0/12", // private
            "192.0.0.0/24", // IETF protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarking
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // IETF protocol assignments, Teredo and benchmarking among them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "2620:4f:8000::/48", // AS112
            "3fff::/20", // documentation
        }.Select(x => IPNetwork.Parse(x)),
    ];

    /// <summary>Whether it is one of them.</summary>
    public static bool Has(IPAddress address) =>
        // A network of .NET's takes IPv4 in IPv6's clothes for what is in them.
        !address.IsIPv4MappedToIPv6
        && (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address))
        && !Special.Any(x => x.Contains(address));
}
