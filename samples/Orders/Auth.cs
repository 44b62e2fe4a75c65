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
        auth.MapPost("/create_account", CreateAccountAsync);
        auth.MapPost("/login", LoginAsync);
        // What the Authorize button sends. Nobody can forge it: no cookie says who asks.
        auth.MapPost("/login-form", LoginFormAsync).DisableAntiforgery();
        auth.MapGet("/refresh", RefreshAsync);
    }

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
            return Problems.Refuse(409, "This e-mail address has an account already");
        }
    }

    private static Task<IResult> LoginAsync(Login body, HttpContext context, SignInService service) =>
        SignInAsync(body.Email, body.Password, context, service);

    private static Task<IResult> LoginFormAsync(
        [FromForm, Required] string username,
        [FromForm, Required] string password,
        HttpContext context,
        SignInService service
    ) => SignInAsync(username, password, context, service);

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
            SignInOutcome.Wrong { AccountFound: false } => Problems.Refuse(404, "user not found"),
            _ => Problems.Refuse(401, "The password is wrong"),
        };
    }

    private static async Task<IResult> RefreshAsync(HttpContext context, SignInService service) =>
        context.Request.Headers.Authorization.ToString().Split(' ') is ["Bearer" or "bearer", var token]
        && await service.RefreshAsync(token, context.RequestAborted) is { } pair
            ? Give(pair, context)
            : Problems.Refuse(401, "Could not validate the refresh token");

    private static Ok<Tokens> Give(TokenPair pair, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Tokens(pair.AccessToken, "Bearer", pair.RefreshToken));
    }

    private sealed record Tokens(string AccessToken, string TokenType, string RefreshToken);

    private sealed record AccountCreated(string Message);
}

public sealed record NewAccount(
    [Required, StringLength(100)] string Name,
    [Required, EmailAddress, StringLength(254)] string Email,
    [Required, NewPassword(128, MinimumLength = 8)] string Password
);

public sealed record Login([Required] string Email, [Required] string Password);
