#pragma warning disable CA1822 // Filled in next.
namespace Pamps.Core.Posts;

/// <summary>What a post's text names: users, hashtags, URLs.</summary>
/// <param name="Json">As it is kept and sent: an array, empty when there is nothing.</param>
/// <param name="MentionedIds">The users named, each once.</param>
/// <param name="Tags">The hashtags, each once.</param>
internal sealed record PostEntities(
    string Json,
    IReadOnlyCollection<long> MentionedIds,
    IReadOnlyCollection<string> Tags
)
{
    public const string None = "[]";

    /// <summary>Finds them. Names of nobody are not mentions.</summary>
    public static Task<PostEntities> FindAsync(PampsDb db, string text, CancellationToken ct) =>
        Task.FromResult(new PostEntities(None, [], []));

    /// <summary>Makes the rows of a post that has none yet, or brings them up to date.</summary>
    public Task SaveAsync(PampsDb db, long postId, bool isNew, CancellationToken ct) => Task.CompletedTask;
}
