using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace Pamps.Core;

/// <summary>Cards of links.</summary>
public sealed class CardOptions
{
    /// <summary>Whether the pages that posts link to are asked what they are.</summary>
    [
        ConfigurationKeyName("ENABLED"),
        Description(
            "Ask the page that a public post links to what it is, and show that below the post. At `false` no page is asked, and cards that are there stay."
        )
    ]
    public bool Enabled { get; set; } = true;
}
