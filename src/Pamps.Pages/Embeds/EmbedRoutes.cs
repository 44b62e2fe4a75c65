using System.Globalization;
using System.Text.Encodings.Web;
using Pamps.Core;
using Pamps.Core.Media;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Pages.Html;
using Pamps.Pages.Routing;

namespace Pamps.Pages.Embeds;

/// <summary>Posts and people on other sites: what is framed there, and what tells them how (https://oembed.com).</summary>
internal static class EmbedRoutes
{
    private const int TitleLength = 70;
    private const int PostsOfUser = 5;
    private const int Widest = 550;
    private const int Narrowest = 220;

    /// <summary>Letters in a line of the widest frame, and the heights of what stands in one, in pixels.</summary>
    private const int LineLetters = 55;
    private const int LineHeight = 28;
    private const int AroundText = 170;
    private const int ProfileHeight = 600;
    private const int Lowest = 200;
    private const int Highest = 1000;

    public static void MapEmbeds(this IEndpointRouteBuilder app)
    {
        var embeds = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().Counted();
        embeds
            .MapGet("/oembed", TellAsync)
            .WithName("OEmbed")
            .WithSummary("How another site shows a post or a person");
        var frames = embeds
            .MapGroup("")
            .WithMetadata(new ReadOnlyMetadata(), new PageMetadata(), new FramableMetadata());
        frames
            .Map("/@{username:username}/embed", UserAsync)
            .WithName("UserEmbed")
            .WithSummary("A person's newest posts, to be framed");
        frames
            .Map("/@{username:username}/{id:long}/embed", PostAsync)
            .WithName("PostEmbed")
            .WithSummary("A post, to be framed");
    }

    private static async Task<IResult> PostAsync(
        string username,
        long id,
        HttpRequest request,
        ReadPost read,
        CancellationToken ct
    )
    {
        if (await FindAsync(read, username, id, ct) is not { } post)
        {
            return PageRoutes.NotFound(request);
        }
        return new EmbedPage
        {
            Title = TitleOf(post),
            Path = SiteLinks.Post(post.Author.Username, id),
            Posts = [post],
            Focus = post,
        };
    }

    private static async Task<IResult> UserAsync(
        string username,
        HttpRequest request,
        ReadProfile profiles,
        ListPosts posts,
        CancellationToken ct
    )
    {
        var profile = await profiles.RunAsync(viewer: null, username, ct);
        var newest = new PageRequest(PostsOfUser, Order: ListOrder.Newest);
        var own = await posts.OfUserAsync(viewer: null, username, includeReplies: false, newest, ct);
        if (profile.IsRefused(out _) || own.IsRefused(out _))
        {
            return PageRoutes.NotFound(request);
        }
        var user = profile.Value.User;
        var name = PersonName.Of(user.Username, user.DisplayName);
        return new EmbedPage
        {
            Title = name,
            Path = SiteLinks.User(user.Username),
            Heading = name,
            Posts = own.Value.Items,
        };
    }

    private static async Task<IResult> TellAsync(
        HttpRequest request,
        SiteLinks links,
        ReadPost read,
        ReadProfile profiles,
        PampsOptions options,
        CancellationToken ct,
        string url = "",
        string format = "json",
        int maxwidth = Widest,
        int maxheight = Highest
    )
    {
        if (format != "json")
        {
            return Results.StatusCode(StatusCodes.Status501NotImplemented);
        }
        if (PathOf(request, links, url) is not { } path)
        {
            return Results.NotFound();
        }
        var (username, id) = path;
        string name;
        string title;
        int height;
        if (id is not null)
        {
            if (await FindAsync(read, username, id.Value, ct) is not { } post)
            {
                return Results.NotFound();
            }
            (username, title, height) = (post.Author.Username, TitleOf(post), HeightOf(post));
            name = post.Author.DisplayName ?? username;
        }
        else
        {
            var profile = await profiles.RunAsync(viewer: null, username, ct);
            if (profile.IsRefused(out _))
            {
                return Results.NotFound();
            }
            var user = profile.Value.User;
            username = user.Username;
            (title, height) = (PersonName.Of(username, user.DisplayName), ProfileHeight);
            name = user.DisplayName ?? username;
        }
        var width = Math.Clamp(maxwidth, Narrowest, Widest);
        height = Math.Min(height, Math.Max(maxheight, Lowest));
        var frame = links.Absolute(
            request,
            (id is null ? SiteLinks.User(username) : SiteLinks.Post(username, id.Value)) + "/embed"
        );
        var html = string.Create(
            CultureInfo.InvariantCulture,
            $"<iframe src=\"{HtmlEncoder.Default.Encode(frame)}\" title=\"{HtmlEncoder.Default.Encode(title)}\" width=\"{width}\" height=\"{height}\" style=\"border: 0; max-width: 100%\" loading=\"lazy\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\"></iframe>"
        );
        return TypedResults.Json(
            new OEmbed(
                title,
                name,
                links.Absolute(request, SiteLinks.User(username)),
                options.Site.Name,
                links.Absolute(request, "/"),
                html,
                width,
                height
            ),
            OEmbedJson.Default.OEmbed
        );
    }

    /// <summary>What a stranger may read of it; null when there is nothing.</summary>
    private static async Task<PostView?> FindAsync(
        ReadPost read,
        string username,
        long id,
        CancellationToken ct
    )
    {
        var found = await read.RunAsync(viewer: null, id, ct);
        return
            found.IsRefused(out _)
            || !found.Value.Author.Username.Equals(username, StringComparison.OrdinalIgnoreCase)
            ? null
            : found.Value;
    }

    /// <summary>The person and the post that an address of this site is about; null for every other address.</summary>
    private static (string Username, long? Id)? PathOf(HttpRequest request, SiteLinks links, string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            || !links.IsHere(request, address)
            || address.AbsolutePath.Trim('/').Split('/') is not [['@', .. var name], .. var rest]
            || name.Length == 0
            || !name.All(UserName.IsCharacter)
        )
        {
            return null;
        }
        return rest switch
        {
            [] => (name, null),
            [var number]
                when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => (
                name,
                id
            ),
            _ => null,
        };
    }

    private static string TitleOf(PostView post) =>
        $"{PersonName.Of(post.Author.Username, post.Author.DisplayName)}: {PostSummary.TitleOf(post, TitleLength)}";

    /// <summary>About how high the post is in a frame, which without scripts cannot say it itself.</summary>
    private static int HeightOf(PostView post)
    {
        var lines = post.Text.Split('\n').Sum(x => 1 + x.Length / LineLetters);
        var media = post.Media.Read();
        if (post.Sensitive && media.Count > 0)
        {
            return Math.Clamp(AroundText + (lines + 2) * LineHeight, Lowest, Highest);
        }
        MediaView[] pictures = [.. media.Where(x => !x.IsRecording)];
        var shown =
            pictures.Length == 0 ? 0
            : pictures.Length == 2 ? Widest / 2
            : pictures.Length > 1 ? Widest
            : (int)(Widest / FramePictures.ShapeOf(pictures[0]));
        shown += media.Where(x => x.IsRecording).Sum(x => (int)(Widest / FramePictures.ShapeOf(x)));
        return Math.Clamp(AroundText + lines * LineHeight + shown, Lowest, Highest);
    }
}
