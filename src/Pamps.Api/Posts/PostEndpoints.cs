using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Pamps.Api.Users;
using Pamps.Auth;
using Pamps.Core.Posts;
using Pamps.Core.Results;
using Pamps.Http;
using Pamps.Http.Accounts;

namespace Pamps.Api.Posts;

/// <summary>Posts, replies, likes and bookmarks.</summary>
internal static class PostEndpoints
{
    public static void MapPosts(this RouteGroupBuilder api)
    {
        var posts = api.MapGroup("/post").WithTags("post");

        posts
            .MapGet("/", HomeAsync)
            .Open("ListPosts", "List everyone's posts that are not replies, newest first")
            .GivesList<PostResponse>();
        posts
            .MapPost("/", CreateAsync)
            .SignedInOnly("CreatePost", "Write a post, or a reply to one")
            .GivesNew<PostResponse>()
            .Refuses(403, 404, 413, 415, 422);
        posts
            .MapGet("/direct/", DirectAsync)
            .SignedInOnly(
                "ListDirectPosts",
                "List the posts that are for oneself and some others only, newest first"
            )
            .GivesList<PostResponse>();
        posts
            .MapGet("/bookmarks/", BookmarksAsync)
            .SignedInOnly(
                "ListBookmarks",
                "List the posts that one has bookmarked, the newest bookmark first"
            )
            .GivesList<PostResponse>();
        posts
            .MapGet("/{id}/", ReadAsync)
            .Open("ReadPost", "Read a post with the first 100 of its replies")
            .Gives<PostResponseWithReplies>(200, 304)
            .Refuses(404, 422);
        posts
            .MapGet("/{id}/replies/", RepliesAsync)
            .Open("ListReplies", "List the replies to a post, oldest first")
            .GivesList<PostResponse>()
            .Refuses(404);
        posts
            .MapGet("/{id}/ancestors/", AncestorsAsync)
            .Open("ReadAncestors", "Read the posts that a reply replies to, outermost first, the nearest 50")
            .Gives<PostResponse[]>(200)
            .Refuses(404, 422);
        posts
            .MapMethods("/{id}/", ["PUT"], EditAsync)
            .SignedInOnly("ReplacePost", "Change the text of one's post, and which pictures it shows")
            .Gives<PostResponse>(200)
            .Refuses(403, 404, 413, 415, 422);
        posts
            .MapMethods("/{id}/", ["PATCH"], EditAsync)
            .SignedInOnly("EditPost", "Change the text of one's post, and which pictures it shows")
            .Gives<PostResponse>(200)
            .Refuses(403, 404, 413, 415, 422);
        posts
            .MapDelete("/{id}/", DeleteAsync)
            .SignedInOnly("DeletePost", "Delete a post; its replies stay (author or superusers)")
            .Gives(204)
            .Refuses(403, 404, 422);
        posts
            .MapGet("/user/{username}/", OfUserAsync)
            .Open("ListPostsOfUser", "List a user's posts, oldest first unless asked otherwise")
            .GivesList<PostResponse>()
            .Refuses(404);
        posts
            .MapPost("/{id}/like/", LikeAsync)
            .SignedInOnly("LikePost", "Like a post")
            .Gives<LikeResponse>(200, 201)
            .Refuses(404, 422);
        posts
            .MapDelete("/{id}/like/", UnlikeAsync)
            .SignedInOnly("UnlikePost", "Take back one's like")
            .Gives(204)
            .Refuses(404, 422);
        posts
            .MapPost("/{id}/bookmark/", BookmarkAsync)
            .SignedInOnly("BookmarkPost", "Bookmark a post, of which nobody else knows")
            .Gives<BookmarkResponse>(200, 201)
            .Refuses(404, 422);
        posts
            .MapDelete("/{id}/bookmark/", UnbookmarkAsync)
            .SignedInOnly("UnbookmarkPost", "Take one's bookmark off a post")
            .Gives(204)
            .Refuses(404, 422);
        posts
            .MapMethods("/{id}/pin/", ["PUT"], PinAsync)
            .SignedInOnly("PinPost", "Pin one's public post to one's profile, at most 5 of them")
            .Gives<PostResponse>(200)
            .Refuses(403, 404, 409, 422);
        posts
            .MapDelete("/{id}/pin/", UnpinAsync)
            .SignedInOnly("UnpinPost", "Take one's post off one's profile")
            .Gives(204)
            .Refuses(403, 404, 422);
        posts
            .MapGet("/pinned/{username}/", PinnedByAsync)
            .Open("ListPinnedPosts", "List the posts that a user has pinned, newest first")
            .GivesList<PostResponse>()
            .Refuses(404);
        posts
            .MapGet("/{id}/likes/", LikersAsync)
            .Open("ListLikers", "List the users who like a post, the oldest like first")
            .GivesList<UserResponse>()
            .Refuses(404);
        posts
            .MapGet("/likes/{username}/", LikedByAsync)
            .Open("ListLikedPosts", "List the posts a user likes, the newest like first")
            .GivesList<PostResponse>()
            .Refuses(404);
    }

    private static async Task<IResult> HomeAsync(
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListPosts posts,
        CancellationToken ct
    ) => (await posts.HomeAsync(me?.ToViewer(), page.ToRequest(), ct)).ToList(PostResponse.From);

