using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Pamps.Auth;

namespace Orders;

/// <summary>All that Pamps.Auth must be told: where accounts live.</summary>
internal sealed class Accounts(OrdersDb db) : IAccountStore
{
    public Task<Account?> FindByNameAsync(string usernameOrEmail, CancellationToken cancellationToken) =>
        FirstAsync(db.Users.Where(x => x.Email == User.EmailKey(usernameOrEmail)), cancellationToken);

    public Task<Account?> FindByIdAsync(long accountId, CancellationToken cancellationToken) =>
        FirstAsync(db.Users.Where(x => x.Id == accountId), cancellationToken);

    private static Task<Account?> FirstAsync(IQueryable<User> users, CancellationToken cancellationToken) =>
        users
            .Select(x => new Account(x.Id, x.Email, x.PasswordHash, x.Active, x.Admin))
            .FirstOrDefaultAsync(cancellationToken);
}

internal static class Auth
{
    public static void MapAuth(this WebApplication app)
    {
        var auth = app.MapGroup("/auth").WithTags("auth");
        auth.MapPost("/create_account", CreateAccountAsync)
            .WithSummary("Register")
            .Produces<AccountCreated>(201)
            .ProducesProblem(409)
            .ProducesProblem(415)
            .ProducesValidationProblem(422)
            .ProducesProblem(429);
        auth.MapPost("/login", LoginAsync)
            .WithSummary("Sign in with an e-mail address and a password")
            .DescribeSignIn();
        // What the Authorize button sends. Nobody can forge it: no cookie says who asks.
        auth.MapPost("/login-form", LoginFormAsync)
            .WithSummary("Sign in with a form, as the Authorize button does")
            .DisableAntiforgery()
            .DescribeSignIn();
        auth.MapGet("/refresh", RefreshAsync)
            .WithSummary("Exchange a refresh token, sent as the bearer, for the next pair of tokens")
            .Produces<Tokens>()
            .ProducesProblem(401);
    }

    private static void DescribeSignIn(this RouteHandlerBuilder endpoint) =>
        endpoint
            .Produces<Tokens>()
            .ProducesProblem(401)
            .ProducesProblem(404)
            .ProducesProblem(415)
            .ProducesValidationProblem(422)
            .ProducesProblem(429);

    private static async Task<IResult> CreateAccountAsync(
        NewAccount body,
        OrdersDb db,
        PasswordHashing passwords,
        CancellationToken stop
    )
    {
        var hash = await passwords.HashForRegistrationAsync(body.Password, stop);
        var email = User.EmailKey(body.Email);
        db.Add(
            new User
            {
                Name = body.Name,
                Email = email,
                PasswordHash = hash,
            }
        );
        try
        {
            await db.SaveChangesAsync(stop);
            return TypedResults.Created(
                (string?)null,
                new AccountCreated($"The account of {email} was created")
            );
        }
        // The unique index decides, and not a question before: two may ask at once.
        catch (DbUpdateException refused)
            when (refused.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 })
        {
            return TypedResults.Problem("This e-mail address has an account already", statusCode: 409);
        }
    }

    private static Task<IResult> LoginAsync(Login body, HttpContext context, SignInService service) =>
        SignInAsync(body.Email, body.Password, context, service);

    private static Task<IResult> LoginFormAsync(
        [FromForm] LoginForm form,
        HttpContext context,
        SignInService service
    ) => SignInAsync(form.Username, form.Password, context, service);

    private static async Task<IResult> SignInAsync(
        string email,
        string password,
        HttpContext context,
        SignInService service
    )
    {
        var from = context.Connection.RemoteIpAddress;
        return await service.SignInAsync(email, password, from, context.RequestAborted) switch
        {
            SignInOutcome.Right(var pair) => Give(pair, context),
            SignInOutcome.Throttled(var wait) => throw new TooManySignInsException { RetryAfter = wait },
            SignInOutcome.Wrong { AccountFound: false } => TypedResults.Problem(
                "user not found",
                statusCode: 404
            ),
            _ => TypedResults.Problem("The password is wrong", statusCode: 401),
        };
    }

    private static async Task<IResult> RefreshAsync(HttpContext context, SignInService service) =>
        context.Request.Headers.Authorization.ToString().Split(' ') is ["Bearer" or "bearer", var token]
        && await service.RefreshAsync(token, context.RequestAborted) is { } pair
            ? Give(pair, context)
            : TypedResults.Problem("Could not validate the refresh token", statusCode: 401);

    private static Ok<Tokens> Give(TokenPair pair, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Tokens(pair.AccessToken, "Bearer", pair.RefreshToken));
    }
}

// What is read from a request is public: the framework's validation sees no other types.

/// <example>{ "name": "Ana", "email": "ana@example.org", "password": "correct horse" }</example>
public sealed record NewAccount
{
    [StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    [EmailAddress, StringLength(254)]
    public required string Email { get; init; }

    [NewPassword(128, MinimumLength = 8)]
    public required string Password { get; init; }
}

/// <example>{ "message": "The account of ana@example.org was created" }</example>
internal sealed record AccountCreated(string Message);

/// <example>{ "email": "ana@example.org", "password": "correct horse" }</example>
public sealed record Login
{
    [Required]
    public required string Email { get; init; }

    [Required]
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

/// <example>
/// {
///   "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl", "token_type": "Bearer",
///   "refresh_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl"
/// }
/// </example>
internal sealed record Tokens(string AccessToken, string TokenType, string RefreshToken);
