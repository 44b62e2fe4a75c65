using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Pamps.Core;

/// <summary>
/// How much an account may write in a time and have in total, and how much an address may ask for. All that is allowed in a time
/// can be done at once, and then one after the other as the time gives. 0 is no limit.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Whether anything is limited.</summary>
    [
        ConfigurationKeyName("ENABLED"),
        Description(
            "Limit how much an account may write and have, and an address may ask for, as the settings below say, of which each is off at `0`. Superusers and the command line are not limited, nor is the machine's own address (loopback)."
        )
    ]
    public bool Enabled { get; set; } = true;

    /// <summary>Posts of an account.</summary>
    [
        ConfigurationKeyName("POSTS_PER_3_HOURS"),
        Description("Posts and replies of one account in three hours; one more answers 429."),
        Range(0, 1_000_000)
    ]
    public int PostsPer3Hours { get; set; } = 300;

    /// <summary>Edits of an account.</summary>
    [
        ConfigurationKeyName("EDITS_PER_HOUR"),
        Description("Edits of posts by one account in an hour."),
        Range(0, 1_000_000)
    ]
    public int EditsPerHour { get; set; } = 300;

    /// <summary>Likes of an account.</summary>
    [
        ConfigurationKeyName("LIKES_PER_HOUR"),
        Description("Likes by one account in an hour."),
        Range(0, 1_000_000)
    ]
    public int LikesPerHour { get; set; } = 1000;

    /// <summary>Follows of an account.</summary>
    [
        ConfigurationKeyName("FOLLOWS_PER_DAY"),
        Description("Follows, and requests to follow, by one account in a day."),
        Range(0, 1_000_000)
    ]
    public int FollowsPerDay { get; set; } = 400;

    /// <summary>Pictures of an account.</summary>
    [
        ConfigurationKeyName("UPLOADS_PER_HOUR"),
        Description("Pictures uploaded by one account in an hour."),
        Range(0, 1_000_000)
    ]
    public int UploadsPerHour { get; set; } = 200;

    /// <summary>Everything else of an account.</summary>
    [
        ConfigurationKeyName("OTHER_WRITES_PER_HOUR"),
        Description(
            "Whatever else one account changes in an hour: blocks, mutes, the profile, what it takes back; and as many bookmarks. Ending logins, a new password and deleting the account are never refused for this."
        ),
        Range(0, 1_000_000)
    ]
    public int OtherWritesPerHour { get; set; } = 2000;

    /// <summary>Posts that an account has.</summary>
    [
        ConfigurationKeyName("TOTAL_POSTS"),
        Description(
            "Posts and replies, whoever may see them, that one account may have; one more answers 429 until some are deleted. The default is 50 a day for 13 years, and some 0.3 GB of PostgreSQL's disk, or 1 GB of the longest."
        ),
        Range(0, 1_000_000_000)
    ]
    public int TotalPosts { get; set; } = 250_000;

    /// <summary>Likes that an account has given.</summary>
    [
        ConfigurationKeyName("TOTAL_LIKES"),
        Description(
            "Likes that one account may have given and not taken back; those of posts that others delete count for up to a day more. The default is 130 a day for ten years, and some 0.2 GB with the notifications."
        ),
        Range(0, 1_000_000_000)
    ]
    public int TotalLikes { get; set; } = 500_000;

    /// <summary>Bookmarks that an account has.</summary>
    [
        ConfigurationKeyName("TOTAL_BOOKMARKS"),
        Description(
            "Bookmarks that one account may have; those of posts that others delete count for up to a day more."
        ),
        Range(0, 1_000_000_000)
    ]
    public int TotalBookmarks { get; set; } = 100_000;

    /// <summary>Whom an account follows.</summary>
    [
        ConfigurationKeyName("TOTAL_FOLLOWS"),
        Description("People whom one account may follow, those included whom it asks to."),
        Range(0, 1_000_000)
    ]
    public int TotalFollows { get; set; } = 7500;

    /// <summary>Whom an account blocks.</summary>
    [
        ConfigurationKeyName("TOTAL_BLOCKS"),
        Description("People whom one account may block."),
        Range(0, 1_000_000)
    ]
    public int TotalBlocks { get; set; } = 20_000;

    /// <summary>Whom an account has muted.</summary>
    [
        ConfigurationKeyName("TOTAL_MUTES"),
        Description("People whom one account may have muted."),
        Range(0, 1_000_000)
    ]
    public int TotalMutes { get; set; } = 20_000;

    /// <summary>Accounts made from an address.</summary>
    [
        ConfigurationKeyName("ADDRESS_REGISTRATIONS_PER_HOUR"),
        Description("Accounts made from one address (of IPv6, one /64 network) in an hour."),
        Range(0, 1_000_000)
    ]
    public int AddressRegistrationsPerHour { get; set; } = 60;

    /// <summary>Programs registered from an address.</summary>
    [
        ConfigurationKeyName("ADDRESS_APPLICATIONS_PER_HOUR"),
        Description(
            "Programs registered for OAuth from one address (of IPv6, one /64 network) in an hour. One that nobody lets in is forgotten after a day."
        ),
        Range(0, 1_000_000)
    ]
    public int AddressApplicationsPerHour { get; set; } = 30;

    /// <summary>Links for a new password that an address asks for.</summary>
    [
        ConfigurationKeyName("ADDRESS_PASSWORD_RESETS_PER_HOUR"),
        Description(
            "Links for a new password asked for from one address (of IPv6, one /64 network) in an hour, whether there is such an account or not."
        ),
        Range(0, 1_000_000)
    ]
    public int AddressPasswordResetsPerHour { get; set; } = 10;

    /// <summary>Links for a new password that are sent to an account.</summary>
    [
        ConfigurationKeyName("PASSWORD_RESETS_PER_HOUR"),
        Description(
            "Links for a new password sent to one account in an hour, whoever asks for them. One more is not sent, and nobody is told."
        ),
        Range(0, 1_000_000)
    ]
    public int PasswordResetsPerHour { get; set; } = 3;

    /// <summary>Logins of an account.</summary>
    [
        ConfigurationKeyName("SIGN_INS_PER_HOUR"),
        Description(
            "Logins of one account that are opened in an hour, with the right password or passkey, by whomever; a superuser's are counted as well."
        ),
        Range(0, 1_000_000)
    ]
    public int SignInsPerHour { get; set; } = 300;

    /// <summary>Requests from an address.</summary>
    [
        ConfigurationKeyName("ADDRESS_REQUESTS_PER_5_MINUTES"),
        Description(
            "Requests to the API, pages and feeds from one address (of IPv6, one /64 network) in five minutes, at each instance; a superuser's are not counted."
        ),
        Range(0, 1_000_000_000)
    ]
    public int AddressRequestsPer5Minutes { get; set; } = 1500;

    /// <summary>Streams to an address.</summary>
    [
        ConfigurationKeyName("ADDRESS_STREAMS"),
        Description("Live streams to one address (of IPv6, one /64 network) at once, at each instance."),
        Range(0, 1_000_000)
    ]
    public int AddressStreams { get; set; } = 200;
}
