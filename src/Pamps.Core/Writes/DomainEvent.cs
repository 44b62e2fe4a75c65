namespace Pamps.Core.Writes;

/// <summary>
/// Something that happened, as the operation says it: what the table <c>event</c> keeps of it, and what its projections need
/// to know besides.
/// </summary>
/// <param name="Kind">What.</param>
/// <param name="ActorId">Whose deed it is; of a notification, who is told.</param>
/// <param name="SubjectId">What it was done to: a post, a user, a notification, a login.</param>
/// <param name="ParentId">The post that the post replies to, where there is one.</param>
/// <param name="Audience">
/// Who is told of a post that is for some people only, the author among them; null when it is for who follows the author.
/// </param>
internal abstract record DomainEvent(
    EventKind Kind,
    long ActorId,
    long SubjectId,
    long? ParentId = null,
    IReadOnlyCollection<long>? Audience = null
);
