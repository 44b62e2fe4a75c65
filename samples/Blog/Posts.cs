using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.Auth;

namespace Blog;

internal static class PostRoutes
{
    public static void MapPosts(this WebApplication app)
    {
        var posts = app.MapGroup("/posts").WithTags("posts");
        posts
            .MapGet("/", List)
            .WithSummary("List posts, the newest first: what is published, and drafts of your own")
            .ProducesValidationProblem(422);
        // Matched before {id} wherever it stands: what is literal wins.
        posts
            .MapGet("/latest", FindLatestAsync)
            .WithSummary("Find the newest published post")
            .Produces<PostJson>()
            .ProducesProblem(404);
        posts
            .MapGet("/{id}", FindAsync)
            .WithSummary("Find a post")
            .Produces<PostJson>()
            .ProducesProblem(404)
            .ProducesValidationProblem(422);

        var mine = posts
            .MapGroup("")
            .RequireAuthorization()
            .ProducesProblem(401)
            .ProducesValidationProblem(422);
        mine.MapPost("/", CreateAsync)
            .WithSummary("Write a post or a draft")
            .Produces<PostJson>(201)
            .ProducesProblem(415);
        mine.MapPut("/{id}", ReplaceAsync)
            .WithSummary("Replace all of a post")
            .Produces<PostJson>(202)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(415);
        mine.MapPatch("/{id}", EditAsync)
            .WithSummary("Change parts of a post")
            .Produces<PostJson>(202)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(415);
        mine.MapDelete("/{id}", DeleteAsync)
            .WithSummary("Delete a post")
            .Produces(204)
            .ProducesProblem(403)
            .ProducesProblem(404);
    }

    private static IAsyncEnumerable<PostJson> List(
        BlogDb db,
        SignedIn? me,
        [Description("How many at most"), Range(1, 100)] int limit = 50,
        [Description("The last id of the page before")] long? before = null
    ) =>
        Visible(db, me)
            .Where(x => before == null || x.Id < before)
            .OrderByDescending(x => x.Id)
            .Take(limit)
            .AsAsyncEnumerable()
            .Select(PostJson.Of);

    private static async Task<IResult> FindLatestAsync(BlogDb db, SignedIn? me) =>
        One(await Visible(db, me).Where(x => x.Published).OrderByDescending(x => x.Id).FirstOrDefaultAsync());

    private static async Task<IResult> FindAsync(long id, BlogDb db, SignedIn? me) =>
        One(await Visible(db, me).FirstOrDefaultAsync(x => x.Id == id));

    private static async Task<IResult> CreateAsync(NewPost body, BlogDb db, SignedIn me, TimeProvider time)
    {
        var post = new Post
        {
            Title = body.Title,
            Content = body.Content,
            Published = body.Published,
            Rating = body.Rating,
            Created = time.GetUtcNow(),
            OwnerId = me.AccountId,
            Owner = await db.Users.SingleAsync(x => x.Id == me.AccountId),
        };
        db.Add(post);
        await db.SaveChangesAsync();
        return TypedResults.Created($"/posts/{post.Id}", PostJson.Of(post));
    }

    private static Task<IResult> ReplaceAsync(long id, WholePost body, BlogDb db, SignedIn me) =>
        ChangeAsync(id, db, me, post =>
            (post.Title, post.Content, post.Published, post.Rating) = (
                body.Title,
                body.Content,
                body.Published,
                body.Rating
            )
        );

    private static Task<IResult> EditAsync(long id, PartOfPost body, BlogDb db, SignedIn me) =>
        ChangeAsync(id, db, me, post =>
        {
            post.Title = body.Title ?? post.Title;
            post.Content = body.Content ?? post.Content;
            post.Published = body.Published ?? post.Published;
            post.Rating = body.HasRating ? body.Rating : post.Rating;
        });

