#pragma warning disable CA1822 // Filled in next.
namespace Pamps.Core.Search;

/// <summary>Keeps the words by which posts and users are found, in the transaction that writes them.</summary>
internal sealed class SearchIndex
{
    /// <summary>Puts a post's words into the index, or replaces them. They go with the post's row.</summary>
    public Task IndexPostAsync(PampsDb db, long postId, string text, bool isNew, CancellationToken ct) =>
        Task.CompletedTask;

    /// <summary>Puts a user's name and bio into the index, or replaces them. They go with the user's row.</summary>
    public Task IndexUserAsync(
        PampsDb db,
        long userId,
        string username,
        string? bio,
        bool isNew,
        CancellationToken ct
    ) => Task.CompletedTask;
}
