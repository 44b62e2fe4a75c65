using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Pamps.Core.Posts;
using Pamps.Http;

namespace Pamps.Pages.Html;

/// <summary>
/// What a page shows before the client has drawn it, and all that it shows without JavaScript: the words of posts, in
/// the client's own classes, so that nothing moves when the client takes over. Its styles know components by the
/// attribute <c>data-v-name</c>, see web/vite.config.ts.
/// </summary>
internal sealed record Frame
{
    /// <summary>The first screens of a list; more would take longer to read than the client to arrive.</summary>
    private const int MostPosts = 10;

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What the bar at the top says, or null for a page that has none.</summary>
    public required Func<Words, string> Heading { get; init; }

    /// <summary>The post that the page is about, or null.</summary>
    public PostView? Focus { get; init; }

    /// <summary>What <see cref="Focus"/> answers and what that answers, outermost first; nothing of what is not there any more.</summary>
    public IReadOnlyList<PostView> Above { get; init; } = [];

    /// <summary>The posts of the page's list.</summary>
    public IReadOnlyList<PostView> Posts { get; init; } = [];

    /// <summary>The path of the page that is shown, which the navigation marks.</summary>
    public string? Path { get; init; }

    /// <summary>The HTML that stands in the client's element until the client replaces it.</summary>
    public string ToHtml(Words words, string site, SiteLinks links)
    {
        var html = new StringBuilder("<div class=\"frame app-shell\" data-v-appshell>");
        WriteNavigation(html, words, site);
        html.Append("<main data-v-appshell>");
        WriteHeader(html, words, site);
        if (Focus is not null)
        {
            if (Above is [.., var parent])
            {
                WriteAbove(html, words, links, parent);
            }
            html.Append("<div class=\"thread\">");
            WritePost(html, words, links, Focus, ParentOf(Focus, Above), "focus");
            html.Append("<div class=\"answer\">");
            WriteButton(html, "secondary medium", "postpage", Back("/sign-in"), words.SignInToReply);
            html.Append("</div>");
        }
        html.Append("<div>");
        foreach (var post in Posts.Take(MostPosts))
        {
            WritePost(html, words, links, post, Focus, "list");
            if (Focus is not null && post.RepliesCount > 0)
            {
                html.Append("<div class=\"post-branch\"><a class=\"open\" href=\"")
                    .Append(AddressOf(post))
                    .Append("\">")
                    .Append(Html.Encode(words.Replies(post.RepliesCount)))
                    .Append("</a></div>");
            }
        }
        html.Append(Focus is null ? "</div>" : "</div></div>");
        return html.Append("</main></div>").ToString();
    }

    /// <summary>What is answered, and a way to what was said before.</summary>
    private void WriteAbove(StringBuilder html, Words words, SiteLinks links, PostView parent)
    {
        html.Append("<div>");
        if (Above.Count > 1)
        {
            html.Append("<a class=\"earlier\" href=\"")
                .Append(AddressOf(parent))
                .Append("\">")
                .Append(Html.Encode(words.Earlier(Above.Count - 1)))
                .Append("</a>");
        }
        WritePost(html, words, links, parent, ParentOf(parent, Above), "ancestor");
        html.Append("</div>");
    }

    private static PostView? ParentOf(PostView post, IReadOnlyList<PostView> above) =>
        above.FirstOrDefault(x => x.Id == post.ParentId);

