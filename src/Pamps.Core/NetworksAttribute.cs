using System.ComponentModel.DataAnnotations;
using Pamps.Core.Text;

namespace Pamps.Core;

/// <summary>Holds of a list of networks, by commas, each an address or an address with the length of its prefix.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworksAttribute()
    : ValidationAttribute("must be networks by commas, such as 192.0.2.0/24, 2001:db8::/32")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => Networks.Parse((string)value!) is not null;
}
