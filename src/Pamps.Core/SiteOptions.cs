using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Pamps.Core.Text;

namespace Pamps.Core;

/// <summary>What the site calls itself, in the titles of its pages and wherever a link to it is shown.</summary>
public sealed class SiteOptions
{
    /// <summary>The site's name.</summary>
    [
        ConfigurationKeyName("NAME"),
        Description("The site's name, in the titles of its pages and in previews of links to it."),
        StringLength(60, MinimumLength = 1, ErrorMessage = "must have 1 to 60 characters")
    ]
    public string Name { get; set; } = "Pamps";

    /// <summary>A sentence about the site; empty for none of its own.</summary>
    [
        ConfigurationKeyName("DESCRIPTION"),
        Description("A sentence about the site, for search engines and previews of links to it."),
        StringLength(300, ErrorMessage = "must have at most 300 characters")
    ]
    public string Description { get; set; } = "";

    /// <summary>The color of buttons, links and the logo; empty for the client's own.</summary>
    [
        ConfigurationKeyName("COLOR"),
        Description(
            "The color of buttons, links and the logo, such as `#7a3b8f`; made lighter or darker where it could not be read. Empty: green."
        ),
        RegularExpression("#[0-9a-fA-F]{6}", ErrorMessage = "must be a color such as #7a3b8f")
    ]
    public string Color { get; set; } = "";

    /// <summary>The file of the site's own logo; empty for the client's own.</summary>
    [
        ConfigurationKeyName("LOGO"),
        Description(
            "The file of the site's logo, a PNG, JPEG, WebP, GIF or AVIF, square and at least 512 pixels wide for the best; read at the start, and drawn anew for the navigation, browsers' tabs, phones' first screens and previews of links. Empty: the one of Pamps."
        )
    ]
    public string Logo { get; set; } = "";

    /// <summary>Where people find the site: scheme, host and port, nothing more; empty where requests tell.</summary>
    [
        ConfigurationKeyName("ADDRESS"),
        Description(
            "Where people find the site, such as `https://example.org`: links, feeds and previews name it, whatever host a request asked for, and passkeys are good at it. Empty: links follow the request, and there are no passkeys."
        )
    ]
    public string Address { get; set; } = "";

    /// <summary>The address as links begin with it: scheme, host in ASCII, and the port where it is not the scheme's own; null where none is set.</summary>
    public string? Origin => WebAddress.OriginOf(Address);

    /// <summary>Names of hosts that are this site's, by commas, besides the address's.</summary>
    [
        ConfigurationKeyName("HOSTS"),
        Description(
            "Hosts that are this site's, by commas, without ports. Where `PAMPS_SITE__ADDRESS` is empty and the site is asked for by any other name but `localhost` and its addresses, pages have no canonical link, and feeds have ids that are no addresses."
        )
    ]
    public string Hosts { get; set; } = "";

    /// <summary>Who may register.</summary>
    [
        ConfigurationKeyName("REGISTRATION"),
        Description(
            "Who may register: `open` for everybody, `approval` for whom a moderator approves or who has an invitation, `invited` for who has an invitation, `closed` for nobody. The command line makes accounts whatever it says."
        ),
        AllowedValues(
            "open",
            "approval",
            "invited",
            "closed",
            ErrorMessage = "must be open, approval, invited or closed"
        )
    ]
    public string Registration { get; set; } = "open";

    /// <summary>Whether everybody invites people.</summary>
    [
        ConfigurationKeyName("MEMBERS_INVITE"),
        Description(
            "Whether everybody with an account makes invitations; otherwise superusers and the command line alone do."
        )
    ]
    public bool MembersInvite { get; set; }

    /// <summary>Whether who registers confirms their e-mail address before they post.</summary>
    [
        ConfigurationKeyName("CONFIRM_EMAIL"),
        Description(
            "Whether who registers, where the site sends mail, opens a link that is sent to their e-mail address before they post. Accounts that were made before, or by the command line, post as ever."
        )
    ]
    public bool ConfirmEmail { get; set; } = true;

    /// <summary>Whether nobody may register.</summary>
    public bool IsClosed => Registration == "closed";

    /// <summary>Whether a moderator approves who registers without an invitation.</summary>
    public bool IsByApproval => Registration == "approval";

    /// <summary>Whether an invitation is needed to register.</summary>
    public bool IsByInvitation => Registration == "invited";
}
