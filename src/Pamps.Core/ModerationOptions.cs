using System.ComponentModel;
using Microsoft.Extensions.Configuration;

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
