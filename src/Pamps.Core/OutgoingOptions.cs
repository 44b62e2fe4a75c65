using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace Pamps.Core;

/// <summary>What this server asks of others.</summary>
public sealed class OutgoingOptions
{
    /// <summary>Whether other servers are asked anything.</summary>
    [
        ConfigurationKeyName("ENABLED"),
        Description(
            "Ask other servers: for cards of links, and for pictures that people give as the address of their avatar. At `false` there are no new ones of either."
        )
    ]
    public bool Enabled { get; set; } = true;

    /// <summary>Networks that may be asked although they are none of the internet's, by commas.</summary>
    [
        ConfigurationKeyName("ALLOW"),
        Description(
            "Addresses or networks (`10.1.0.0/16`), by commas, that this server may ask, on any port, although they are not of the public internet. For tests, and for sites of one's own network. None by default."
        )
    ]
    public string Allow { get; set; } = "";
}
