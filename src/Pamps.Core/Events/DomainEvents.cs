using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Events;

/// <summary>A post or reply was written. Its row is left before this is recorded.</summary>
/// <param name="PostId">The post.</param>
/// <param name="AuthorId">Its author.</param>
/// <param name="ParentId">The post it replies to, whose row the operation has locked; or null.</param>
/// <param name="AnsweredId">The author of that post.</param>
/// <param name="MentionedIds">Whom it names, each once; bounded.</param>
/// <param name="Words">What it is found by.</param>
/// <param name="Audience">As <see cref="DomainEvent.Audience"/>.</param>
/// <param name="HasLinks">Whether it links to pages.</param>
internal sealed record PostWritten(
    long PostId,
    long AuthorId,
    long? ParentId,
    long? AnsweredId,
    IReadOnlyCollection<long> MentionedIds,
    IndexedWords Words,
    IReadOnlyCollection<long>? Audience,
    bool HasLinks
) : DomainEvent(EventKind.Post, AuthorId, PostId, ParentId, Audience);

/// <summary>A post's text was changed. The operation has locked its row.</summary>
/// <param name="PostId">The post.</param>
/// <param name="AuthorId">Its author.</param>
/// <param name="ParentId">The post it replies to, or null.</param>
/// <param name="MentionedIds">Whom it names now, each once; bounded.</param>
/// <param name="Words">What it is found by now.</param>
/// <param name="Audience">As <see cref="DomainEvent.Audience"/>.</param>
/// <param name="HasLinks">Whether it links to pages now.</param>
internal sealed record PostEdited(
    long PostId,
    long AuthorId,
    long? ParentId,
    IReadOnlyCollection<long> MentionedIds,
    IndexedWords Words,
    IReadOnlyCollection<long>? Audience,
    bool HasLinks
) : DomainEvent(EventKind.Edit, AuthorId, PostId, ParentId, Audience);

/// <summary>A post is deleted. The operation has locked its row, and leaves its deletion after this is recorded.</summary>
internal sealed record PostDeleted(
    long PostId,
    long AuthorId,
    long? ParentId,
    IReadOnlyCollection<long>? Audience
) : DomainEvent(EventKind.Delete, AuthorId, PostId, ParentId, Audience);

/// <summary>Somebody likes a post, whose row the operation has locked.</summary>
internal sealed record Liked(long ActorId, long PostId, long AuthorId)
    : DomainEvent(EventKind.Liked, ActorId, PostId);

/// <summary>A like was taken back; the operation has locked the post's row.</summary>
internal sealed record Unliked(long ActorId, long PostId, long AuthorId)
    : DomainEvent(EventKind.Unliked, ActorId, PostId);

/// <summary>Somebody follows a user.</summary>
internal sealed record Followed(long ActorId, long UserId) : DomainEvent(EventKind.Followed, ActorId, UserId);

/// <summary>A follow ended.</summary>
internal sealed record Unfollowed(long ActorId, long UserId)
    : DomainEvent(EventKind.Unfollowed, ActorId, UserId);

/// <summary>An account was made. Its row is left before this is recorded.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Words">What they are found by.</param>
internal sealed record AccountMade(long UserId, IndexedWords Words)
    : DomainEvent(EventKind.AccountMade, UserId, UserId);

/// <summary>Somebody changed what they say of themselves.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Words">What they are found by now.</param>
internal sealed record ProfileEdited(long UserId, IndexedWords Words)
    : DomainEvent(EventKind.ProfileEdited, UserId, UserId);

/// <summary>An account was closed: nobody signs in to it any more.</summary>
internal sealed record AccountSuspended(long ActorId, long UserId)
    : DomainEvent(EventKind.AccountSuspended, ActorId, UserId);

/// <summary>An account that was closed is open again.</summary>
internal sealed record AccountRestored(long ActorId, long UserId)
    : DomainEvent(EventKind.AccountRestored, ActorId, UserId);

/// <summary>An account is gone with all that was in it.</summary>
internal sealed record AccountDeleted(long ActorId, long UserId)
    : DomainEvent(EventKind.AccountDeleted, ActorId, UserId);

/// <summary>A login was ended: its tokens open nothing any more.</summary>
/// <param name="UserId">Whose it was.</param>
/// <param name="LoginId">The login; 0 for all of the user's but the one that is used.</param>
internal sealed record LoginEnded(long UserId, long LoginId)
    : DomainEvent(EventKind.LoginEnded, UserId, LoginId);

/// <summary>Somebody asks to follow a user whose account is locked.</summary>
internal sealed record FollowRequested(long ActorId, long UserId)
    : DomainEvent(EventKind.FollowRequested, ActorId, UserId);

/// <summary>Such a request was answered, or taken back.</summary>
internal sealed record FollowRequestEnded(long ActorId, long UserId)
    : DomainEvent(EventKind.FollowRequestEnded, ActorId, UserId);

/// <summary>Somebody blocks a user.</summary>
internal sealed record Blocked(long ActorId, long UserId) : DomainEvent(EventKind.Blocked, ActorId, UserId);

/// <summary>A block ended.</summary>
internal sealed record Unblocked(long ActorId, long UserId)
    : DomainEvent(EventKind.Unblocked, ActorId, UserId);

/// <summary>Somebody has muted a user.</summary>
internal sealed record Muted(long ActorId, long UserId) : DomainEvent(EventKind.Muted, ActorId, UserId);

/// <summary>A mute ended.</summary>
internal sealed record Unmuted(long ActorId, long UserId) : DomainEvent(EventKind.Unmuted, ActorId, UserId);

/// <summary>The archive that a user asked for can be downloaded, or could not be made.</summary>
internal sealed record ArchiveEnded(long UserId) : DomainEvent(EventKind.ArchiveEnded, UserId, UserId);

/// <summary>What a user brought was taken in, or could not be.</summary>
internal sealed record ImportEnded(long UserId, long ImportId)
    : DomainEvent(EventKind.ImportEnded, UserId, ImportId);
