using System.ComponentModel.DataAnnotations;
using Pamps.Auth;

namespace Template._1;

internal static class AccountRoutes
{
    public static void MapAccounts(this WebApplication app)
    {
        var routes = app.MapGroup("").WithTags("accounts");
        routes
            .MapPost("/accounts", RegisterAsync)
            .WithSummary("Register")
            .Produces<AccountJson>(201)
            .ProducesProblem(409)
            .ProducesProblem(415)
            .ProducesValidationProblem(422)
            .ProducesProblem(429);
        routes
            .MapGet("/me", FindMeAsync)
            .WithSummary("Who is signed in")
            .RequireAuthorization()
            .Produces<AccountJson>()
            .ProducesProblem(401)
            .ProducesProblem(404);
    }

    private static async Task<IResult> RegisterAsync(
        NewAccount body,
        Accounts accounts,
        PasswordHashing passwords,
        CancellationToken stop
    )
    {
        var hash = await passwords.HashForRegistrationAsync(body.Password, stop);
        return await accounts.AddAsync(body.Username, body.Email, hash, stop) is { } user
            ? TypedResults.Created("/me", AccountJson.Of(user))
            : TypedResults.Problem(
                "The username or the e-mail address has an account already",
                statusCode: 409
            );
    }

    private static async Task<IResult> FindMeAsync(SignedIn me, Accounts accounts, CancellationToken stop) =>
        await accounts.FindAsync(me.AccountId, stop) is { } user
            ? TypedResults.Ok(AccountJson.Of(user))
            : TypedResults.Problem("The account is gone", statusCode: 404);
}

// Public, because the generator of the checks passes over what is not.

/// <example>{ "username": "ana", "email": "ana@example.org", "password": "correct horse" }</example>
public sealed record NewAccount
{
    [RegularExpression(
        "^[a-z0-9_]{3,30}$",
        ErrorMessage = "The username must be 3 to 30 lowercase letters, digits or underscores."
    )]
    public required string Username { get; init; }

    [EmailAddress, StringLength(254), OneLine]
    public required string Email { get; init; }

    [NewPassword(128, MinimumLength = 8)]
    public required string Password { get; init; }
}

/// <example>{ "id": 7, "username": "ana", "email": "ana@example.org" }</example>
internal sealed record AccountJson(long Id, string Username, string Email)
{
    public static AccountJson Of(User user) => new(user.Id, user.Username, user.Email);
}
