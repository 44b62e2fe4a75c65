using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Pamps.Core;

/// <summary>Holds of a list of networks, by commas, each an address or an address with the length of its prefix.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworksAttribute()
    : ValidationAttribute("must be networks by commas, such as 192.0.2.0/24, 2001:db8::/32")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => Parse((string)value!) is not null;

    /// <summary>The networks; null when one is none.</summary>
    public static IReadOnlyList<IPNetwork>? Parse(string list)
    {
        var networks = new List<IPNetwork>();
        foreach (
            var part in list.Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return null;
            }
        }
        return networks;
    }
}
