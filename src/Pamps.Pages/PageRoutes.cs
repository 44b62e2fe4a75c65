using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;
using Pamps.Http;
using Pamps.Pages.Html;
using Pamps.Pages.Routing;

namespace Pamps.Pages;

/// <summary>The addresses that people go to. The client draws them all; each brings its own head and first data.</summary>
internal static class PageRoutes
{
    private const int TitleLength = 70;
    private const int DescriptionLength = 200;

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("")
            .AllowAnonymous()
            .ExcludeFromDescription()
            .WithMetadata(new PageMetadata())
            .Counted();

        // Each said in full, so that the code that calls the handler is generated when this is compiled: made at the
        // start, it took longer than all else there.
        pages.MapGet("/", PublicHomeAsync).Is("PublicHomePage", "Everyone's posts");
        pages.MapGet("/home", Plain(x => x.Home)).Is("HomePage", "The home timeline");
        pages.MapGet("/notifications", Plain(x => x.Notifications)).Is("NotificationsPage", "Notifications");
        pages
            .MapGet("/notifications/aside", Plain(x => x.Aside))
            .Is("AsidePage", "Notifications that were put aside");
        pages.MapGet("/settings", Plain(x => x.Settings)).Is("SettingsPage", "Settings");
        pages.MapGet("/settings/blocked", Plain(x => x.Blocked)).Is("BlockedPage", "Whom one blocks");
        pages.MapGet("/settings/muted", Plain(x => x.Muted)).Is("MutedPage", "Whom one mutes");
        pages
            .MapGet("/settings/filters", Plain(x => x.Filters))
            .Is("FiltersPage", "Words that one does not want to read");
        pages.MapGet("/bookmarks", Plain(x => x.Bookmarks)).Is("BookmarksPage", "Bookmarked posts");
        pages.MapGet("/direct", Plain(x => x.Direct)).Is("DirectPage", "Direct posts");
        pages.MapGet("/settings/look", Plain(x => x.Look)).Is("LookPage", "Language and colors");
        pages
            .MapGet("/follow-requests", Plain(x => x.FollowRequests))
            .Is("FollowRequestsPage", "Who asks to follow");
        pages.MapGet("/sign-in", Plain(x => x.SignIn)).Is("SignInPage", "Sign in");
        pages.MapGet("/sign-up", Plain(x => x.SignUp)).Is("SignUpPage", "Sign up");
        pages
            .MapGet("/forgot-password", Plain(x => x.ForgotPassword))
            .Is("ForgotPasswordPage", "Have a link for a new password sent");
        pages
            .MapGet("/reset-password", Plain(x => x.ResetPassword))
            .Is("ResetPasswordPage", "Give one's account a new password");
        // The client takes what another app shares from the address, and shows it at home.
        pages.MapGet("/share", Plain(x => x.Home)).Is("SharePage", "Write what another app shares");
        pages
            .MapGet("/confirm-email", Plain(x => x.ConfirmEmail))
            .Is("ConfirmEmailPage", "Confirm one's e-mail address");
        pages.MapGet("/rules", Plain(x => x.Rules)).Is("RulesPage", "The site's rules");
        pages.MapGet("/privacy", Plain(x => x.Privacy)).Is("PrivacyPage", "What becomes of people's data");
        pages
            .MapGet("/oauth/authorize", Plain(x => x.LetIn))
            .Is("LetInPage", "Allow a program what it asks for");
        pages.MapGet("/about", Plain(x => x.About)).Is("AboutPage", "About the site");
        pages.MapGet("/search", Plain(x => x.Search)).Is("SearchPage", "Search");
        pages.MapGet("/tag/{tag}", Tag).Is("TagPage", "Posts with a hashtag");

