using Pamps.Core.Results;

namespace Pamps.Core;

/// <summary>Who looks or acts. Operations decide by it what may be seen and done.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The user's name.</param>
/// <param name="Superuser">Whether the user may do what superusers may.</param>
/// <param name="LoginId">The login that the viewer's token descends from; 0 for the operator.</param>
public sealed record Viewer(long Id, string Username, bool Superuser, long LoginId)
{
    /// <summary>What the user is to the site.</summary>
    public Role Role { get; init; } = Superuser ? Role.Admin : Role.Member;

    /// <summary>
    /// Whether the password was given for the token, and not only for one that it descends from: what cannot be undone asks
    /// for that, and what only superusers may do to others' accounts.
    /// </summary>
    public bool Fresh { get; init; }

    /// <summary>
    /// A keyed hash of the network that the request comes from, of at most 16 characters, for the security log; null where the
    /// door says none, as the command line does.
    /// </summary>
    public string? Network { get; init; }

    /// <summary>The language in which what they do is told them by mail, such as <c>pt-BR</c>; null where the door does not know.</summary>
    public string? Language { get; init; }

    /// <summary>Another number after each change of the viewer's filters; 0 while they have none.</summary>
    public long FiltersVersion { get; init; }

    /// <summary>Whether the viewer has ever bookmarked a post; only then lists look for those that are.</summary>
    public bool HasBookmarks { get; init; }

    /// <summary>The person at the server's own command line: may do all that a superuser may.</summary>
    public static Viewer Operator { get; } =
        new(0, "operator", Superuser: true, LoginId: 0) { Fresh = true, Role = Role.Owner };

    /// <summary>
    /// Whoever is like the viewer in all that a statement's text says of one, and nobody in particular: who it is, is a parameter. For
    /// texts that are made once, so that nothing of one viewer can be in what another is given.
    /// </summary>
    internal Viewer Alike => HasBookmarks ? WithBookmarks : Somebody;

    private static readonly Viewer Somebody = new(Id: 0, Username: "", Superuser: false, LoginId: 0);
    private static readonly Viewer WithBookmarks = Somebody with { HasBookmarks = true };

    /// <summary>What keeps the viewer from other people's accounts; null when nothing does.</summary>
    internal Error? ModerationRefusal =>
        !Superuser ? Error.SuperuserOnly
        : Fresh ? null
        : Error.NotFresh;
}
