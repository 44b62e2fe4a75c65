using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Pamps.Auth;

namespace Blog;

/// <summary>All that Pamps.Auth must be told: where accounts live.</summary>
internal sealed class Accounts(BlogDb db) : IAccountStore
{
    public Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken) =>
        FirstAsync(db.Users.Where(x => x.Email == User.EmailKey(usernameOrEmail)), cancellationToken);

    public Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        FirstAsync(db.Users.Where(x => x.Id == accountId), cancellationToken);

    private static Task<Account?> FirstAsync(IQueryable<User> users, CancellationToken cancellationToken) =>
        users
            .Select(x => new Account(x.Id, x.Email, x.PasswordHash, true, false))
            .FirstOrDefaultAsync(cancellationToken);
}

internal static class UserRoutes
{
    public static void MapUsers(this WebApplication app)
    {
        var users = app.MapGroup("").WithTags("users");
        users
            .MapPost("/users", CreateAsync)
            .WithSummary("Register")
            .Produces<UserJson>(201)
            .ProducesProblem(409)
            .ProducesProblem(415)
            .ProducesValidationProblem(422)
            .ProducesProblem(429);
        users
            .MapGet("/users/{id}", FindAsync)
            .WithSummary("Find a user")
            .Produces<UserJson>()
            .ProducesProblem(404)
            .ProducesValidationProblem(422);
        // Nobody can forge it: no cookie says who asks.
        users
            .MapPost("/login", LoginAsync)
            .WithSummary("Sign in with an e-mail address and a password")
            .DisableAntiforgery()
            .Produces<TokenJson>()
            .ProducesProblem(404)
            .ProducesProblem(415)
            .ProducesValidationProblem(422)
            .ProducesProblem(429);
    }

    private static async Task<IResult> CreateAsync(
        NewUser body,
        BlogDb db,
        PasswordHashing passwords,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var user = new User
        {
            Email = User.EmailKey(body.Email),
            PasswordHash = await passwords.HashForRegistrationAsync(body.Password, stop),
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(user);
        try
        {
            await db.SaveChangesAsync(stop);
            return TypedResults.Created($"/users/{user.Id}", UserJson.Of(user));
        }
        // The unique index decides, and not a question before: two may ask at once.
        catch (DbUpdateException refused) when (BlogDb.IsTaken(refused))
        {
            return TypedResults.Problem("This e-mail address has an account already", statusCode: 409);
        }
    }

    private static async Task<IResult> FindAsync(long id, BlogDb db) =>
        await db.Users.FindAsync(id) is { } user
            ? TypedResults.Ok(UserJson.Of(user))
            : TypedResults.Problem($"There is no user {id}", statusCode: 404);

    private static async Task<IResult> LoginAsync(
        [FromForm] LoginForm form,
        HttpContext context,
        SignInService service,
        CancellationToken stop
    )
    {
        var from = context.Connection.RemoteIpAddress;
        context.Response.Headers.CacheControl = "no-store";
        return await service.SignInAsync(form.Username, form.Password, from, stop) switch
        {
            SignInOutcome.Right(var pair) => TypedResults.Ok(new TokenJson(pair.AccessToken, "bearer")),
            SignInOutcome.Throttled(var wait) => throw new TooManySignInsException { RetryAfter = wait },
            _ => TypedResults.Problem("Invalid credentials", statusCode: 404),
        };
    }
}

// What is read from a request is public: the framework's validation sees no other types.

/// <example>{ "email": "ana@example.org", "password": "correct horse" }</example>
public sealed record NewUser
{
    [EmailAddress, StringLength(254), PlainText]
    public required string Email { get; init; }

    [NewPassword(128, MinimumLength = 8)]
    public required string Password { get; init; }
}

/// <example>{ "username": "ana@example.org", "password": "correct horse" }</example>
public sealed record LoginForm
{
    /// <summary>The e-mail address; the word is OAuth2's.</summary>
    [Required]
    public string Username { get; init; } = "";

    [Required]
    public string Password { get; init; } = "";
}

/// <example>{ "id": 1, "email": "ana@example.org", "created_at": "2026-10-30T11:05:02.417Z" }</example>
internal sealed record UserJson(long Id, string Email, DateTimeOffset CreatedAt)
{
    public static UserJson Of(User user) => new(user.Id, user.Email, user.CreatedAt);
}

/// <example>{ "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl", "token_type": "bearer" }</example>
internal sealed record TokenJson(string AccessToken, string TokenType);
