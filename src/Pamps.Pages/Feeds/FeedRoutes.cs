using System.Xml.Linq;
using Pamps.Core;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Pages.Files;
using Pamps.Pages.Routing;

namespace Pamps.Pages.Feeds;

/// <summary>A user's newest posts for feed readers, as RSS 2.0 and as Atom (RFC 4287).</summary>
internal static class FeedRoutes
{
    private const int Posts = 20;

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup("")
            .AllowAnonymous()
            .ExcludeFromDescription()
            .WithMetadata(new ReadOnlyMetadata())
            .Counted();
        feeds
            .Map("/@{username:username}.rss", RssAsync)
            .WithName("RssFeed")
            .WithSummary("A user's posts as RSS");
        feeds
            .Map("/@{username:username}.atom", AtomAsync)
            .WithName("AtomFeed")
            .WithSummary("A user's posts as Atom");
    }

    private static Task<IResult> RssAsync(string username, HttpContext context, CancellationToken ct) =>
        AnswerAsync(username, context, FeedXml.RssType, FeedXml.Rss, ct);

    private static Task<IResult> AtomAsync(string username, HttpContext context, CancellationToken ct) =>
        AnswerAsync(username, context, FeedXml.AtomType, FeedXml.Atom, ct);

    private static async Task<IResult> AnswerAsync(
        string username,
        HttpContext context,
        string type,
        Func<Feed, XElement> write,
        CancellationToken ct
    )
    {
        var services = context.RequestServices;
        var newest = new PageRequest(Posts, Order: ListOrder.Newest);
        var profile = await services.GetRequiredService<ReadProfile>().RunAsync(viewer: null, username, ct);
        var posts = await services
            .GetRequiredService<ListPosts>()
            .OfUserAsync(viewer: null, username, includeReplies: false, newest, ct);
        if (profile.IsRefused(out _) || posts.IsRefused(out _))
        {
            return PageRoutes.NotFound(context.Request);
        }
        var feed = new Feed(
            profile.Value,
            posts.Value.Items,
            services.GetRequiredService<PampsOptions>().Site.Name,
            services.GetRequiredService<SiteLinks>(),
            context.Request
        );
        var content = FeedXml.ToBytes(write(feed));
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(content, type + "; charset=utf-8", entityTag: WebClientFile.TagOf(content));
    }
}
