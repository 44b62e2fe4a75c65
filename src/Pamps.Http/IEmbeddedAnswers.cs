using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;

namespace Pamps.Http;

/// <summary>
/// What the API answers anonymous callers, collected for a page that would ask for it at once. One for each page. Pages know
/// no API, so they are handed this.
/// </summary>
internal interface IEmbeddedAnswers
{
    /// <summary>Adds a page of a list of posts.</summary>
    /// <param name="path">The path, with the query, that the API answers so at.</param>
    /// <param name="posts">The answer, as an anonymous viewer sees it.</param>
    IEmbeddedAnswers Add(string path, Page<PostView> posts);

    /// <inheritdoc cref="Add(string, Page{PostView})" />
    /// <summary>Adds a post with its replies.</summary>
    IEmbeddedAnswers Add(string path, PostWithReplies post);

    /// <inheritdoc cref="Add(string, Page{PostView})" />
    /// <summary>Adds a profile.</summary>
    IEmbeddedAnswers Add(string path, ProfileView profile);

    /// <summary>The element that holds the answers: a block of data, which no browser runs. Nothing can be added after.</summary>
    ReadOnlySpan<byte> ToHtml();
}