    private static async Task<IResult> DeleteAsync(long id, BlogDb db, SignedIn me) =>
        await ChangeAsync(id, db, me, post => db.Remove(post)) is ProblemHttpResult refused
            ? refused
            : TypedResults.NoContent();

    /// <summary>Somebody else's draft is not there; somebody else's published post is not the caller's.</summary>
    private static async Task<IResult> ChangeAsync(long id, BlogDb db, SignedIn me, Action<Post> change)
    {
        var post = await Visible(db, me).FirstOrDefaultAsync(x => x.Id == id);
        if (post is null)
        {
            return One(null);
        }
        if (post.OwnerId != me.AccountId)
        {
            return TypedResults.Problem("This post is not yours", statusCode: 403);
        }
        change(post);
        try
        {
            await db.SaveChangesAsync();
            return TypedResults.Accepted($"/posts/{id}", PostJson.Of(post));
        }
        catch (DbUpdateConcurrencyException)
        {
            // Deleted between the question and the save.
            return One(null);
        }
    }

    private static IQueryable<Post> Visible(BlogDb db, SignedIn? me)
    {
        var myId = me?.AccountId;
        return db.Posts.Include(x => x.Owner).Where(x => x.Published || x.OwnerId == myId);
    }

    private static IResult One(Post? post) =>
        post is null
            ? TypedResults.Problem("There is no such post", statusCode: 404)
            : TypedResults.Ok(PostJson.Of(post));
}

// What is read from a request is public: the framework's validation sees no other types.

/// <example>{ "title": "Hello", "content": "The first.", "published": true, "rating": 5 }</example>
public sealed record NewPost
{
    [StringLength(255, MinimumLength = 1), PlainText]
    public required string Title { get; init; }

    [StringLength(20_000, MinimumLength = 1), PlainText]
    public required string Content { get; init; }

    [DefaultValue(true)]
    public bool Published { get; init; } = true;

    [Range(1, 5)]
    public int? Rating { get; init; }
}

/// <summary>All of it, so that a field that was forgotten changes nothing.</summary>
/// <example>{ "title": "Hello", "content": "Better.", "published": true, "rating": null }</example>
public sealed record WholePost
{
    [StringLength(255, MinimumLength = 1), PlainText]
    public required string Title { get; init; }

    [StringLength(20_000, MinimumLength = 1), PlainText]
    public required string Content { get; init; }

    public required bool Published { get; init; }

    [Range(1, 5)]
    public required int? Rating { get; init; }
}

/// <summary>What is not sent stays as it is; a rating of null is taken away.</summary>
/// <example>{ "published": true, "rating": 5 }</example>
public sealed class PartOfPost
{
    [StringLength(255, MinimumLength = 1), PlainText]
    public string? Title { get; init; }

    [StringLength(20_000, MinimumLength = 1), PlainText]
    public string? Content { get; init; }

    public bool? Published { get; init; }

    [Range(1, 5)]
    public int? Rating
    {
        get;
        init => (field, HasRating) = (value, true);
    }

    internal bool HasRating { get; private init; }
}

/// <summary>PostgreSQL keeps no NUL in a text.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class PlainTextAttribute() : ValidationAttribute("{0} may not hold NUL characters")
{
    public override bool IsValid(object? value) => value is not string text || !text.Contains('\0');
}

/// <example>
/// {
///   "id": 1, "title": "Hello", "content": "The first.", "published": true, "rating": 5,
///   "created": "2026-10-30T11:05:02.417Z", "owner": { "id": 1, "email": "ana@example.org" }
/// }
/// </example>
internal sealed record PostJson(
    long Id,
    string Title,
    string Content,
    bool Published,
    int? Rating,
    DateTimeOffset Created,
    OwnerJson Owner
)
{
    public static PostJson Of(Post post) =>
        new(
            post.Id,
            post.Title,
            post.Content,
            post.Published,
            post.Rating,
            post.Created,
            new OwnerJson(post.Owner.Id, post.Owner.Email)
        );
}

internal sealed record OwnerJson(long Id, string Email);
