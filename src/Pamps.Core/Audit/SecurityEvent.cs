namespace Pamps.Core.Audit;

/// <summary>Something that the security log keeps. It holds no name, no address and nothing that people wrote.</summary>
/// <param name="Kind">One of <see cref="SecurityEventKinds"/>.</param>
/// <param name="UserId">Whom it concerns; null when nobody in particular, such as a name that nobody has.</param>
/// <param name="ActorId">Whose deed it is; 0 for the operator, null when nobody is known.</param>
/// <param name="Network">A keyed hash of the network it came from, at most 16 characters; null when it came from none.</param>
/// <param name="Detail">What else there is to say, in words of the program's; or null.</param>
internal sealed record SecurityEvent(
    string Kind,
    long? UserId,
    long? ActorId,
    string? Network,
    string? Detail = null
)
{
    /// <summary>What the viewer has done.</summary>
    public static SecurityEvent By(Viewer viewer, string kind, long userId, string? detail = null) =>
        new(kind, userId, viewer.Id, viewer.Network, detail);
}
