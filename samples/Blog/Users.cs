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
        app.MapPost("/users", CreateAsync);
        app.MapGet("/users/{id}", FindAsync);
        // Nobody can forge it: no cookie says who asks.
        app.MapPost("/login", LoginAsync).DisableAntiforgery();
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
            return Problems.Refuse(409, "This e-mail address has an account already");
        }
    }

    private static async Task<IResult> FindAsync(long id, BlogDb db) =>
        await db.Users.FindAsync(id) is { } user
            ? TypedResults.Ok(UserJson.Of(user))
            : Problems.Refuse(404, $"There is no user {id}");

    private static async Task<IResult> LoginAsync(
        [FromForm, Required] string username,
        [FromForm, Required] string password,
        HttpContext context,
        SignInService service
    )
    {
        var from = context.Connection.RemoteIpAddress;
        context.Response.Headers.CacheControl = "no-store";
        return await service.SignInAsync(username, password, from, context.RequestAborted) switch
        {
            SignInOutcome.Right(var pair) => TypedResults.Ok(new TokenJson(pair.AccessToken, "bearer")),
            SignInOutcome.Throttled(var wait) => throw new TooManySignInsException { RetryAfter = wait },
            _ => Problems.Refuse(404, "Invalid credentials"),
        };
    }
}

public sealed record NewUser(
    [Required, EmailAddress, StringLength(254), PlainText] string Email,
    [Required, NewPassword(128, MinimumLength = 8)] string Password
);

internal sealed record UserJson(long Id, string Email, DateTimeOffset CreatedAt)
{
    public static UserJson Of(User user) => new(user.Id, user.Email, user.CreatedAt);
}

internal sealed record TokenJson(string AccessToken, string TokenType);