    private void WriteNavigation(StringBuilder html, Words words, string site)
    {
        html.Append("<nav class=\"app-navigation\" data-v-appnavigation>")
            .Append("<a class=\"brand\" data-v-appnavigation href=\"/\">")
            .Append("<svg class=\"app-logo\" data-v-applogo aria-hidden=\"true\"></svg>")
            .Append("<span class=\"name\" data-v-appnavigation>")
            .Append(Html.Encode(site))
            .Append("</span></a><ul data-v-appnavigation>");
        Link("/", words.Everyone);
        Link("/search", words.Search);
        Link("/settings/look", words.Settings);
        Link("/about", words.About);
        Link(Back("/sign-in"), words.SignIn);
        html.Append("</ul>");
        WriteButton(html, "primary medium join", "appnavigation", Back("/sign-up"), words.CreateAccount);
        html.Append("</nav>");

        void Link(string path, string label) =>
            html.Append("<li data-v-appnavigation><a class=\"link")
                .Append(path == Path ? " router-link-exact-active" : "")
                .Append("\" data-v-appnavigation href=\"")
                .Append(path)
                .Append("\"><svg class=\"app-icon\" data-v-appicon aria-hidden=\"true\"></svg>")
                .Append("<span class=\"label\" data-v-appnavigation>")
                .Append(Html.Encode(label))
                .Append("</span></a></li>");
    }

    /// <summary>The address of a page that leads back here afterwards.</summary>
    private string Back(string path) =>
        Focus is null ? path : $"{path}?next={Uri.EscapeDataString(AddressOf(Focus))}";

    private void WriteHeader(StringBuilder html, Words words, string site)
    {
        html.Append("<header class=\"app-header\" data-v-appheader>")
            .Append(
                Focus is not null
                    ? "<span class=\"back\" data-v-appheader></span>"
                    : "<a class=\"brand\" data-v-appheader tabindex=\"-1\" aria-hidden=\"true\" href=\"/\"><svg class=\"app-logo\" data-v-applogo></svg></a>"
            )
            .Append("<div class=\"heading\" data-v-appheader>");
        if (Focus is null)
        {
            html.Append("<p class=\"site muted\" data-v-appheader>").Append(Html.Encode(site)).Append("</p>");
        }
        html.Append("<h1 data-v-appheader>").Append(Html.Encode(Heading(words))).Append("</h1></div>");
        if (Focus is null)
        {
            WriteButton(html, "primary small join", "publichomepage", "/sign-up", words.CreateAccount);
        }
        html.Append("</header>");
    }

    /// <summary>A link that looks like a button.</summary>
    private static void WriteButton(
        StringBuilder html,
        string classes,
        string component,
        string path,
        string label
    ) =>
        html.Append("<a class=\"app-button ")
            .Append(classes)
            .Append("\" data-v-appbutton data-v-")
            .Append(component)
            .Append(" href=\"")
            .Append(path)
            .Append("\"><span class=\"label\" data-v-appbutton>")
            .Append(Html.Encode(label))
            .Append("</span></a>");

    /// <summary>Writes one post.</summary>
    /// <param name="html">What it is written to.</param>
    /// <param name="words">The reader's language.</param>
    /// <param name="links">Where its pictures are.</param>
    /// <param name="post">The post.</param>
    /// <param name="parent">What it answers, where that is known.</param>
    /// <param name="part">What it is on the page, as web/src/components/post/PostCard.vue has it.</param>
    public static void WritePost(
        StringBuilder html,
        Words words,
        SiteLinks links,
        PostView post,
        PostView? parent,
        string part
    )
    {
        var isFocus = part == "focus";
        // Names are of letters, digits and underscores: nothing in them is to be escaped.
        var author = SiteLinks.User(post.Author.Username);
        html.Append("<article class=\"post-card ")
            .Append(part)
            .Append(
                "\" data-v-postcard><a class=\"avatar\" data-v-postcard tabindex=\"-1\" aria-hidden=\"true\" href=\""
            )
            .Append(author)
            .Append("\">");
        WriteAvatar(html, links, post);
        html.Append("</a><header data-v-postcard><a class=\"name\" dir=\"auto\" data-v-postcard href=\"")
            .Append(author)
            .Append("\">")
            .Append(Html.Encode(post.Author.DisplayName ?? post.Author.Username))
            .Append("</a>");
        if (post.Author.DisplayName is not null)
        {
            html.Append("<span class=\"muted handle\" data-v-postcard>@")
                .Append(post.Author.Username)
                .Append("</span>");
        }
        if (!isFocus)
        {
            html.Append(
                    "<span class=\"muted\" aria-hidden=\"true\">·</span><a class=\"muted when\" data-v-postcard href=\""
                )
                .Append(AddressOf(post))
                .Append("\">");
            WriteTime(html, post.Date, "d");
            html.Append("</a>");
        }
        html.Append("</header><div class=\"content\" data-v-postcard>");
        if (post.ParentId is not null)
        {
            WriteContext(html, words, post, parent, isFocus);
        }
        html.Append("<p class=\"post-text\" dir=\"auto\" data-v-posttext>");
        var hasMore = FrameText.Write(html, Html, post, isFolded: !isFocus);
        html.Append("</p>");
        if (hasMore)
        {
            html.Append("<a class=\"more\" data-v-posttext href=\"")
                .Append(AddressOf(post))
                .Append("\">")
                .Append(Html.Encode(words.ShowMore))
                .Append("</a>");
        }
        if (post.Media.Read() is { Count: > 0 } pictures)
        {
            FramePictures.Write(html, Html, words, links, pictures, isCovered: post.Sensitive);
        }
        else if (post.Card.Read() is { } card)
        {
            FrameCard.Write(html, Html, links, post.Sensitive ? card with { Picture = null } : card);
        }
        if (isFocus)
        {
            html.Append("<p class=\"facts muted\" data-v-postcard>");
            WriteTime(html, post.Date, "g");
            html.Append("</p>");
        }
        html.Append("<div class=\"post-actions\" data-v-postactions></div></div></article>");
    }

