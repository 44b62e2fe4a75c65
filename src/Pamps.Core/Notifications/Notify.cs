#pragma warning disable CA1822 // Filled in next.
namespace Pamps.Core.Notifications;

/// <summary>
/// Tells people of what concerns them, in the transaction of the deed; and takes it back when the deed is undone.
/// Nobody is told of their own deeds.
/// </summary>
internal sealed class Notify
{
    /// <summary>Somebody likes a post.</summary>
    public Task OfLikeAsync(PampsDb db, Viewer actor, long postId, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>The like is taken back.</summary>
    public Task LikeUndoneAsync(PampsDb db, Viewer actor, long postId, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>Somebody follows a user.</summary>
    public Task OfFollowAsync(PampsDb db, Viewer actor, long userId, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>The follow ends.</summary>
    public Task FollowUndoneAsync(PampsDb db, Viewer actor, long userId, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>
    /// A post was written or edited: tells the parent's author of the reply, and who is named of the mention. Who is
    /// both is told of the reply. After an edit, who is no longer named is no longer told, and nobody twice.
    /// </summary>
    public Task OfPostAsync(
        PampsDb db,
        Viewer actor,
        long postId,
        long? parentId,
        IReadOnlyCollection<long> mentionedIds,
        CancellationToken ct
    ) => Task.CompletedTask;

    /// <summary>
    /// Before a post is deleted, or an account with all its posts: who was told of it hears that it is gone. The rows go
    /// with the post's.
    /// </summary>
    public Task BeforePostIsDeletedAsync(PampsDb db, long postId, CancellationToken ct) => Task.CompletedTask;
}
