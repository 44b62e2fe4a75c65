using System.Net;
using Pamps.Core;
using Pamps.Core.Text;

namespace Pamps.Outgoing;

/// <summary>Whom this server may ask. It is looked at where the connection is made, after names have become addresses.</summary>
internal sealed class OutgoingRules
{
    private readonly IPNetwork[] allowed;

    /// <param name="options">Holds networks that were found good at the start.</param>
    public OutgoingRules(PampsOptions options) => allowed = Networks.Parse(options.Outgoing.Allow)!;

    /// <summary>Whether networks were named that others may not ask.</summary>
    public bool HasExceptions => allowed.Length > 0;

    /// <summary>Whether a connection may be made: on the web's own ports to the public internet, or to what the operator named.</summary>
    public bool Lets(IPAddress address, int port) =>
        (port is 80 or 443 && PublicAddresses.Has(address))
        || (!address.IsIPv4MappedToIPv6 && allowed.Any(x => x.Contains(address)));
}