    private static void WriteContext(
        StringBuilder html,
        Words words,
        PostView post,
        PostView? parent,
        bool isFocus
    )
    {
        html.Append("<p class=\"context muted\" data-v-postcard>");
        var name = parent?.Author.Username ?? post.ParentUsername;
        if (name is null && isFocus)
        {
            html.Append(Html.Encode(words.Reply));
        }
        else
        {
            html.Append("<a data-v-postcard href=\"")
                .Append(name is null ? AddressOf(post) : SiteLinks.Post(name, post.ParentId!.Value))
                .Append("\">")
                .Append(Html.Encode(name is null ? words.Reply : $"{words.InReplyTo} @{name}"))
                .Append("</a>");
        }
        html.Append("</p>");
    }

    private static void WriteAvatar(StringBuilder html, SiteLinks links, PostView post)
    {
        html.Append(
            CultureInfo.InvariantCulture,
            $"<span class=\"user-avatar medium tint-{TintOf(post.Author.Username)}\" data-v-useravatar>"
        );
        if (post.Author.Avatar is null)
        {
            html.Append(char.ToUpperInvariant(post.Author.Username[0]));
        }
        else
        {
            html.Append("<img data-v-useravatar src=\"")
                .Append(Html.Encode(links.Picture(post.Author.Avatar)))
                .Append("\" alt=\"\" width=\"48\" height=\"48\" loading=\"lazy\" decoding=\"async\" ")
                .Append("referrerpolicy=\"no-referrer\" />");
        }
        html.Append("</span>");
    }

    /// <summary>The colour that web/src/components/user/UserAvatar.vue gives a name: FNV-1a of it, in ten classes.</summary>
    private static uint TintOf(string username)
    {
        var hash = 2166136261;
        foreach (var x in username.ToLowerInvariant())
        {
            hash = unchecked((hash ^ x) * 16777619);
        }
        return (hash >> 8) % 10;
    }

    /// <summary>In one form for everyone; the client tells it in the reader's own.</summary>
    private static void WriteTime(StringBuilder html, DateTime time, string format) =>
        html.Append(
            CultureInfo.InvariantCulture,
            $"<time datetime=\"{time:yyyy-MM-ddTHH:mm:ssZ}\">{(format == "d" ? $"{time:yyyy-MM-dd}" : $"{time:yyyy-MM-dd HH:mm} UTC")}</time>"
        );

    private static string AddressOf(PostView post) => SiteLinks.Post(post.Author.Username, post.Id);
}
