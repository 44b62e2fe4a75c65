using System.Net;

namespace Pamps.Core.Text;

/// <summary>Networks as settings name them.</summary>
public static class Networks
{
    /// <summary>The networks of a list, by commas, each an address or an address with the length of its prefix; null when one of them is none.</summary>
    public static IPNetwork[]? Parse(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var networks = new List<IPNetwork>();
        foreach (
            var word in list.Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (IPNetwork.TryParse(word, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(word, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return null;
            }
        }
        return [.. networks];
    }
}