        var readOnly = pages.MapGroup("").WithMetadata(new ReadOnlyMetadata());
        readOnly.Map("/@{username:username}", UserAsync).Is("UserPage", "A user with their posts");
        readOnly
            .Map("/@{username:username}/replies", UserListAsync)
            .Is("UserRepliesPage", "A user with their replies");
        readOnly
            .Map("/@{username:username}/likes", UserListAsync)
            .Is("UserLikesPage", "A user with what they like");
        readOnly
            .Map("/@{username:username}/followers", UserListAsync)
            .Is("FollowersPage", "A user's followers");
        readOnly
            .Map("/@{username:username}/following", UserListAsync)
            .Is("FollowingPage", "Whom a user follows");
        readOnly.Map("/@{username:username}/{id:long}", PostAsync).Is("PostPage", "A post with its replies");
    }

    private static void Is(this IEndpointConventionBuilder page, string name, string summary) =>
        page.WithName(name).WithSummary(summary);

    /// <summary>The page for an address that leads nowhere; a problem for programs.</summary>
    public static IResult NotFound(HttpRequest request) =>
        request.IsNavigation()
            ? new Page { Title = Words.For(request).NotFound, Status = StatusCodes.Status404NotFound }
            : Results.NotFound();

    private static RequestDelegate Plain(Func<Words, string> title) =>
        context =>
            new Page
            {
                Title = title(Words.For(context.Request)),
                Path = context.Request.Path.Value!.TrimEnd('/'),
            }.ExecuteAsync(context);

    private static Page Tag(string tag, HttpRequest request)
    {
        var name = "#" + tag.ToLine(TitleLength);
        return new Page
        {
            Title = name,
            Description = $"{Words.For(request).PostsWith} {name}",
            Path = SiteLinks.Tag(tag),
        };
    }

    private static async Task<Page> PublicHomeAsync(
        ListPosts posts,
        IEmbeddedAnswers answers,
        CancellationToken ct
    )
    {
        var newest = await posts.HomeAsync(viewer: null, new PageRequest(), ct);
        return new()
        {
            Path = "/",
            Answers = answers.Add("/post/", newest),
            Frame = new()
            {
                Heading = x => x.Everyone,
                Path = "/",
                Posts = newest.Items,
            },
        };
    }

    private static async Task<IResult> UserAsync(
        string username,
        HttpRequest request,
        ReadProfile profiles,
        ListPosts posts,
        IEmbeddedAnswers answers,
        CancellationToken ct
    )
    {
        var found = await profiles.RunAsync(viewer: null, username, ct);
        if (found.IsRefused(out _))
        {
            return NotFound(request);
        }
        var profile = found.Value;
        if (username != profile.User.Username)
        {
            return MoveTo(request, SiteLinks.User(profile.User.Username));
        }
        var newest = new PageRequest(Order: ListOrder.Newest);
        var own = await posts.OfUserAsync(viewer: null, username, includeReplies: false, newest, ct);
        var pinned = await posts.PinnedByAsync(viewer: null, username, new PageRequest(), ct);
        answers.Add($"/user/{username}/", profile);
        if (!pinned.IsRefused(out _))
        {
            answers.Add($"/post/pinned/{username}/", pinned.Value);
        }
        if (!own.IsRefused(out _))
        {
            answers.Add($"/post/user/{username}/?order=newest", own.Value);
        }
        return PageOf(profile, request) with { Answers = answers };
    }

    private static async Task<IResult> UserListAsync(
        string username,
        HttpRequest request,
        ReadProfile profiles,
        IEmbeddedAnswers answers,
        CancellationToken ct
    )
    {
        var found = await profiles.RunAsync(viewer: null, username, ct);
        if (found.IsRefused(out _))
        {
            return NotFound(request);
        }
        var profile = found.Value;
        var list = request.Path.Value!.TrimEnd('/').Split('/')[^1];
        return username == profile.User.Username
            ? PageOf(profile, request) with
            {
                Path = $"{SiteLinks.User(username)}/{list}",
                Answers = answers.Add($"/user/{username}/", profile),
            }
            : MoveTo(request, $"{SiteLinks.User(profile.User.Username)}/{list}");
    }

    private static async Task<IResult> PostAsync(
        string username,
        long id,
        HttpRequest request,
        ReadPost read,
        IEmbeddedAnswers answers,
        CancellationToken ct
    )
    {
        var found = await read.WithRepliesAsync(viewer: null, id, ct);
        if (found.IsRefused(out _))
        {
            return NotFound(request);
        }
        var post = found.Value.Post;
        var (author, path) = (
            PersonName.Of(post.Author.Username, post.Author.DisplayName),
            SiteLinks.Post(post.Author.Username, id)
        );
        if (username != post.Author.Username)
        {
            return MoveTo(request, path);
        }
        answers.Add($"/post/{id}/", found.Value);
        IReadOnlyList<PostView> before = [];
        if (post.ParentId is not null)
        {
            var above = await read.AncestorsAsync(viewer: null, id, ct);
            if (!above.IsRefused(out _))
            {
                answers.Add($"/post/{id}/ancestors/", above.Value);
                before = above.Value.Items;
            }
        }
        return new Page
        {
            Title = $"{author}: {PostSummary.TitleOf(post, TitleLength)}",
            Description = PostSummary.LineOf(post, DescriptionLength),
            Path = path,
            Type = "article",
            Image = post.Author.Avatar,
            Picture = !post.Sensitive && post.Media.Read() is [var first, ..] ? first : null,
            FeedsOf = post.Author.Username,
            Answers = answers,
            Source = "PostPage",
            Frame = new()
            {
                Heading = x => x.Post,
                Focus = post,
                Above = before,
                Posts = found.Value.Replies,
            },
        };
    }

    private static Page PageOf(ProfileView profile, HttpRequest request)
    {
        var (name, bio) = (
            PersonName.Of(profile.User.Username, profile.User.DisplayName),
            profile.User.Bio ?? ""
        );
        return new Page
        {
            Title = name,
            Description =
                bio.Length > 0 ? bio.ToLine(DescriptionLength) : $"{Words.For(request).PostsBy} {name}",
            Path = SiteLinks.User(profile.User.Username),
            Type = "profile",
            Image = profile.User.Avatar,
            FeedsOf = profile.User.Username,
            Source = "UserPage",
        };
    }

    /// <summary>Leads to the right address. Not to be kept: names may be given up, and taken by others.</summary>
    private static IResult MoveTo(HttpRequest request, string path)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return Results.Redirect(path + request.QueryString, permanent: true, preserveMethod: true);
    }
}
