using Pamps.Core.Cards;
using Pamps.Core.Filters;
using Pamps.Core.Media;

namespace Pamps.Core.Posts;

/// <summary>A post as a viewer sees it.</summary>
/// <param name="Id">Its id, which grows with time.</param>
/// <param name="Text">Its text, in NFC.</param>
/// <param name="Date">When it was written, UTC.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="ParentId">The post it replies to, or null. That post may be gone.</param>
/// <param name="LikesCount">How many like it.</param>
/// <param name="RepliesCount">How many replies it has.</param>
/// <param name="Liked">Whether the viewer likes it; null when nobody is signed in.</param>
/// <param name="EditedAt">When its text was last changed, or null.</param>
/// <param name="Entities">The mentions, hashtags and URLs in its text.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="ParentUsername">
/// Who wrote the post it replies to; null when it replies to none, the viewer may not see that one, or nobody in particular is
/// told of it.
/// </param>
/// <param name="Media">The pictures that it shows.</param>
/// <param name="Pinned">Whether it stands first on its author's profile.</param>
/// <param name="Card">What is shown of the page that it links to.</param>
/// <param name="Sensitive">Whether its author or a moderator says that its pictures are to be covered until somebody wants to see them.</param>
public sealed record PostView(
    long Id,
    string Text,
    DateTime Date,
    AuthorView Author,
    long? ParentId,
    long LikesCount,
    long RepliesCount,
    bool? Liked,
    DateTime? EditedAt,
    EntitiesJson Entities,
    Visibility Visibility,
    string? ParentUsername,
    MediaJson Media,
    bool Pinned,
    CardJson Card,
    bool Sensitive
)
{
    /// <summary>The viewer's filters that it matches, for which it is shown folded.</summary>
    public IReadOnlyList<FilterMatch> Filtered { get; init; } = [];

    /// <summary>Whether the viewer has bookmarked it; not told with notifications, nor in the live stream.</summary>
    public bool Bookmarked { get; init; }

    /// <summary>The same as a reply to that post, which its viewer sees.</summary>
    internal PostView Answering(PostView post) => this with { ParentUsername = post.Author.Username };
}

/// <summary>Who wrote a post, as everyone sees them beside it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Username">The name, as its owner writes it.</param>
/// <param name="Avatar">The https URL of a picture, the path of one at this server, or null.</param>
/// <param name="DisplayName">The name that they give themselves, or null.</param>
public sealed record AuthorView(long Id, string Username, string? Avatar, string? DisplayName);

/// <summary>
/// The mentions, hashtags and URLs of a post as they are kept: a JSON array that was made when the post was written. Pamps' own API
/// sends it as it is, so that reading a post parses nothing; other doors make theirs of it.
/// </summary>
/// <param name="Json">The array; null counts as an empty one.</param>
public readonly record struct EntitiesJson(string? Json)
{
    /// <summary>The array.</summary>
    public override string ToString() => Json ?? PostEntities.None;
}

/// <summary>A post with the first of its replies.</summary>
/// <param name="Post">The post.</param>
/// <param name="Replies">Its replies, oldest first, at most <see cref="MaxReplies"/>.</param>
public sealed record PostWithReplies(PostView Post, IReadOnlyList<PostView> Replies)
{
    /// <summary>The most replies that come with a post; the rest is read page by page.</summary>
    public const int MaxReplies = 100;
}
