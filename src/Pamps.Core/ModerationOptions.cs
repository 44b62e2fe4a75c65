using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;
using Pamps.Core.Text;

namespace Pamps.Core;

/// <summary>Who may not register.</summary>
public sealed class ModerationOptions
{
    /// <summary>User names, by commas, that nobody registers.</summary>
    [
        ConfigurationKeyName("RESERVED_NAMES"),
        Description(
            "User names, by commas, that superusers and the command line alone give, besides `admin`, `root`, `support`, `official` and the like."
        )
    ]
    public string ReservedNames { get; set; } = "";

    /// <summary>Domains, by commas, whose e-mail addresses nobody registers with.</summary>
    [
        ConfigurationKeyName("BLOCKED_EMAIL_DOMAINS"),
        Description(
            "Domains, by commas, with whose e-mail addresses nobody registers, nor with those of domains below them. Superusers and the command line may."
        )
    ]
    public string BlockedEmailDomains { get; set; } = "";

    /// <summary>Networks, by commas, from which nobody registers.</summary>
    [
        ConfigurationKeyName("BLOCKED_NETWORKS"),
        Description(
            "Networks, by commas, from which nobody registers, such as `192.0.2.0/24, 2001:db8::/32`. Superusers and the command line make accounts from anywhere."
        ),
        Networks
    ]
    public string BlockedNetworks { get; set; } = "";

    /// <summary>How long a browser's form must have been open.</summary>
    [
        ConfigurationKeyName("FORM_SECONDS"),
        Description(
            "How many seconds the web client's form to register must have been open: programs that fill it in are faster than people. 0: not looked at. Other programs do not say how long it took."
        ),
        Range(0, 60)
    ]
    public int FormSeconds { get; set; } = 2;

    /// <summary>Whether strangers' posts that look like advertising are put aside for whom they name.</summary>
    [
        ConfigurationKeyName("HOLD_SPAM"),
        Description(
            "Whether notifications of posts with links, or with five or more mentions, are put aside when they are of somebody whom one does not follow, and whose account is younger than a week, or whom nobody has ever followed or answered. The posts themselves are not touched."
        )
    ]
    public bool HoldSpam { get; set; } = true;

    /// <summary>Whether an address is of a network of the setting.</summary>
    internal bool BlocksFrom(IPAddress? address)
    {
        if (address is null || BlockedNetworks.Length == 0)
        {
            return false;
        }
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Networks.Parse(BlockedNetworks)!.Any(x => x.Contains(plain));
    }

    /// <summary>Whether a name is among those of the setting.</summary>
    /// <param name="key">The name in lower case.</param>
    internal bool Reserves(string key) =>
        Split(ReservedNames).Contains(key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an address is of a domain of the setting, or of one below.</summary>
    /// <param name="key">The address in lower case.</param>
    internal bool Blocks(string key)
    {
        var domain = key[(key.LastIndexOf('@') + 1)..];
        return Split(BlockedEmailDomains)
            .Any(x =>
                domain.Equals(x, StringComparison.OrdinalIgnoreCase)
                || domain.EndsWith("." + x, StringComparison.OrdinalIgnoreCase)
            );
    }

    private static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
