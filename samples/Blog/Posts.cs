using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Pamps.Auth;

namespace Blog;

internal static class PostRoutes
{
    public static void MapPosts(this WebApplication app)
    {
        var posts = app.MapGroup("/posts");
        posts.MapGet("/", List);
        // Matched before {id} wherever it stands: what is literal wins.
        posts.MapGet("/latest", FindLatestAsync);
        posts.MapGet("/{id}", FindAsync);
        posts.MapPost("/", CreateAsync).RequireAuthorization();
        posts.MapPut("/{id}", ReplaceAsync).RequireAuthorization();
        posts.MapPatch("/{id}", EditAsync).RequireAuthorization();
        posts.MapDelete("/{id}", DeleteAsync).RequireAuthorization();
    }

    private static IAsyncEnumerable<PostJson> List(
        BlogDb db,
        SignedIn? me,
        [Range(1, 100)] int limit = 50,
        long before = long.MaxValue
    ) =>
        Visible(db, me)
            .Where(x => x.Id < before)
            .OrderByDescending(x => x.Id)
            .Take(limit)
            .AsAsyncEnumerable()
            .Select(PostJson.Of);

    private static async Task<IResult> FindLatestAsync(BlogDb db, SignedIn? me) =>
        One(await Visible(db, me).Where(x => x.Published).OrderByDescending(x => x.Id).FirstOrDefaultAsync());

    private static async Task<IResult> FindAsync(long id, BlogDb db, SignedIn? me) =>
        One(await Visible(db, me).FirstOrDefaultAsync(x => x.Id == id));

    private static async Task<IResult> CreateAsync(WholePost body, BlogDb db, SignedIn me, TimeProvider time)
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
        ChangeAsync(
            id,
            db,
            me,
            post =>
                (post.Title, post.Content, post.Published, post.Rating) = (
                    body.Title,
                    body.Content,
                    body.Published,
                    body.Rating
                )
        );

    private static Task<IResult> EditAsync(long id, PartOfPost body, BlogDb db, SignedIn me) =>
        ChangeAsync(
            id,
            db,
            me,
            post =>
            {
                post.Title = body.Title ?? post.Title;
                post.Content = body.Content ?? post.Content;
                post.Published = body.Published ?? post.Published;
                post.Rating = body.HasRating ? body.Rating : post.Rating;
            }
        );

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
            return Problems.Refuse(403, "This post is not yours");
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
        post is null ? Problems.Refuse(404, "There is no such post") : TypedResults.Ok(PostJson.Of(post));
}

public sealed record WholePost(
    [Required, StringLength(255), PlainText] string Title,
    [Required, StringLength(20_000), PlainText] string Content,
    bool Published = true,
    [Range(1, 5)] int? Rating = null
);

/// <summary>What is not sent stays as it is; a rating of null is taken away.</summary>
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
