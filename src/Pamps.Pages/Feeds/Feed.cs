using Pamps.Core.Posts;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Pages.Html;

namespace Pamps.Pages.Feeds;

/// <summary>What both kinds of feed tell: a user's newest posts.</summary>
internal sealed class Feed(
    ProfileView profile,
    IReadOnlyList<PostView> posts,
    string siteName,
    SiteLinks links,
    HttpRequest request
)
{
    private const int TitleLength = 80;

    public IReadOnlyList<PostView> Posts => posts;

    public string Username => profile.User.Username;

    public string? Avatar => links.OfPicture(request, profile.User.Avatar);

    /// <summary>What the person is called.</summary>
    public string Name => profile.User.DisplayName ?? Username;

    public string Title => $"{PersonName.Of(Username, profile.User.DisplayName)} · {siteName}";

    public string Description => profile.User.Bio is { Length: > 0 } bio ? bio : Title;

    public DateTime Updated =>
        posts.Select(x => x.EditedAt ?? x.Date).DefaultIfEmpty(profile.CreatedAt).Max();

    /// <summary>The user's page.</summary>
    public string Address => links.Absolute(request, SiteLinks.User(Username));

    /// <summary>What names the feed for good.</summary>
    public string Id => links.UserId(request, Username, profile.User.Id);

    /// <summary>Where this feed itself is.</summary>
    /// <param name="kind"><c>rss</c> or <c>atom</c>.</param>
    public string AddressAs(string kind) => links.Absolute(request, SiteLinks.Feed(Username, kind));

    public string AddressOf(PostView post) =>
        links.Absolute(request, SiteLinks.Post(post.Author.Username, post.Id));

    /// <summary>What names a post for good.</summary>
    public string IdOf(PostView post) => links.PostId(request, post.Author.Username, post.Id);

    /// <summary>The text as HTML, with its line breaks and links, and the pictures below it.</summary>
    public string ContentOf(PostView post) =>
        FrameText.ForFeed(
            post,
            x => links.Absolute(request, x),
            x => links.OfPicture(request, links.File(x))!
        );

    public static string TitleOf(PostView post) => PostSummary.TitleOf(post, TitleLength);
}
