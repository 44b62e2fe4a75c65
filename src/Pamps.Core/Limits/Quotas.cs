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

    private Allowance? Of(long owner, Deed deed)
    {
        var quota = deed switch
        {
            Deed.Post => new Quota("posts", limits.PostsPer3Hours, 3 * Hour),
            Deed.Edit => new Quota("edits", limits.EditsPerHour, Hour),
            Deed.Like => new Quota("likes", limits.LikesPerHour, Hour),
            Deed.Follow => new Quota("follows", limits.FollowsPerDay, 24 * Hour),
            Deed.Registration => new Quota("registrations", limits.AddressRegistrationsPerHour, Hour),
            _ => new Quota("changes", limits.OtherWritesPerHour, Hour),
        };
        return limits.Enabled && quota.Most > 0 ? new Allowance(owner, deed, quota) : null;
    }
}
