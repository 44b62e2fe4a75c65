using Pamps.Core.Results;

namespace Pamps.Core.Limits;

/// <summary>What the settings allow to whom.</summary>
internal sealed class Quotas(PampsOptions options)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly LimitOptions limits = options.Limits;

    /// <summary>What an account may do of this; null for all it likes.</summary>
    public Allowance? Of(Viewer? viewer, Deed deed) =>
        viewer is null or { Id: 0 } or { Superuser: true } ? null : Of(viewer.Id, deed);

    /// <summary>How many may register from a network; null for as many as like.</summary>
    /// <param name="network">A hash of it, below zero; null when it is not known, or nobody's.</param>
    public Allowance? OfRegistrations(long? network) =>
        network is { } known ? Of(known, Deed.Registration) : null;

    /// <summary>How many links for a new password may be asked for from a network; null for as many as like.</summary>
    /// <param name="network">As above.</param>
    public Allowance? OfPasswordResetsFrom(long? network) =>
        network is { } known ? Of(known, Deed.PasswordReset) : null;

    /// <summary>How many programs may be registered from a network; null for as many as like.</summary>
    /// <param name="network">As above.</param>
    public Allowance? OfApplications(long? network) =>
        network is { } known ? Of(known, Deed.Application) : null;

    /// <summary>How many are sent to an account, whoever asks; null for as many as like.</summary>
    public Allowance? OfPasswordResetsOf(long userId) => Of(userId, Deed.PasswordReset);

    /// <summary>How many logins of an account are opened, a superuser's as well; null for as many as like.</summary>
    public Allowance? OfSignIns(long userId) => Of(userId, Deed.SignIn);

    private Allowance? Of(long owner, Deed deed)
    {
        var quota = deed switch
        {
            Deed.Post => new Quota("posts", limits.PostsPer3Hours, 3 * Hour),
            Deed.Edit => new Quota("edits", limits.EditsPerHour, Hour),
            Deed.Like => new Quota("likes", limits.LikesPerHour, Hour),
            Deed.Follow => new Quota("follows", limits.FollowsPerDay, 24 * Hour),
            Deed.Upload => new Quota("uploads", limits.UploadsPerHour, Hour),
            Deed.Registration => new Quota("registrations", limits.AddressRegistrationsPerHour, Hour),
            Deed.Application => new Quota("applications", limits.AddressApplicationsPerHour, Hour),
            Deed.SignIn => new Quota("sign_ins", limits.SignInsPerHour, Hour),
            Deed.PasswordReset => new Quota(
                "password_resets",
                owner < 0 ? limits.AddressPasswordResetsPerHour : limits.PasswordResetsPerHour,
                Hour
            ),
            _ => new Quota("changes", limits.OtherWritesPerHour, Hour),
        };
        var total = TotalOf(deed) is { Most: > 0 } limited ? limited : null;
        return limits.Enabled && (quota.Most > 0 || total is not null)
            ? new Allowance(owner, deed is Deed.Block or Deed.Mute ? Deed.Other : deed, quota, total)
            : null;
    }

    private Total? TotalOf(Deed deed) =>
        deed switch
        {
            Deed.Post => new(
                "total_posts",
                limits.TotalPosts,
                "SELECT count(*) FROM post p WHERE p.user_id = @viewer",
                IsKept: true,
                new(
                    ErrorKind.TooMany,
                    "no_more_posts",
                    "You have as many posts as an account may have; delete some to write more"
                )
            ),
            Deed.Like => new(
                "total_likes",
                limits.TotalLikes,
                "SELECT count(*) FROM \"like\" l WHERE l.user_id = @viewer",
                IsKept: true,
                new(
                    ErrorKind.TooMany,
                    "no_more_likes",
                    "You like as many posts as an account may; take some likes back to give more"
                )
            ),
            Deed.Bookmark => new(
                "total_bookmarks",
                limits.TotalBookmarks,
                "SELECT count(*) FROM bookmark b WHERE b.user_id = @viewer",
                IsKept: true,
                new(
                    ErrorKind.TooMany,
                    "no_more_bookmarks",
                    "You have as many bookmarks as an account may have; take some off to make more"
                )
            ),
            Deed.Follow => new(
                "total_follows",
                limits.TotalFollows,
                """
                SELECT v.following_count + (SELECT count(*) FROM follow_request q WHERE q."from" = @viewer)
                FROM "user" v WHERE v.id = @viewer
                """,
                IsKept: false,
                new(
                    ErrorKind.TooMany,
                    "no_more_follows",
                    "You follow, or ask to follow, as many as an account may; end some to follow more"
                )
            ),
            Deed.Block => new(
                "total_blocks",
                limits.TotalBlocks,
                "SELECT count(*) FROM block c WHERE c.\"from\" = @viewer",
                IsKept: false,
                new(
                    ErrorKind.TooMany,
                    "no_more_blocks",
                    "You block as many as an account may; end some blocks to make more"
                )
            ),
            Deed.Mute => new(
                "total_mutes",
                limits.TotalMutes,
                "SELECT count(*) FROM mute c WHERE c.\"from\" = @viewer",
                IsKept: false,
                new(
                    ErrorKind.TooMany,
                    "no_more_mutes",
                    "You have muted as many as an account may; end some mutes to make more"
                )
            ),
            _ => null,
        };
}
