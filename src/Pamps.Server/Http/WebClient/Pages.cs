using Pamps.Api.Site;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Users;

namespace Pamps.Server.Http.WebClient;

/// <summary>The addresses that people go to. The client draws them all; each brings its own head and first data.</summary>
internal static class Pages
{
    private const int TitleLength = 70;
    private const int DescriptionLength = 200;
    private static readonly string[] GetOrHead = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("")
            .AllowAnonymous()
            .ExcludeFromDescription()
            .WithMetadata(new PageMetadata());

        Map("/", "PublicHomePage", "Everyone's posts", PublicHomeAsync);
        Map("/home", "HomePage", "The home timeline", Plain(x => x.Home));
        Map("/notifications", "NotificationsPage", "Notifications", Plain(x => x.Notifications));
        Map("/settings", "SettingsPage", "Settings", Plain(x => x.Settings));
        Map("/sign-in", "SignInPage", "Sign in", Plain(x => x.SignIn));
        Map("/sign-up", "SignUpPage", "Sign up", Plain(x => x.SignUp));
        Map("/about", "AboutPage", "About the site", Plain(x => x.About));
        Map("/search", "SearchPage", "Search", Plain(x => x.Search));
        Map("/tag/{tag}", "TagPage", "Posts with a hashtag", Tag);
        MapReadOnly("/@{username:username}", "UserPage", "A user with their posts", UserAsync);
        MapReadOnly(
            "/@{username:username}/replies",
            "UserRepliesPage",
            "A user with their replies",
            UserListAsync
        );
        MapReadOnly(
            "/@{username:username}/likes",
            "UserLikesPage",
            "A user with what they like",
            UserListAsync
        );
        MapReadOnly("/@{username:username}/followers", "FollowersPage", "A user's followers", UserListAsync);
        MapReadOnly("/@{username:username}/following", "FollowingPage", "Whom a user follows", UserListAsync);
        MapReadOnly("/@{username:username}/{id:long}", "PostPage", "A post with its replies", PostAsync);

        void Map(string path, string name, string summary, Delegate handler) =>
            pages.MapMethods(path, GetOrHead, handler).WithName(name).WithSummary(summary);

        void MapReadOnly(string path, string name, string summary, Delegate handler) =>
            pages.Map(path, handler).WithMetadata(new ReadOnlyMetadata()).WithName(name).WithSummary(summary);
    }

    /// <summary>The page for an address that leads nowhere; a problem for programs.</summary>
    public static IResult NotFound(HttpRequest request) =>
        request.IsNavigation()
            ? new Page { Title = Words.For(request).NotFound, Status = StatusCodes.Status404NotFound }
            : Results.NotFound();

    private static Delegate Plain(Func<Words, string> title) =>
        (HttpRequest request) =>
            new Page { Title = title(Words.For(request)), Path = request.Path.Value!.TrimEnd('/') };

    private static Page Tag(string tag, HttpRequest request)
    {
        var name = "#" + tag.ToLine(TitleLength);
        return new Page
        {
            Title = name,
            Description = $"{Words.For(request).PostsWith} {name}",
            Path = "/tag/" + Uri.EscapeDataString(tag),
        };
    }

    private static async Task<Page> PublicHomeAsync(
        ListPosts posts,
        EmbeddedAnswers answers,
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
        EmbeddedAnswers answers,
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
            return MoveTo(request, $"/@{profile.User.Username}");
        }
        var newest = new PageRequest(Order: ListOrder.Newest);
        var own = await posts.OfUserAsync(viewer: null, username, includeReplies: false, newest, ct);
        answers.Add($"/user/{username}/", profile);
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
        EmbeddedAnswers answers,
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
                Path = $"/@{username}/{list}",
                Answers = answers.Add($"/user/{username}/", profile),
            }
            : MoveTo(request, $"/@{profile.User.Username}/{list}");
    }

    private static async Task<IResult> PostAsync(
        string username,
        long id,
        HttpRequest request,
        ReadPost read,
        EmbeddedAnswers answers,
        CancellationToken ct
    )
    {
        var found = await read.WithRepliesAsync(viewer: null, id, ct);
        if (found.IsRefused(out _))
        {
            return NotFound(request);
        }
        var post = found.Value.Post;
        var author = "@" + post.Username;
        if (username != post.Username)
        {
            return MoveTo(request, $"/{author}/{id}");
        }
        answers.Add($"/post/{id}/", found.Value);
        PostView? parent = null;
        if (post.ParentId is not null)
        {
            var above = await read.AncestorsAsync(viewer: null, id, ct);
            if (!above.IsRefused(out _))
            {
                answers.Add($"/post/{id}/ancestors/", above.Value);
                parent = above.Value.Items.FirstOrDefault(x => x.Id == post.ParentId);
            }
        }
        return new Page
        {
            Title = $"{author}: {post.Text.FirstLine(TitleLength)}",
            Description = post.Text.ToLine(DescriptionLength),
            Path = $"/{author}/{id}",
            Type = "article",
            Image = post.Avatar,
            FeedsOf = post.Username,
            Answers = answers,
            Source = "PostPage",
            Frame = new()
            {
                Heading = x => x.Post,
                Focus = post,
                Parent = parent,
                Posts = found.Value.Replies,
            },
        };
    }

    private static Page PageOf(ProfileView profile, HttpRequest request)
    {
        var (name, bio) = ("@" + profile.User.Username, profile.User.Bio ?? "");
        return new Page
        {
            Title = name,
            Description =
                bio.Length > 0 ? bio.ToLine(DescriptionLength) : $"{Words.For(request).PostsBy} {name}",
            Path = "/" + name,
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