    private static async Task<IResult> CreateAsync(
        Body<PostRequest> body,
        SignedIn me,
        IdempotencyHeader retry,
        CreatePost create,
        CancellationToken ct
    )
    {
        var x = body.Value;
        var visibility = VisibilityWord.Parse(x.Visibility);
        return visibility.IsRefused(out var error)
            ? error.ToProblem()
            : (
                await create.RunAsync(
                    me.ToViewer(),
                    x.Text,
                    x.ParentId,
                    visibility.Value,
                    x.MediaIds,
                    x.Sensitive,
                    retry.ToKey(),
                    ct
                )
            ).ToCreated(post => $"/post/{post.Id}/", PostResponse.From);
    }

    private static async Task<IResult> DirectAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        ListPosts posts,
        CancellationToken ct
    ) => (await posts.DirectAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(PostResponse.From);

    private static async Task<IResult> BookmarksAsync(
        [AsParameters] PageQuery page,
        SignedIn me,
        ListPosts posts,
        CancellationToken ct
    ) => (await posts.BookmarkedAsync(me.ToViewer(), page.ToRequest(), ct)).ToList(PostResponse.From);

    private static async Task<IResult> ReadAsync(
        PostId id,
        SignedIn? me,
        ReadPost read,
        CancellationToken ct
    ) => (await read.WithRepliesAsync(me?.ToViewer(), id.Value, ct)).ToOne(PostResponseWithReplies.From);

    private static async Task<IResult> RepliesAsync(
        PostId id,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListPosts posts,
        CancellationToken ct
    ) => (await posts.RepliesAsync(me?.ToViewer(), id.Value, page.ToRequest(), ct)).ToList(PostResponse.From);

    private static async Task<IResult> AncestorsAsync(
        PostId id,
        SignedIn? me,
        ReadPost read,
        CancellationToken ct
    ) => (await read.AncestorsAsync(me?.ToViewer(), id.Value, ct)).ToList(PostResponse.From);

    private static async Task<IResult> EditAsync(
        PostId id,
        Body<PostChange> body,
        SignedIn me,
        EditPost edit,
        CancellationToken ct
    ) =>
        (
            await edit.RunAsync(
                me.ToViewer(),
                id.Value,
                body.Value.Text,
                body.Value.MediaIds,
                body.Value.Sensitive,
                ct
            )
        ).ToOk(PostResponse.From);

    private static async Task<IResult> DeleteAsync(
        PostId id,
        SignedIn me,
        DeletePost delete,
        HttpContext context,
        CancellationToken ct
    ) => (await delete.RunAsync(me.ToViewer(context), id.Value, ct)).ToNoContent();

    private static async Task<IResult> OfUserAsync(
        string username,
        [AsParameters] RepliesQuery replies,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListPosts posts,
        CancellationToken ct
    ) =>
        (
            await posts.OfUserAsync(me?.ToViewer(), username, replies.IncludeReplies, page.ToRequest(), ct)
        ).ToList(PostResponse.From);

    private static async Task<IResult> LikeAsync(
        PostId id,
        SignedIn me,
        IdempotencyHeader retry,
        LikePost like,
        CancellationToken ct
    ) => (await like.RunAsync(me.ToViewer(), id.Value, retry.ToKey(), ct)).ToMade(LikeResponse.From);

    private static async Task<IResult> UnlikeAsync(
        PostId id,
        SignedIn me,
        LikePost like,
        CancellationToken ct
    ) => (await like.UndoAsync(me.ToViewer(), id.Value, ct)).ToNoContent();

    private static async Task<IResult> BookmarkAsync(
        PostId id,
        SignedIn me,
        IdempotencyHeader retry,
        BookmarkPost bookmark,
        CancellationToken ct
    ) => (await bookmark.RunAsync(me.ToViewer(), id.Value, retry.ToKey(), ct)).ToMade(BookmarkResponse.From);

    private static async Task<IResult> UnbookmarkAsync(
        PostId id,
        SignedIn me,
        BookmarkPost bookmark,
        CancellationToken ct
    ) => (await bookmark.UndoAsync(me.ToViewer(), id.Value, ct)).ToNoContent();

    private static async Task<IResult> PinAsync(PostId id, SignedIn me, PinPost pin, CancellationToken ct) =>
        (await pin.RunAsync(me.ToViewer(), id.Value, ct)).ToOk(PostResponse.From);

    private static async Task<IResult> UnpinAsync(
        PostId id,
        SignedIn me,
        PinPost pin,
        CancellationToken ct
    ) => (await pin.UndoAsync(me.ToViewer(), id.Value, ct)).ToNoContent();

    private static async Task<IResult> PinnedByAsync(
        string username,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListPosts posts,
        CancellationToken ct
    ) =>
        (await posts.PinnedByAsync(me?.ToViewer(), username, page.ToRequest(), ct)).ToList(PostResponse.From);

    private static async Task<IResult> LikersAsync(
        PostId id,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListPosts posts,
        CancellationToken ct
    ) => (await posts.LikersAsync(me?.ToViewer(), id.Value, page.ToRequest(), ct)).ToList(UserResponse.From);

    private static async Task<IResult> LikedByAsync(
        string username,
        [AsParameters] PageQuery page,
        SignedIn? me,
        ListPosts posts,
        CancellationToken ct
    ) => (await posts.LikedByAsync(me?.ToViewer(), username, page.ToRequest(), ct)).ToList(PostResponse.From);
}

/// <summary>The query of a list that can leave replies out.</summary>
internal sealed class RepliesQuery : ICheckedInput
{
    [FromQuery(Name = "include_replies"), Description("Whether replies are among them; false by default.")]
    public string? Text { get; set; }

    public bool IncludeReplies => Flag.IsSet(Text);

    public IReadOnlyDictionary<string, FieldError>? Wrong => Flag.Check("include_replies", Text);
}
