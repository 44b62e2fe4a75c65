using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Pamps.Core;

/// <summary>Archives of accounts that people ask for, and what they bring from elsewhere.</summary>
public sealed class ArchiveOptions
{
    private const long Megabyte = 1_048_576;

    /// <summary>How long an archive is kept for whoever asked for it.</summary>
    [
        ConfigurationKeyName("DAYS"),
        Description("Days for which the archive that somebody asked for of their account can be downloaded."),
        Range(1, 90)
    ]
    public int Days { get; set; } = 7;

    /// <summary>The most room of all, in megabytes; 0 for as much as there is.</summary>
    [
        ConfigurationKeyName("SITE_MEGABYTES"),
        Description(
            "Megabytes (of 1,048,576 bytes) that all archives together may have, those that people bring and those that they asked for; then more of either answer 503. `0`: any."
        ),
        Range(0, 1_000_000_000)
    ]
    public int SiteMegabytes { get; set; } = 20_480;

    /// <summary>The largest file that is brought, in megabytes.</summary>
    [
        ConfigurationKeyName("IMPORT_MEGABYTES"),
        Description(
            "Megabytes that an archive may have which somebody brings from elsewhere; a larger one answers 413. What is in it may have four times as many. `0`: nobody brings any."
        ),
        Range(0, 1_000_000)
    ]
    public int ImportMegabytes { get; set; } = 2048;

    /// <summary>How many posts one import takes in.</summary>
    [
        ConfigurationKeyName("IMPORT_POSTS"),
        Description(
            "Posts that one import takes in, beside those that `PAMPS_LIMITS__POSTS_PER_3_HOURS` allows; the next import goes on from there."
        ),
        Range(1, 1_000_000)
    ]
    public int ImportPosts { get; set; } = 20_000;

    /// <summary>The most bytes of all.</summary>
    internal long SiteBytes => SiteMegabytes == 0 ? long.MaxValue : SiteMegabytes * Megabyte;

    /// <summary>The most bytes of a file that is brought.</summary>
    public long ImportBytes => ImportMegabytes * Megabyte;
}
